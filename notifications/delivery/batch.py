"""A batch of claimed mails on its way: what one answer teaches holds for the mails behind it."""

import logging
import time
from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any

from django.db import InterfaceError, OperationalError
from django.db.models import Q
from django.db.models.functions import Now

from accounts.personal_data.emails import LAST
from notifications.delivery import pauses
from notifications.delivery.composing import Composer
from notifications.delivery.conversation import Conversation, storable
from notifications.delivery.marking import Marks
from notifications.delivery.pauses import domain_of
from notifications.delivery.refusal_table import BEFORE_A_RECEIVER, FOR_A_RECEIVER, TABLE
from notifications.delivery.refusals import Answer, Stage, Verdict, judge
from notifications.outbox import outbox, suppression
from notifications.outbox.models import Message, MessageQuerySet

logger = logging.getLogger(__name__)

# A worker that has used up most of its lease puts the rest of the batch back.
MARGIN = timedelta(seconds=90)
# How long it may take until a mail that was withdrawn after its batch was claimed is known to be.
BLINK = 0.2
LADDER = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=15),
    timedelta(hours=1),
    timedelta(hours=4),
    timedelta(hours=12),
)
MAX_ATTEMPTS = 8
# So many mails in a row without an answer are no fault of theirs.
SILENCES = 3
# The mail on which a server fell silent is not the first to be tried again: it may be what it chokes on.
SET_ASIDE = timedelta(minutes=15)
# What says nothing about the mail in hand.
_OURS = (MemoryError, OperationalError, InterfaceError)

Check = Callable[[Sequence[int]], object]


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
            ours = held(*self._batch).filter(useful, leased_until__gt=Now() + MARGIN)
            self._keys, self._asked = set(ours.values_list("pk", flat=True)), time.monotonic()
        return isinstance(message, Message) and message.pk in self._keys


