"""What the first mail to a follower looks up when it is sent, so that it says what holds then."""

from collections.abc import Iterable

from django import template
from django.utils.translation import get_language

from notifications.subscriptions import dates, offsets
from notifications.subscriptions.dates import ComingDate

register = template.Library()


@register.simple_tag
def coming_dates(key: str) -> list[ComingDate]:
    """The dates ahead of what somebody follows, in the active language."""
    found = dates.coming(key, get_language() or "")
    return found.dates if found else []


@register.filter
def offset_labels(hours: Iterable[int]) -> list[str]:
    """How long before each deadline, in words."""
    return [offsets.label(hour) for hour in hours]
