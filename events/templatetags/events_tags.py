"""What other apps' pages show of events."""

from collections.abc import Sequence
from typing import Any

from django import template
from django.template import Context
from django.urls import reverse
from django.utils.translation import get_language

from accounts.users.models import User
from calls.chain.models import Call
from events.afterwards import chain
from events.agenda.models import Event
from events.agenda.pages import EventPage, with_pages
from events.agenda.pages import where as where_of
from events.feedback import results
from events.programme.models import LinkedOrganisation
from events.seats import links
from events.seats.models import Registration
from hub.content_memory.content_version import remembered
from partners.organisations.models import Organisation

register = template.Library()

# So long the seats that are left may be those of a moment ago; signing up counts them anew.
SECONDS = 10


@register.filter
def where(event: Event) -> str:
    """On site or online, and where."""
    return where_of(event)


@register.simple_tag
def next_events(number: int = 3) -> list[EventPage]:
    """The pages of the events that come next, in the reader's language; each `event` has its standing."""
    language = get_language() or ""
    return remembered(("next events", number, language), lambda: _next_events(number, language), seconds=SECONDS)


@register.simple_tag
def event_for_call(call: Call) -> EventPage | None:
    """The page of the next event about this call; when all are over, the last one."""
    language = get_language() or ""
    return remembered(("event for call", call.pk, language), lambda: _event_for_call(call, language), seconds=SECONDS)


@register.simple_tag
def events_of(organisation: Organisation, number: int = 6) -> list[EventPage]:
    """The events that an organisation takes part in: what comes, soonest first, then what is over."""
    theirs = (
        Event.objects.public()
        .filter(pk__in=LinkedOrganisation.objects.filter(organisation=organisation).values("event"))
        .with_standing()
    )
    return with_pages(theirs.in_agenda_order()[:number], get_language() or "")


@register.simple_tag(takes_context=True)
def own_seat(context: Context, event: Event) -> dict[str, Any]:
    """Whether the person who is signed in has a seat or waits for one, and where they give it back; else nothing."""
    user = getattr(context.get("request"), "user", None)
    if not isinstance(user, User):
        return {}
    seat = Registration.objects.concerned().filter(event=event, user=user).order_by("status", "pk").first()
    return _own(seat) if seat else {}


@register.simple_tag
def after_event(registration: Registration) -> chain.Steps:
    """What the holder of a seat can do once the event is over."""
    return chain.steps(registration)


@register.simple_tag
def left_behind(event: Event) -> dict[str, Any]:
    """What an event's page shows afterwards: the materials, and the marks if staff show them."""
    return {"materials": chain.materials(event), "results": results.published(event)}


@register.simple_tag(takes_context=True)
def each_date(context: Context, events: Sequence[Event]) -> list[dict[str, Any]]:
    """Each date of a series with what was shown there, and the seat of the person who is signed in."""
    user, materials = getattr(context.get("request"), "user", None), chain.materials_of(events)
    own: dict[int, Registration] = {}
    if isinstance(user, User):
        seats = Registration.objects.concerned().filter(event__in=events, user=user).order_by("-status", "-pk")
        own = {seat.event_id: seat for seat in seats}
    return [
        {"event": each, "materials": materials[each.pk], "own": _own(own[each.pk]) if each.pk in own else {}}
        for each in events
    ]


def _own(seat: Registration) -> dict[str, Any]:
    return {"waits": seat.is_waiting, "url": reverse("events:cancel", args=[links.cancel_token(seat)])}


def _next_events(number: int, language: str) -> list[EventPage]:
    coming = Event.objects.public().upcoming().filter(cancelled_at=None).with_standing()
    return with_pages(coming.in_agenda_order()[:number], language)


def _event_for_call(call: Call, language: str) -> EventPage | None:
    about = Event.objects.public().filter(call=call).with_standing()
    return next(iter(with_pages(about.in_agenda_order()[:1], language)), None)
