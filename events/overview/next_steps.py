"""What events offer to somebody who just took a step: their own date, the meeting of a call, the agenda."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext

from accounts.profile.next_steps import Deed, Done, Step
from accounts.users import addresses
from events.agenda.models import Event
from events.agenda.pages import EventPage, pages_of
from events.overview.models import EventIndexPage
from events.seats.models import Registration
from hub.dates.words import day, moment
from hub.pages.topics import best_page

# Where somebody can still get a seat, or wait for one.
_TAKING = {"open", "full"}
_LOOKED_AT = 10


def events(done: Done) -> Iterator[Step]:
    """The calendar file of what they signed up for, else the next meeting about the call, else what is coming."""
    own = done.keys("event")
    coming = Event.objects.public().upcoming().filter(cancelled_at=None).exclude(pk__in=own)
    for event in Event.objects.public().upcoming().filter(pk__in=own, cancelled_at=None):
        yield Step(gettext("Put it in your calendar (.ics)"), reverse("events:calendar", args=[event.uid]))
    meeting = _meeting(done) if done.deed != Deed.SEAT else None
    if meeting:
        page, event = meeting
        when = moment(event.starts_at) if event.has_time else day(event.starts_at)
        yield Step(gettext("Come to “%(event)s”") % {"event": page.title}, page.url or "", when)
        return
    agenda = best_page(EventIndexPage, done.language)
    if agenda and coming.exists():
        yield Step(gettext("See which events are coming"), agenda.url or "")


def _meeting(done: Done) -> tuple[EventPage, Event] | None:
    """The next event about one of these calls with a seat for them, which they do not have yet."""
    calls = done.keys("call")
    if not calls:
        return None
    about = Event.objects.public().upcoming().filter(call__in=calls, cancelled_at=None).with_standing()
    if done.user:
        seats = Registration.objects.concerned().filter(email__in=addresses.proved_by(done.user))
        about = about.exclude(pk__in=seats.values("event"))
    taking = [event for event in about.in_agenda_order()[:_LOOKED_AT] if event.standing in _TAKING]
    pages = pages_of(taking, done.language) if taking else {}
    return next(((pages[event.pk], event) for event in taking if event.pk in pages), None)
