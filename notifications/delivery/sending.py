"""Sends what is due: safe to run twice, in parallel, and to be killed at any moment.

A batch is claimed in one short transaction (`SKIP LOCKED` and a lease), then each mail is sent and marked on its
own. Who dies in between leaves a lease that runs out; the mail then goes again, under the same Message-ID.
"""

import time
from datetime import timedelta

from django.db.models.functions import Now
from django.utils import timezone

from notifications.delivery import pauses
from notifications.delivery.batch import Batch, Check
from notifications.delivery.composing import Composer
from notifications.delivery.models import Pause
from notifications.delivery.rendering import Renderer
from notifications.outbox import outbox
from notifications.outbox.models import Message

BATCH = 400
# Longer than Celery's hard limit on a task: a lease never runs out under a worker that still sends.
LEASE = timedelta(seconds=150)
# A task starts no new batch after this many seconds; the next one is ten seconds away.
ENOUGH = 45.0

# One statement, so that two workers never take the same row; the list is made before anything is changed. The domains
# that stand still are looked up once and not for each row.
_CLAIM = """
WITH due AS MATERIALIZED (
    SELECT id FROM notifications_message
    WHERE status IN ('queued', 'sending') AND due_at <= statement_timestamp()
      AND (leased_until IS NULL OR leased_until < statement_timestamp())
      {which}
    FOR UPDATE SKIP LOCKED
)
UPDATE notifications_message AS message
SET status = 'sending', leased_until = statement_timestamp() + %(lease)s
FROM due WHERE message.id = due.id
RETURNING message.*
"""
_DOMAIN = "lower(split_part(to_email, '@', -1))"
_STANDING_STILL = (
    "ARRAY(SELECT domain::text FROM notifications_pause WHERE domain <> '' AND until > statement_timestamp())"
)
_NEXT = _CLAIM.format(which=f"AND {_DOMAIN} <> ALL ({_STANDING_STILL}) ORDER BY due_at, id LIMIT %(size)s")
# Where all mail stands still, one is tried: of another domain than the one refused last, when there is one.
_ONE = _CLAIM.format(
    which=f"ORDER BY {_DOMAIN} = %(asked_for)s, {_DOMAIN} = ANY ({_STANDING_STILL}), due_at, id LIMIT 1"
)


_checks: list[Check] = []


def register_check(check: Check) -> None:
    """Have `check(keys)` look at each claimed batch right before it is sent and withdraw what is no longer true."""
    if check not in _checks:
        _checks.append(check)


def drain() -> int:
    """Send what is due until nothing is left or time is up; returns how many left."""
    outbox.withdraw_expired()
    pauses.give_up()
    started = time.monotonic()
    sent = 0
    composer = None
    while time.monotonic() - started < ENOUGH:
        standstill = pauses.of_everything()
        batch = _one_to_try(standstill) if standstill else claim()
        if not batch:
            break
        if composer is None or composer.is_stale():
            composer = Composer(Renderer(now=timezone.now()))
        sent += send_batch(batch, composer, trying=standstill is not None)
    return sent


def claim(size: int = BATCH) -> list[Message]:
    """Take a lease on the oldest due mails that nobody else holds and whose domain does not stand still."""
    return _claimed(_NEXT, size=size)


def send_batch(claimed: list[Message], composer: Composer, *, trying: bool = False) -> int:
    """Send claimed mails over one connection, each marked on its own; returns how many left.

    `trying`: all mail stands still, and these show whether it still must.
    """
    batch = Batch(claimed, composer, checks=_checks, trying=trying)
    try:
        return batch.send()
    finally:
        batch.put_back()


def _one_to_try(standstill: Pause) -> list[Message]:
    """One mail, when the pause is over and it is our turn; nothing otherwise."""
    if not Message.objects.waiting().filter(due_at__lte=Now()).exists() or not pauses.take_turn():
        return []
    one = _claimed(_ONE, asked_for=standstill.asked_for)
    if not one:
        pauses.give_turn_back()
    return one


def _claimed(statement: str, **parameters: object) -> list[Message]:
    rows = Message.objects.raw(statement, {"lease": LEASE, **parameters}).prefetch_related("subscription")
    return sorted(rows, key=lambda message: (message.due_at, message.pk))
