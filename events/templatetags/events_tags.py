"""What other apps' pages show of events."""

from django import template
from django.utils.translation import get_language

from events.models import EventPage
from events.querysets import in_agenda_order, pages_in
from hub.models import Call

register = template.Library()


@register.simple_tag
def next_events(number: int = 3) -> list[EventPage]:
    """The pages of the events that come next, in the reader's language; each `event` has its standing."""
    coming = in_agenda_order(pages_in(get_language() or "")).filter(is_upcoming=True, event__cancelled_at=None)
    return list(coming[:number])


@register.simple_tag
def event_for_call(call: Call) -> EventPage | None:
    """The page of the next event about this call; when all are over, the last one."""
    return in_agenda_order(pages_in(get_language() or "")).filter(event__call=call).first()
