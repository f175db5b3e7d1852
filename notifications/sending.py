"""Sends what is due: safe to run twice, in parallel, and to be killed at any moment.

A batch is claimed in one short transaction (`SKIP LOCKED` and a lease), then each mail is sent and marked on its
own. Who dies in between leaves a lease that runs out; the mail then goes again, under the same Message-ID.
"""

import logging
import smtplib
import time
from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db.models import Q
from django.db.models.functions import Now
from django.utils import timezone

from notifications import outbox, suppression
from notifications.composing import Composer, deliver
from notifications.marking import Marks
from notifications.models import Message
from notifications.querysets import MessageQuerySet
from notifications.rendering import Renderer

logger = logging.getLogger(__name__)

BATCH = 400
# Longer than Celery's hard limit on a task: a lease never runs out under a worker that still sends.
LEASE = timedelta(seconds=150)
# A worker that has used up most of its lease puts the rest of the batch back.
MARGIN = timedelta(seconds=90)
# How long it may take until a mail that was withdrawn after its batch was claimed is known to be.
BLINK = 0.2
# A task starts no new batch after this many seconds; the next one is ten seconds away.
ENOUGH = 45.0
LADDER = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=15),
    timedelta(hours=1),
    timedelta(hours=4),
    timedelta(hours=12),
)
MAX_ATTEMPTS = 8
AWAY_WAIT = timedelta(minutes=1)


Check = Callable[[Sequence[int]], object]

_checks: list[Check] = []


def register_check(check: Check) -> None:
    """Have `check(keys)` look at each claimed batch right before it is sent and withdraw what is no longer true."""
    if check not in _checks:
        _checks.append(check)


class ServerAwayError(Exception):
    """The mail server cannot be reached or does not let us in: no fault of any single mail."""


# One statement, so that two workers never take the same row; the list is made before anything is changed.
_CLAIM = """
WITH due AS MATERIALIZED (
    SELECT id FROM notifications_message
    WHERE status IN ('queued', 'sending') AND due_at <= statement_timestamp()
      AND (leased_until IS NULL OR leased_until < statement_timestamp())
    ORDER BY due_at, id
    LIMIT %(size)s
    FOR UPDATE SKIP LOCKED
)
UPDATE notifications_message AS message
SET status = 'sending', leased_until = statement_timestamp() + %(lease)s
FROM due WHERE message.id = due.id
RETURNING message.*
"""


def drain() -> int:
    """Send what is due until nothing is left or time is up; returns how many left."""
    outbox.withdraw_expired()
    started = time.monotonic()
    sent = 0
    composer = None
    while time.monotonic() - started < ENOUGH:
        batch = claim()
        if not batch:
            break
        if composer is None or composer.is_stale():
            composer = Composer(Renderer(now=timezone.now()))
        try:
            sent += send_batch(batch, composer)
        except ServerAwayError as error:
            logger.warning("The mail server is away: %s", error)
            break
    return sent


def claim(size: int = BATCH) -> list[Message]:
    """Take a lease on the oldest due mails that nobody else holds."""
    claimed = Message.objects.raw(_CLAIM, {"size": size, "lease": LEASE}).prefetch_related("subscription")
    return sorted(claimed, key=lambda message: (message.due_at, message.pk))


class Held:
    """Which mails of a batch are still ours: not withdrawn, expired or taken over since they were claimed, and time
    enough left to send them. The answer is asked for anew when it is older than a blink."""

    def __init__(self, batch: list[Message], marks: Marks) -> None:
        self._batch = batch
        self._marks = marks
        self._keys: set[int] = set()
        self._asked = float("-inf")

    def __contains__(self, message: object) -> bool:
        if time.monotonic() - self._asked > BLINK:
            self._marks.settle()
            useful = Q(expires_at__isnull=True) | Q(expires_at__gt=Now())
            ours = _held(*self._batch).filter(useful, leased_until__gt=Now() + MARGIN)
            self._keys, self._asked = set(ours.values_list("pk", flat=True)), time.monotonic()
        return isinstance(message, Message) and message.pk in self._keys


