"""The one door through which mail leaves: every other module writes here, nobody else speaks SMTP."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypedDict

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Q
from django.db.models.expressions import DatabaseDefault
from django.db.models.functions import Coalesce, Now
from django.utils.translation import gettext_noop
from psycopg.types.json import Jsonb

from accounts.personal_data.emails import LAST
from accounts.privacy import erasing
from accounts.privacy.keeping import Moment
from accounts.public_forms import names
from notifications.outbox import kinds, mailbox_cap
from notifications.outbox.keeping_times import LAST_MAILS, MAILS
from notifications.outbox.mailbox_cap import SIGNING_IN, TYPED, Allowance
from notifications.outbox.models import Message, MessageQuerySet, UninvitedMail
from notifications.subscriptions.models import Subscription

# Sign-in codes and reset links travel under this prefix; what they say is not kept longer than needed.
PRIVATE_KINDS = "accounts/"
# Mails about what somebody follows, rather than about what happened to it.
OWN_KINDS = "notifications/"
STOPPED = gettext_noop("The receiver stopped these mails.")
CROWDED = gettext_noop("Strangers caused so much mail to this address that this one would have come too late.")
RESTORED = gettext_noop("It was due in the backup that was restored, and may have left since.")
MANY = 2_000
_BATCH = 1_000
# In one statement: whoever signs up for an event keeps all others waiting while their mail is written.
_GIVEN = (
    *("uuid", "kind", "to_email", "language", "subscription_id", "about", "dedupe_key", "status", "expires_at"),
    *("attempts", "error", "subject"),
)
_WRITE = """
WITH written AS (
    INSERT INTO notifications_message (
        uuid, kind, to_email, language, subscription_id, about, dedupe_key, status, expires_at, attempts, error,
        subject, context, attachments, created_at, due_at
    ) VALUES (
        %(uuid)s, %(kind)s, %(to_email)s, %(language)s, %(subscription_id)s, %(about)s, %(dedupe_key)s, %(status)s,
        %(expires_at)s, %(attempts)s, %(error)s, %(subject)s, %(context)s, %(attachments)s, statement_timestamp(),
        coalesce(%(due_at)s, statement_timestamp())
    ) ON CONFLICT DO NOTHING RETURNING id
), counted AS (
    INSERT INTO notifications_uninvitedmail (mailbox, source, due_at)
    SELECT %(mailbox)s, %(source)s, %(turn)s FROM written WHERE %(mailbox)s IS NOT NULL
)
SELECT id FROM written
"""


class Attachment(TypedDict):
    """A text file that goes with a mail; `type` may carry parameters (`text/calendar; method=REQUEST`)."""

    name: str
    type: str
    content: str


def spoken(language: str) -> str:
    """The language of a mail to somebody who reads this one: the portal's own where it does not speak theirs."""
    return language if language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


@dataclass(frozen=True)
class Mail:
    """One of many mails; the fields are those of `queue`.

    `source`: the line from which somebody typed this address, as long as nobody proved to hold it; else empty.
    """

    to: str
    language: str
    context: Mapping[str, Any]
    dedupe_key: str
    attachments: Sequence[Attachment] = ()
    subscription: Subscription | None = None
    source: str = ""

    def row(self, kind: str, *, about: str, expires_at: datetime | None) -> Message:
        """As it stands in the outbox, unsaved."""
        return Message(
            kind=kind,
            to_email=self.to,
            language=spoken(self.language),
            context=dict(self.context),
            attachments=[dict(attachment) for attachment in self.attachments],
            subscription=self.subscription,
            about=about,
            dedupe_key=self.dedupe_key,
            expires_at=expires_at,
        )


def queue_many(kind: str, mails: Iterable[Mail], *, about: str = "", expires_at: datetime | None = None) -> int:
    """Write all of these in the caller's transaction; returns how many. What was written before stays as it is.

    What goes to addresses that strangers typed takes its turn there, whoever causes it now.
    """
    rows = [(mail, mail.row(kind, about=about, expires_at=expires_at)) for mail in mails]
    typed = [(mail, row) for mail, row in rows if mail.source]
    turns = mailbox_cap.turns([(mail.to, mail.source) for mail, _row in typed], TYPED) if typed else []
    for (_mail, row), turn in zip(typed, turns, strict=True):
        _take_turn(row, turn, TYPED)
    Message.objects.bulk_create([row for _mail, row in rows], batch_size=_BATCH, ignore_conflicts=True)
    queued_many(len(rows))
    return len(rows)


