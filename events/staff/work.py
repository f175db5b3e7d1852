"""What waits for staff and organisers about events: those that come, with their seats."""

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext

from accounts.day.work import NAMED, Detail, Line, Step
from accounts.records import lists
from events.agenda.models import Event
from events.agenda.querysets import EventQuerySet
from events.organisers import rights
from events.sign_up.admin import registrations_url
from events.staff.seats_said import seats
from hub.dates import brussels


def soon(events: EventQuerySet[Event]) -> EventQuerySet[Event]:
    """Those that take place within two weeks or go on now."""
    return events.upcoming().filter(starts_at__lt=brussels.in_two_weeks(), cancelled_at=None)


def work(user: Any) -> Iterator[Line]:
    """Of all events, or of one's own."""
    if not rights.sees_all(user, Event) and not rights.given(user).exists():
        return
    own: QuerySet[Event] = rights.own(soon(Event.objects.all()), user)
    yield Line(
        gettext("Events in the next two weeks"),
        f"{lists.url(Event)}?when=soon",
        own,
        due="starts_at",
        details=_named(own),
    )


def _named(own: Any) -> list[Detail]:
    """The next ones with their seats."""
    found = own.with_standing().with_waiting().order_by("starts_at", "pk")[:NAMED]
    return [Detail(str(each), registrations_url(each), seats(each), each.starts_at, each.has_time) for each in found]


def begin(user: Any) -> Iterator[Step]:
    """For those who may."""
    if user.has_perm("events.add_event"):
        yield Step(gettext("Plan an event"), reverse("wagtailsnippets_events_event:add"))