def send_batch(batch: list[Message], composer: Composer) -> int:
    """Send claimed mails over one connection, each marked on its own; returns how many left."""
    keys = [message.pk for message in batch]
    suppression.withhold(keys)
    outbox.withhold_stopped(keys)
    for check in _checks:
        check(keys)
    marks = Marks()
    held = Held(batch, marks)
    server = get_connection(settings.DELIVERY_BACKEND, fail_silently=False)
    try:
        return sum(_send_one(message, server, composer, marks) for message in batch if message in held)
    except ServerAwayError as error:
        marks.settle()
        _held(*batch).update(
            status=Message.Status.QUEUED, due_at=Now() + AWAY_WAIT, error=str(error)[:2000], leased_until=None
        )
        raise
    finally:
        _hang_up(server)
        marks.settle()
        _held(*batch).update(status=Message.Status.QUEUED, leased_until=None)


def _send_one(message: Message, server: BaseEmailBackend, composer: Composer, marks: Marks) -> bool:
    """Send one mail and write down what became of it; True when the server took it."""
    try:
        mail = composer.compose(message, before_asking=marks.settle)
    except Exception as error:  # whatever one template does wrong must not hold up the others
        logger.exception("Mail %s (%s) cannot be rendered", message.uuid, message.kind)
        marks.settle()
        _fail(message, f"{type(error).__name__}: {error}")
        return False
    _connect(server)
    try:
        deliver(mail, server)
    except (smtplib.SMTPException, OSError) as error:
        marks.settle()
        code, reason = answer(error)
        if code in {0, 421}:
            _hang_up(server)
        if 500 <= code < 600:
            _fail(message, reason)
        else:
            _retry(message, reason)
        if suppression.blames_receiver(error):
            suppression.suppress(message.to_email, reason=reason)
        return False
    marks.sent(message.pk, str(mail.subject), forget=not outbox.keeps_content(message))
    return True


def answer(error: Exception) -> tuple[int, str]:
    """The code and the words of the server; 0 when there was no answer."""
    code: int
    words: bytes | str
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code, words = next(iter(error.recipients.values()), (0, b""))
    elif isinstance(error, smtplib.SMTPResponseException):
        code, words = error.smtp_code, error.smtp_error
    elif isinstance(error, smtplib.SMTPNotSupportedError):
        code, words = 553, str(error)  # what a server answers to an address that it cannot take
    else:
        return 0, f"{type(error).__name__}: {error}"
    text = words.decode("utf-8", "replace") if isinstance(words, bytes) else words
    return max(code, 0), f"{code} {text}"


def _connect(server: BaseEmailBackend) -> None:
    try:
        server.open()
    except (smtplib.SMTPException, OSError) as error:
        raise ServerAwayError(answer(error)[1]) from error


def _hang_up(server: BaseEmailBackend) -> None:
    try:
        server.close()
    except (smtplib.SMTPException, OSError):
        logger.info("The mail server did not say goodbye")


def _held(*messages: Message) -> MessageQuerySet:
    """Those of these mails that are still under the lease that we took."""
    keys = [message.pk for message in messages]
    leases = {message.leased_until for message in messages}
    return Message.objects.filter(pk__in=keys, status=Message.Status.SENDING, leased_until__in=leases)


def _retry(message: Message, reason: str) -> None:
    attempts = message.attempts + 1
    if attempts >= MAX_ATTEMPTS:
        _fail(message, reason)
        return
    _held(message).update(
        status=Message.Status.QUEUED,
        attempts=attempts,
        due_at=Now() + wait_after(attempts),
        error=reason[:2000],
        leased_until=None,
    )


def wait_after(attempts: int) -> timedelta:
    """How long to wait after this many attempts that came to nothing."""
    return LADDER[min(attempts, len(LADDER)) - 1]


def _fail(message: Message, reason: str) -> None:
    _held(message).update(
        status=Message.Status.FAILED,
        attempts=message.attempts + 1,
        error=reason[:2000],
        leased_until=None,
        **_forgotten(message),
    )


def _forgotten(message: Message) -> dict[str, Any]:
    return {} if outbox.keeps_content(message) else {"context": {}, "attachments": []}
