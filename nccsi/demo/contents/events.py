"""The information meetings of both calls, clinic hours before the deadline, a workshop that is full, one that was."""

import uuid
from datetime import date, datetime, time, timedelta
from functools import partial
from typing import Any

from django.utils import timezone

from events.agenda.models import Event
from events.agenda.pages import EventPage
from events.agenda.ways import Attendance
from events.staff.more_dates import add_dates
from hub.contact.models import Contact
from nccsi.demo.contents import calls
from nccsi.demo.contents.pages import Tree, key_of
from nccsi.demo.reading import moments, words
from nccsi.demo.reading.checking import check
from nccsi.demo.reading.terms import Terms

PAST, NEXT = "info_meeting_2023", "info_meeting"
WORKSHOP, TRIAL = "workshop", "trial"
# Three dates of one series; the name is that of the first.
CLINIC, CLINIC_HOURS = "clinic", 3
SEATS, SEATS_ONLINE, SEATS_AT_WORKSHOP, SEATS_AT_CLINIC = 80, 120, 12, 8
# So many hours somebody has to accept a free seat at the workshop.
OFFER_HOURS = 48


def load(tree: Tree, terms: Terms, *, contact: Contact) -> None:
    """Adds both meetings with their pages; one that is there keeps its facts."""
    year = moments.next_round()
    hours = (moments.at(year, 9, 18, time(13, 0)), moments.at(year, 9, 18, time(16, 30)))
    # Of the meeting of 2023 only the day is known.
    day = (moments.at(2023, 9, 18), moments.at(2023, 9, 18))
    place = partial(_place, tree=tree, terms=terms, contact=contact)
    hybrid: dict[str, Any] = {"attendance": Attendance.HYBRID, "capacity": SEATS, "online_capacity": SEATS_ONLINE}
    place(NEXT, hours, calls.NEXT, venue="Brussel / Bruxelles", **hybrid)
    place(PAST, day, calls.PAST, has_time=False)
    morning = _tuesday_morning(date(year, 10, 7))
    small: dict[str, Any] = {"capacity": SEATS_AT_WORKSHOP, "offer_hours": OFFER_HOURS}
    place(WORKSHOP, morning, calls.NEXT, venue="Gent", **small)
    noons = _thursday_noons(date(year, 10, 13))
    is_new = known(CLINIC) is None
    few: dict[str, Any] = {"attendance": Attendance.ONLINE, "online_capacity": SEATS_AT_CLINIC}
    place(CLINIC, (noons[0], noons[0] + timedelta(hours=1)), calls.NEXT, **few)
    if is_new and (first := known(CLINIC)):
        add_dates(first, noons, by=None)
    trial = _tuesday_morning(timezone.localdate() - timedelta(weeks=2))
    place(TRIAL, trial, None, venue="Gent", capacity=16, thanks=False, shows_feedback=True)


def _tuesday_morning(latest: date) -> tuple[datetime, datetime]:
    """The morning of the last Tuesday up to a day."""
    day = latest - timedelta(days=(latest.weekday() - 1) % 7)
    begins = moments.at(day.year, day.month, day.day, time(9, 30))
    return begins, begins + timedelta(hours=3)


def _thursday_noons(latest: date) -> list[datetime]:
    """Noon of the last Thursdays up to a day."""
    last = latest - timedelta(days=(latest.weekday() - 3) % 7)
    days = [last - timedelta(weeks=week) for week in reversed(range(CLINIC_HOURS))]
    return [moments.at(day.year, day.month, day.day, time(12, 0)) for day in days]


def known(name: str) -> Event | None:
    """One of the meetings."""
    return Event.objects.filter(uid=_uid(name)).first()


def _uid(name: str) -> uuid.UUID:
    return key_of(f"{name}@calendar")


def _place(
    name: str,
    hours: tuple[datetime, datetime],
    call: str | None,
    *,
    tree: Tree,
    terms: Terms,
    contact: Contact,
    **facts: Any,
) -> None:
    told = words.pages()[name]
    event = known(name)
    if event is None:
        about = calls.known(call) if call else None
        event = Event(uid=_uid(name), title=words.titles(told), starts_at=hours[0], ends_at=hours[1], call=about)
        event.contact = contact
        for field, value in facts.items():
            setattr(event, field, value)
        event.tracks = terms.tracks()
        check(event)
        event.save()
    tree.place(name, EventPage, told, under="events", event=event, contact=contact)