@transaction.atomic(savepoint=False)
def queue(
    kind: str,
    *,
    to: str,
    language: str,
    context: Mapping[str, Any],
    dedupe_key: str,
    about: str = "",
    expires_at: datetime | None = None,
    subscription: Subscription | None = None,
    attachments: Sequence[Attachment] = (),
    allowance: Allowance | None = TYPED,
) -> bool:
    """Write a mail in the caller's transaction; False when it does not leave: one with this key was written before, or
    strangers caused so much that the cap of the mailbox gave it up.

    `kind` names the templates (`emails/<kind>.subject.txt`, `.txt`, `.html`), `context` is plain JSON for them (its key
    `reply_to` becomes the header), `about` names the fact (`deadline:7:v2`) so that `withdraw` finds the mail again.
    `allowance` is how much of such mail strangers may cause; None only for the answer to a link that was
    mailed there, or to somebody who proved to hold the address.
    """
    if kind.startswith(PRIVATE_KINDS):
        allowance = SIGNING_IN
    mail = Mail(to, language, context, dedupe_key, attachments, subscription)
    message = mail.row(kind, about=about, expires_at=expires_at)
    turn = None if allowance is None else _await_turn(message, allowance)
    return _write(message, turn) and message.status == Message.Status.QUEUED


def _write(message: Message, turn: UninvitedMail | None) -> bool:
    """Write one mail, and its turn in the mailbox with it; False where one with its key was written before."""
    fields = {name: getattr(message, name) for name in _GIVEN}
    said = {"context": Jsonb(message.context), "attachments": Jsonb(message.attachments)}
    due_at = None if isinstance(message.due_at, DatabaseDefault) else message.due_at
    took = {"mailbox": turn and turn.mailbox, "source": turn and turn.source, "turn": turn and turn.due_at}
    with connection.cursor() as cursor:
        cursor.execute(_WRITE, fields | said | took | {"due_at": due_at})
        return cursor.fetchone() is not None


def _await_turn(message: Message, allowance: Allowance) -> UninvitedMail | None:
    """Give a mail that a stranger causes its turn in the mailbox, and no link of theirs to carry."""
    try:
        turn = mailbox_cap.turn(message.to_email, allowance)
    except mailbox_cap.NoTurnError:
        _give_up(message)
        return None
    if turn is not None:
        _take_turn(message, turn.due_at, allowance)
    return turn


def _take_turn(message: Message, turn: datetime | None, allowance: Allowance) -> None:
    if allowance is TYPED:
        message.context = names.spaced_out(message.context)
    if turn is None or (message.expires_at and turn >= message.expires_at):
        _give_up(message)
    else:
        message.due_at = turn


def _give_up(message: Message) -> None:
    message.status, message.error = Message.Status.WITHDRAWN, CROWDED
    if not keeps_content(message):
        message.context, message.attachments = {}, []
    # The key stays free: the same mail may be asked for again once there is room.
    message.dedupe_key = f"{message.dedupe_key}:{message.uuid}"[-200:]


def queued_many(count: int) -> None:
    """Have the database look at the outbox anew.

    It would do so by itself a minute later; until then it would choose slow ways to find the next hundred mails among a
    hundred thousand new ones.
    """
    if count >= MANY:
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE notifications_message")


def withdraw(about: str, *, reason: str) -> int:
    """Take back what waits and speaks of this fact or of a part of it (`event:3` takes `event:3:seat:9` along)."""
    return withdraw_these(Message.objects.filter(Q(about=about) | Q(about__startswith=f"{about}:")), reason=reason)


def withdraw_subscription(subscription: Subscription, *, reason: str) -> int:
    """Take back what still waits for somebody who stopped."""
    return withdraw_these(Message.objects.filter(subscription=subscription), reason=reason)


