"""What the mail about a deadline looks up when it is sent."""

from datetime import datetime

from django import template
from django.utils.translation import get_language
from i18nfield.strings import LazyI18nString

from calls.chain.models import Deadline
from calls.overview import topics
from hub.dates.time_left import time_left
from hub.languages.reading_order import nearest_words
from notifications.subscriptions.topics import Topic

register = template.Library()


@register.filter
def in_language(words: str) -> str:
    """A label that is kept in several languages, in the active one where there is one."""
    data = LazyI18nString(words).data
    return nearest_words(data, get_language() or "") if isinstance(data, dict) else str(data or "")


@register.simple_tag
def call_topic(call: int) -> Topic | None:
    """The call's page in the active language: its title and address."""
    return topics.call(str(call), get_language() or "")


@register.simple_tag
def left(due_at: datetime, now: datetime, has_time: bool) -> str:
    """What is left until the deadline as of `now`, in words."""
    return time_left(due_at, now, has_time=has_time)


@register.filter
def actor_name(code: str) -> str:
    """Who has to act, in words."""
    return str(dict(Deadline.Actor.choices).get(code, ""))
