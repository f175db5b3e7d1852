"""The mails about a date that moved and about a call that was withdrawn."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils import timezone, translation
from i18nfield.strings import LazyI18nString

from calls.chain import participants
from calls.chain.changes import CallWithdrawal, DeadlineChange
from calls.chain.models import Call, Deadline
from calls.pages import call_calendars
from notifications.delivery.rendering import Rendered, render
from notifications.outbox import telling
from notifications.outbox.models import Message
from notifications.outbox.outbox import Attachment
from notifications.outbox.telling import Receiver
from notifications.subscriptions.models import Subscription

MOVED = "calls/deadline_moved"
WITHDRAWN = "calls/call_withdrawn"
_MOVING = ("due_at", "has_time")


def about(deadline: Deadline) -> str:
    """The name of one version of a date, under which its reminders and its notice stand in the outbox."""
    return f"deadline:{deadline.pk}:v{deadline.version}"


def date_moved(change: DeadlineChange, *, not_told_of: Mapping[str, Mapping[str, Any]]) -> int:
    """Tells everyone; who was not told of the move before this one reads the date that they know as the old one."""
    facts = moved_facts(change)

    def context(receiver: Receiver) -> dict[str, Any]:
        return telling.as_known(facts, not_told_of.get(receiver.key), names=_MOVING)

    return telling.tell(
        [each for each in participants.hearing(change.call) if telling.is_news(context(each), names=_MOVING)],
        MOVED,
        about=f"{about(change.deadline)}:moved",
        key=f"deadline-moved:{change.deadline_id}:v{change.version}",
        context=context,
        attachments=lambda language: _calendar_files(change.call, [change.deadline], language),
    )


def moved_facts(change: DeadlineChange) -> dict[str, Any]:
    """What the mail says, as plain data."""
    return {
        "deadline": change.deadline_id,
        "label": _words(change.deadline.label),
        "actor": change.deadline.actor,
        "old_due_at": change.old_due_at.isoformat(),
        "old_has_time": change.old_has_time,
        "due_at": change.new_due_at.isoformat(),
        "has_time": change.new_has_time,
        "reason": _words(change.reason),
        "call": change.call_id,
        "call_title": _words(change.call.title),
    }


def call_withdrawn(withdrawal: CallWithdrawal) -> int:
    """Tells everyone, with the entries to take out of their calendars."""
    call = withdrawal.call
    ahead = [each for each in call.deadlines.all() if each.due_at > timezone.now()]
    facts = withdrawn_facts(withdrawal)
    return telling.tell(
        participants.hearing(call),
        WITHDRAWN,
        about=f"call:{call.pk}:withdrawn",
        key=f"call-withdrawn:{call.pk}",
        context=lambda _receiver: facts,
        attachments=lambda language: _calendar_files(call, ahead, language),
    )


def withdrawn_facts(withdrawal: CallWithdrawal) -> dict[str, Any]:
    """What the mail says, as plain data."""
    return {
        "call": withdrawal.call_id,
        "call_title": _words(withdrawal.call.title),
        "reason": _words(withdrawal.reason),
        "withdrawn_at": withdrawal.withdrawn_at.isoformat(),
    }


def preview(kind: str, facts: Mapping[str, Any], *, call: Call, language: str, now: datetime | None = None) -> Rendered:
    """The mail as somebody who follows this call would read it."""
    message = Message(kind=kind, to_email="reader@example.org", language=language, context=dict(facts))
    message.subscription = Subscription(topic=f"call:{call.pk}", language=language)
    return render(message, now=now or timezone.now())


def _words(words: Any) -> Any:
    return words.data if isinstance(words, LazyI18nString) else words


def _calendar_files(call: Call, deadlines: list[Deadline], language: str) -> list[Attachment]:
    with translation.override(language):
        return [call_calendars.attachment(deadline, call, language) for deadline in deadlines]