def withhold_stopped(keys: Sequence[int]) -> int:
    """Take back those of these mails whose receiver stopped them while they were being written; what answers a request
    about subscriptions goes all the same."""
    stopped = Message.objects.filter(pk__in=keys, subscription__status=Subscription.Status.STOPPED)
    return withdraw_these(stopped.exclude(kind__startswith=OWN_KINDS), reason=STOPPED)


def withdraw_expired() -> int:
    """Take back what would arrive too late to be of use."""
    late = Message.objects.waiting().filter(expires_at__lte=Now())
    return withdraw_these(late, reason=gettext_noop("It was no longer of use when its turn came."))


def set_aside_due() -> int:
    """Take back what was due in a backup that was just restored: it may have left since. Staff may send it again."""
    return withdraw_these(Message.objects.waiting().filter(due_at__lte=Now()), reason=RESTORED)


def withdraw_these(messages: MessageQuerySet, *, reason: str) -> int:
    """Take back those of these mails that still wait."""
    waiting = messages.filter(status__in=[Message.Status.QUEUED, Message.Status.SENDING])
    forget_secrets(waiting)
    return waiting.update(status=Message.Status.WITHDRAWN, error=reason, leased_until=None)


def forget_secrets(messages: MessageQuerySet) -> None:
    """Empty those of these mails, which will not leave, whose words would be a way into somebody's account."""
    if not settings.DEMO:
        messages.filter(kind__startswith=PRIVATE_KINDS).update(context={}, attachments=[])


def keeps_content(message: Message) -> bool:
    """Whether what the mail says may stay in the database once it has left.

    A sign-in code that staff could read in the outbox would be a way into somebody's account. The demo, where mail goes
    nowhere else, keeps it all.
    """
    return settings.DEMO or not message.kind.startswith(PRIVATE_KINDS)


def hidden_kinds() -> frozenset[str]:
    """The kinds of which staff see that a mail left and to whom, and not what it says; in the demo none."""
    return frozenset() if settings.DEMO else kinds.confidential()


def resend(message: Message) -> bool:
    """Put a failed mail back into the queue, once staff have seen to the reason; False when nothing can be resent."""
    return bool(resend_these(Message.objects.filter(pk=message.pk)))


def resend_these(messages: MessageQuerySet) -> int:
    """The same for several; returns how many wait now."""
    return resendable(messages).update(
        status=Message.Status.QUEUED, due_at=Now(), attempts=0, error="", leased_until=None
    )


def resendable(messages: MessageQuerySet) -> MessageQuerySet:
    """Those that failed or were set aside, whose words and receiver are still there, of use and wanted."""
    left = Q(status=Message.Status.FAILED) | Q(status=Message.Status.WITHDRAWN, error=RESTORED)
    useful = Q(expires_at__isnull=True) | Q(expires_at__gt=Now())
    wanted = (
        messages.filter(left, useful).exclude(to_email="").exclude(subscription__status=Subscription.Status.STOPPED)
    )
    return wanted if settings.DEMO else wanted.exclude(kind__startswith=PRIVATE_KINDS)


def due(at: Moment) -> MessageQuerySet:
    """What was settled longer before that moment than it is kept; what waits stays, however old."""
    settled = Message.objects.exclude(status__in=[Message.Status.QUEUED, Message.Status.SENDING])
    return settled.filter(created_at__lt=at - MAILS.span, due_at__lt=at - MAILS.span)


def delete_old() -> int:
    """Delete it; returns how many mails."""
    return erasing.delete(due(Now()))


def due_last(at: Moment) -> MessageQuerySet:
    """Last mails to addresses that were erased, once nothing of them is tried any more."""
    done = Message.objects.filter(dedupe_key__startswith=LAST).exclude(to_email="")
    done = done.exclude(status__in=[Message.Status.QUEUED, Message.Status.SENDING])
    return done.alias(gone=Coalesce("sent_at", "created_at")).filter(gone__lte=at - LAST_MAILS.span)


def forget_last() -> int:
    """Empty them; returns how many."""
    return due_last(Now()).update(to_email="", context={}, attachments=[], subject="", error="")