class Batch:
    """Mails under one lease, sent over one connection."""

    def __init__(self, mails: list[Message], composer: Composer, *, checks: Sequence[Check], trying: bool) -> None:
        self._mails = mails
        self._composer = composer
        self._checks = checks
        self._trying = trying
        self._marks = Marks()
        self._held = Held(mails, self._marks)
        self._conversation = Conversation()
        self._refusing = pauses.of_domains()
        self._paused: set[str] = set()
        self._silences = 0
        self._stopped = False
        self._sent = 0

    def send(self) -> int:
        """Send them until a server makes all mail stand still; returns how many left."""
        keys = [message.pk for message in self._mails]
        suppression.withhold(keys)
        outbox.withhold_stopped(keys)
        self._check(keys)
        for message in self._mails:
            if self._stopped:
                break
            if domain_of(message.to_email) not in self._paused and message in self._held:
                self._send(message)
        return self._sent

    def put_back(self) -> None:
        """Hang up, and give back what was not sent."""
        self._conversation.close()
        self._marks.settle()
        held(*self._mails).update(status=Message.Status.QUEUED, leased_until=None)
        if self._trying:  # nothing was learned
            pauses.give_turn_back()

    def _check(self, keys: list[int]) -> None:
        """Ask each check about the batch; where one stumbles, about each mail, so that only the bad one is lost."""
        for check in self._checks:
            try:
                check(keys)
            except _OURS:
                raise
            except Exception:
                logger.exception("A check stumbles over a batch; each mail is checked by itself")
                for message in self._mails:
                    self._check_one(check, message)

    def _check_one(self, check: Check, message: Message) -> None:
        try:
            check([message.pk])
        except _OURS:
            raise
        except Exception as error:  # noqa: BLE001  # logged there
            self._broken(message, error)

    def _send(self, message: Message) -> None:
        """Send one mail and write down what became of it."""
        try:
            mail = self._composer.compose(message, before_asking=self._marks.settle)
            answer = self._conversation.hand_over(mail)
        except _OURS:
            raise
        except Exception as error:  # noqa: BLE001  # whatever is wrong with one mail must not hold up the others
            self._conversation.close()  # it may have got stuck in the middle of a command
            self._broken(message, error)
            return
        if answer is None:
            self._taken(message, str(mail.subject))
        else:
            self._marks.settle()
            self._not_taken(message, answer)

    def _taken(self, message: Message, subject: str) -> None:
        self._marks.sent(message.pk, subject, forget=not outbox.keeps_content(message))
        self._sent += 1
        self._silences = 0
        domain = domain_of(message.to_email)
        if domain in self._refusing:
            self._marks.settle()
            pauses.takes_again(domain)
            self._refusing.discard(domain)
        self._goes_on()

    def _broken(self, message: Message, error: Exception) -> None:
        logger.error("Mail %s (%s) cannot be sent", message.uuid, message.kind, exc_info=error)
        self._marks.settle()
        fail(message, f"{type(error).__name__}: {error}")

    def _not_taken(self, message: Message, answer: Answer) -> None:
        rule, reason = judge(answer, TABLE), str(answer)
        if rule.verdict is Verdict.WE_ARE_REFUSED:
            self._refused(message, answer, everything=rule.everything)
            return
        if rule.verdict is Verdict.LATER and self._is_away(answer, everything=rule.everything):
            self._stand_still(message, answer)
            return
        if rule.verdict is Verdict.LATER:
            retry(message, reason)
        else:
            fail(message, reason)
        # Of whom the last mail tells that they are erased, nothing is kept again.
        if rule.verdict is Verdict.ADDRESS_DEAD and not message.dedupe_key.startswith(LAST):
            suppression.suppress(message.to_email, reason=reason)
        if answer.code and answer.stage in FOR_A_RECEIVER:
            self._silences = 0
            self._goes_on()

    def _refused(self, message: Message, answer: Answer, *, everything: bool) -> None:
        """The mail stays as it was; what else would meet the same waits, too."""
        domain, reason = domain_of(message.to_email), str(answer)
        if answer.stage in BEFORE_A_RECEIVER:
            pauses.shut_out(domain=domain, reason=reason, trying=self._trying)
            self._stopped = True
        else:
            self._stopped = pauses.refused(domain=domain, reason=reason, everything=everything, trying=self._trying)
        self._paused.add(domain)
        self._refusing.add(domain)
        waiting = [each for each in self._mails if self._stopped or domain_of(each.to_email) == domain]
        held(*waiting).update(error=reason[:2000])
        self._trying = False
        logger.warning("The mail server refuses us (%s): %s", "all mail" if self._stopped else domain, reason)

    def _is_away(self, answer: Answer, *, everything: bool) -> bool:
        self._silences += not answer.code
        return everything or (not answer.code and (self._trying or self._silences >= SILENCES))

    def _stand_still(self, message: Message, answer: Answer) -> None:
        """The server is away: no fault of any mail."""
        reason = str(answer)
        pauses.away(domain=domain_of(message.to_email), reason=reason, trying=self._trying)
        if answer.stage not in {Stage.CONNECT, Stage.EHLO, Stage.AUTH}:
            held(message).update(due_at=Now() + SET_ASIDE)
        held(*self._mails).update(error=reason[:2000])
        self._trying, self._stopped = False, True
        logger.warning("The mail server is away: %s", reason)

    def _goes_on(self) -> None:
        """A server that judges one mail or one receiver deals with us."""
        if self._trying:
            self._marks.settle()
            pauses.works_again()
            self._trying = False


def held(*messages: Message) -> MessageQuerySet:
    """Those of these mails that are still under the lease that we took."""
    keys = [message.pk for message in messages]
    leases = {message.leased_until for message in messages}
    return Message.objects.filter(pk__in=keys, status=Message.Status.SENDING, leased_until__in=leases)


def retry(message: Message, reason: str) -> None:
    """Try a mail again after a while; after the last attempt it fails."""
    attempts = message.attempts + 1
    if attempts >= MAX_ATTEMPTS:
        fail(message, reason)
        return
    held(message).update(
        status=Message.Status.QUEUED,
        attempts=attempts,
        due_at=Now() + wait_after(attempts),
        error=storable(reason)[:2000],
        leased_until=None,
    )


def wait_after(attempts: int) -> timedelta:
    """How long to wait after this many attempts that came to nothing."""
    return LADDER[min(attempts, len(LADDER)) - 1]


def fail(message: Message, reason: str) -> None:
    """Give a mail up, for staff to see why."""
    held(message).update(
        status=Message.Status.FAILED,
        attempts=message.attempts + 1,
        error=storable(reason)[:2000],
        leased_until=None,
        **_forgotten(message),
    )


def _forgotten(message: Message) -> dict[str, Any]:
    return {} if outbox.keeps_content(message) else {"context": {}, "attachments": []}
