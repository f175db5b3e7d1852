"""Moving, cancelling and resuming an event: with a reason, on record, and told once to everyone who signed up.

The event's row is locked as for a sign-up: whoever signs up meanwhile gets the old facts and the mail about the change,
or the new facts, never the old ones alone.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext, gettext_noop
from wagtail.log_actions import log

from accounts.users.models import User
from events.agenda.models import Event, as_meant, check_opening
from events.agenda.pages import EventPage
from events.agenda.ways import Attendance, Way
from events.moving import emails
from events.moving.models import ARRANGED, EventChange
from events.programme.shifting import shift
from events.seats import waiting_list
from events.seats.emails import renew_confirmations, withdraw_confirmations
from hub.changes import reasons
from hub.changes.reasons import Reason
from notifications.outbox import telling

_MOVED = gettext_noop("The event moved before this mail left.")
_CANCELLED = gettext_noop("The event was cancelled before this mail left.")
_RESUMED = gettext_noop("The event takes place after all; another mail says so.")

# What Wagtail's history calls them; registered in `events.wagtail_hooks`.
ACTIONS = {
    EventChange.Kind.MOVED: "events.move",
    EventChange.Kind.CANCELLED: "events.cancel",
    EventChange.Kind.RESUMED: "events.resume",
}


def languages_of(event: Event) -> list[str]:
    """The languages in which people read about this event, and in which a reason is given."""
    return reasons.languages_of(EventPage.objects.about([event]))


def is_announced(event: Event) -> bool:
    """Whether people may know when and where it is: it has or had a public page, or somebody signed up."""
    pages = EventPage.objects.about([event])
    if pages.live().exists() or pages.exclude(first_published_at=None).exists():
        return True
    return event.registrations.exists() or event.changes.exists()


def arranged(event: Event) -> dict[str, Any]:
    """When and where an event is."""
    return {name: getattr(event, name) for name in ARRANGED}


def meant(to: Mapping[str, Any]) -> dict[str, Any]:
    """The same arrangement, where only the day counts from midnight to the last minute."""
    starts_at, ends_at = as_meant(to["starts_at"], to["ends_at"], has_time=to["has_time"])
    return dict(to) | {"starts_at": starts_at, "ends_at": ends_at}


def held(event: Event) -> Event:
    """The event as it is in the database now; nobody signs up or changes it until this transaction ends."""
    return Event.objects.select_for_update(no_key=True).get(pk=event.pk)


@transaction.atomic
def move(
    event: Event,
    *,
    to: Mapping[str, Any],
    reason: Reason,
    by: User | None,
    registration_closes_at: datetime | None = None,
    seen_version: int | None = None,
) -> EventChange:
    """The event gets another time or place (`to` names each of `ARRANGED`); everyone who signed up hears once.

    The same move sent twice is one move. `seen_version` is the revision that the editor decided upon: when somebody
    else changed the event meanwhile, nothing happens and the error says so.
    """
    row = held(event)
    words = reasons.check(reason, languages=languages_of(row))
    to = meant(to)
    last = _last(row)
    if last and last.is_move and last.new == to and last.reason == words:
        return last
    check_move(row, to=to, registration_closes_at=registration_closes_at, seen_version=seen_version)
    change = planned(row, EventChange.Kind.MOVED, to=to, reason=words, by=by)
    unsent = telling.take_back(emails.about(row), reason=_MOVED)
    shift(row.pk, before=row.starts_at, after=to["starts_at"])
    for name, value in to.items():
        setattr(row, name, value)
    row.registration_closes_at = registration_closes_at
    return _record(event, row, change, unsent=unsent)


@transaction.atomic
def call_off(event: Event, *, reason: Reason, by: User | None) -> EventChange:
    """The event does not take place; everyone who signed up hears once. A second time changes nothing."""
    row = held(event)
    words = reasons.check(reason, languages=languages_of(row))
    last = _last(row)
    if last and last.kind == EventChange.Kind.CANCELLED:
        return last
    check_call_off(row)
    change = planned(row, EventChange.Kind.CANCELLED, reason=words, by=by)
    unsent = telling.take_back(emails.about(row), reason=_CANCELLED)
    withdraw_confirmations(row, reason=_CANCELLED)
    waiting_list.take_back_offers(row)
    row.cancelled_at = timezone.now()
    return _record(event, row, change, unsent=unsent)


@transaction.atomic
def resume(event: Event, *, reason: Reason, by: User | None) -> EventChange:
    """A cancelled event takes place after all; everyone who signed up hears once. A second time changes nothing."""
    row = held(event)
    words = reasons.check(reason, languages=languages_of(row))
    last = _last(row)
    if last and last.kind == EventChange.Kind.RESUMED:
        return last
    check_resume(row)
    change = planned(row, EventChange.Kind.RESUMED, reason=words, by=by)
    unsent = telling.take_back(emails.about(row), reason=_RESUMED)
    row.cancelled_at = None
    return _record(event, row, change, unsent=unsent)


def check_move(
    row: Event, *, to: Mapping[str, Any], registration_closes_at: datetime | None, seen_version: int | None
) -> None:
    """Whether an event may move there; an error says why not."""
    if row.cancelled_at:
        raise ValidationError(gettext("This event is cancelled. Say first that it takes place after all."))
    if seen_version not in {None, row.sequence}:
        raise ValidationError(
            gettext("Somebody else changed this event in the meantime. Look at it again before you move it."),
            code="moved_meanwhile",
        )
    if to["ends_at"] <= to["starts_at"]:
        raise ValidationError({"ends_at": gettext("An event ends after it starts.")})
    if to["ends_at"] <= timezone.now():
        said = gettext("The new date is in the past. Choose one that is still to come.")
        raise ValidationError({"ends_at": ValidationError(said, code="past")})
    if registration_closes_at and registration_closes_at > to["ends_at"]:
        raise ValidationError({"registration_closes_at": gettext("Registration closes before the event is over.")})
    if to["online_url"] and Way.ONLINE not in Attendance(to["attendance"]).ways:
        raise ValidationError({"attendance": gettext("There is an online address: can one take part online?")})
    if row.registration_opens_at:
        try:
            check_opening(row.registration_opens_at, registration_closes_at or to["starts_at"])
        except ValidationError as error:
            raise ValidationError({"registration_closes_at": error.messages}) from error
    if arranged(row) == dict(to):
        raise ValidationError(gettext("This is when and where it takes place already."), code="same")


def check_call_off(row: Event) -> None:
    """Whether an event may be cancelled; an error says why not."""
    if row.cancelled_at:
        raise ValidationError(gettext("This event is cancelled already."), code="cancelled")
    if row.ends_at <= timezone.now():
        raise ValidationError(gettext("This event is over; it cannot be cancelled any more."), code="over")


def check_resume(row: Event) -> None:
    """Whether an event may take place after all; an error says why not."""
    if not row.cancelled_at:
        raise ValidationError(gettext("This event is not cancelled."), code="not_cancelled")
    if row.ends_at <= timezone.now():
        raise ValidationError(gettext("Its date is in the past: make a new event."), code="over")


def planned(
    event: Event,
    kind: EventChange.Kind,
    *,
    reason: Reason,
    to: Mapping[str, Any] | None = None,
    by: User | None = None,
) -> EventChange:
    """The change as it would be, unsaved."""
    old = arranged(event)
    facts = {f"old_{name}": value for name, value in old.items()}
    facts |= {f"new_{name}": value for name, value in (to or old).items()}
    return EventChange(event=event, kind=kind, version=event.sequence + 1, reason=reason, made_by=by, **facts)


def _last(row: Event) -> EventChange | None:
    """The latest change, as long as the event is as it left it."""
    return row.changes.filter(version=row.sequence).first()


def _record(event: Event, row: Event, change: EventChange, *, unsent: Mapping[str, telling.Facts]) -> EventChange:
    row.sequence = change.version
    # Before the row is saved, which may give seats and write of them.
    unconfirmed = withdraw_confirmations(row, reason=_MOVED) if change.is_move else []
    row.save()
    change.event = row
    renew_confirmations(row, unconfirmed)
    change.told = emails.tell(change, not_told_of=unsent)
    change.save(force_insert=True)
    log(row, ACTIONS[EventChange.Kind(change.kind)], user=change.made_by)
    for name in (*ARRANGED, "registration_closes_at", "cancelled_at", "sequence"):
        setattr(event, name, getattr(row, name))
    change.refresh_from_db()
    return change
