"""The information meetings of both calls."""

import uuid
from datetime import datetime, time

from events.agenda.models import Event
from events.agenda.pages import EventPage
from hub.contact.models import Contact
from nccsi.demo.contents import calls
from nccsi.demo.contents.pages import Tree, key_of
from nccsi.demo.reading import moments, words
from nccsi.demo.reading.terms import Terms

PAST, NEXT = "info_meeting_2023", "info_meeting"
SEATS = 80


def load(tree: Tree, terms: Terms, *, contact: Contact) -> None:
    """Adds both meetings with their pages; one that is there keeps its facts."""
    year = moments.next_round()
    hours = (moments.at(year, 9, 18, time(13, 0)), moments.at(year, 9, 18, time(16, 30)))
    # Of the meeting of 2023 only the day is known.
    day = (moments.at(2023, 9, 18), moments.at(2023, 9, 18))
    _place(tree, NEXT, hours, calls.NEXT, terms, contact, seats=SEATS, venue="Brussel / Bruxelles")
    _place(tree, PAST, day, calls.PAST, terms, contact, has_time=False)


def known(name: str) -> Event | None:
    """One of the meetings."""
    return Event.objects.filter(uid=_uid(name)).first()


def _uid(name: str) -> uuid.UUID:
    return key_of(f"{name}@calendar")


def _place(
    tree: Tree,
    name: str,
    hours: tuple[datetime, datetime],
    call: str,
    terms: Terms,
    contact: Contact,
    *,
    has_time: bool = True,
    seats: int | None = None,
    venue: str = "",
) -> None:
    told = words.pages()[name]
    event = known(name)
    if event is None:
        event = Event(
            uid=_uid(name),
            title=words.titles(told),
            starts_at=hours[0],
            ends_at=hours[1],
            has_time=has_time,
            venue=venue,
            capacity=seats,
            call=calls.known(call),
            contact=contact,
        )
        event.tracks = terms.tracks()
        event.full_clean()
        event.save()
    tree.place(name, EventPage, told, under="events", event=event, contact=contact)
