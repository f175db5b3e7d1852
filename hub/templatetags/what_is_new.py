"""What a mail shows of what is new about subjects that its reader follows."""

from dataclasses import dataclass
from typing import Any

from django import template
from django.conf import settings
from django.utils.translation import get_language

from hub.languages.names import language_name
from hub.newsletter.issues import Item
from hub.what_is_new import sources
from notifications.subscriptions import topics

register = template.Library()

_MOST_SHOWN = 10


@dataclass(frozen=True)
class Part:
    """Things of one kind."""

    label: str
    rows: list[dict[str, str]]


@dataclass(frozen=True)
class News:
    """What a mail tells: what it is about, the first of the things by kind, and how many more there are."""

    followed: list[topics.Topic]
    parts: list[Part]
    more: int

    @property
    def first(self) -> dict[str, str]:
        """The very first of them."""
        return self.parts[0].rows[0] if self.parts else {}

    @property
    def count(self) -> int:
        """How many it tells of."""
        return sum(len(part.rows) for part in self.parts) + self.more


@register.simple_tag
def new_things(things: list[str], count: int, followed: list[str]) -> News:
    """Those of a mail's things that are still public, the newest first, for the active language."""
    language = get_language() or settings.LANGUAGE_CODE
    shown = sources.found(things, language)
    public = {thing for items in shown.values() for thing, _item in items}
    told = {*[each for each in things if each in public][:_MOST_SHOWN]}
    parts = []
    for each in sources.known():
        rows = [_row(item, language) for thing, item in shown.get(each.name, []) if thing in told]
        if rows:
            parts.append(Part(str(each.label), rows))
    named: Any = topics.resolve_all(followed, language)
    gone = len(things) - len(public)
    return News([named[key] for key in followed if key in named], parts, more=max(count - gone - len(told), 0))


def _row(item: Item, language: str) -> dict[str, str]:
    foreign = item.language if item.language != language else ""
    return {
        "title": item.title,
        "url": item.url,
        "summary": item.text,
        "note": item.note,
        "language": foreign,
        "language_name": language_name(foreign) if foreign else "",
    }
