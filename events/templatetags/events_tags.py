"""What other apps' pages show of events."""

from django import template
from django.utils.translation import get_language

from events.models import EventPage
from events.querysets import in_agenda_order, pages_in
from hub.content_version import remembered
from hub.models import Call

register = template.Library()

# So long the seats that are left may be those of a moment ago; signing up counts them anew.
SECONDS = 10


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


def _next_events(number: int, language: str) -> list[EventPage]:
    coming = in_agenda_order(pages_in(language)).filter(is_upcoming=True, event__cancelled_at=None)
    return list(coming[:number])


def _event_for_call(call: Call, language: str) -> EventPage | None:
    return in_agenda_order(pages_in(language)).filter(event__call=call).first()
