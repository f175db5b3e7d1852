"""What is kept about the people of an event, and until when: read from the keeping times, counted in the rows.

A room that keeps something about people of an event says so here with its keeping time; its rows are counted once
for all events on a page.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import BigIntegerField, Count, Func, Q, QuerySet, Value
from django.db.models.functions import Cast
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.privacy.keeping import KeepingTime
from events.agenda.models import Event
from events.seats.keeping_times import ACCESS_NEEDS, REGISTRATIONS, UNPROVED_SEATS
from events.seats.models import Registration
from notifications.outbox.keeping_times import MAILS
from notifications.outbox.models import Message

# By event, how many rows there are now.
Counted = Callable[[Collection[int]], Mapping[int, int]]


@dataclass(frozen=True)
class Kept:
    """One kind of record. `since` leads from an event to the moment from which its time runs; None: nobody can say."""

    label: Promise
    time: KeepingTime
    count: Counted
    since: Callable[[Event], datetime] | None = None

    def goes_at(self, event: Event) -> datetime | None:
        """When it is erased; None where it goes by another rule than the event's date."""
        return self.since(event) + (self.time.lasts or timedelta()) if self.since else None


@dataclass(frozen=True)
class Line:
    """One kind of record of one event, with how many there are and when they go."""

    label: Promise
    number: int
    goes_at: datetime | None
    # After each mail; None where people delete it.
    days: int | None


@dataclass(frozen=True)
class EventPlan:
    """What goes when of one event."""

    event: Event
    lines: list[Line]


_kept: list[Kept] = []


def register(kept: Kept) -> None:
    """Called by `AppConfig.ready` for each kind of record about people of an event."""
    if kept.time.name not in {each.time.name for each in _kept}:
        _kept.append(kept)


def plans(events: Sequence[Event]) -> list[EventPlan]:
    """For each event each kind of record, with a query for each kind."""
    keys = [event.pk for event in events]
    numbers = {kept.time.name: kept.count(keys) for kept in _kept}
    return [EventPlan(event, [_line(kept, event, numbers[kept.time.name]) for kept in _kept]) for event in events]


def _line(kept: Kept, event: Event, numbers: Mapping[int, int]) -> Line:
    return Line(kept.label, numbers.get(event.pk, 0), kept.goes_at(event), kept.time.days if kept.time.lasts else None)


def by_event(rows: QuerySet[Any], keys: Collection[int], *, event: str = "event") -> dict[int, int]:
    """How many of these rows each of the events has; `event` leads from a row to its event."""
    found = rows.filter(**{f"{event}__in": keys}).order_by()
    return dict(found.values_list(event).annotate(number=Count("pk")))


def _mails(keys: Collection[int]) -> dict[int, int]:
    abouts = Q(pk__in=[])
    for key in keys:
        abouts |= Q(about=f"event:{key}") | Q(about__startswith=f"event:{key}:")
    event = Cast(Func("about", Value(":"), Value(2), function="split_part"), BigIntegerField())
    rows = Message.objects.filter(abouts).order_by().annotate(event=event)
    own = dict(rows.values_list("event").annotate(number=Count("pk")))
    shared = _shared_mails(keys)
    return {key: own.get(key, 0) + shared.get(key, 0) for key in keys}


def _shared_mails(keys: Collection[int]) -> dict[int, int]:
    """One mail tells of all dates that somebody picked: it counts for each date of the series."""
    series = dict(Event.objects.filter(pk__in=keys, series__isnull=False).values_list("pk", "series"))
    about = {key: f"series:{each}" for key, each in series.items()}
    rows = Message.objects.filter(about__in=set(about.values())).order_by()
    numbers = dict(rows.values_list("about").annotate(number=Count("pk")))
    return {key: numbers.get(name, 0) for key, name in about.items()}


ACCESS = Kept(
    _("What people said they need to take part"),
    ACCESS_NEEDS,
    lambda keys: by_event(Registration.objects.exclude(access_needs=""), keys),
    lambda event: event.ends_at,
)
UNPROVED = Kept(
    _("Seats that nobody confirmed, and the internet connections they were asked for from"),
    UNPROVED_SEATS,
    lambda keys: by_event(Registration.objects.filter(Q(reserved_until__isnull=False) | ~Q(line="")), keys),
    lambda event: event.ends_at,
)
SEATS = Kept(
    _("Sign-ups: name, address, organisation"), REGISTRATIONS, lambda keys: by_event(Registration.objects.all(), keys)
)
SENT = Kept(_("Mails about the event in the outbox"), MAILS, _mails)
