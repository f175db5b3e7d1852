"""The organisations and practices that belong to an event, as its page names them."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.apps import apps

from events.agenda.models import Event
from hub.languages.reading_order import in_reading_order
from partners.organisations.models import Organisation


@dataclass(frozen=True)
class Link:
    """One of them; `foreign_language` where its name is not in the reader's language."""

    title: str
    url: str
    foreign_language: str = ""


@dataclass(frozen=True)
class Linked:
    """Those that a visitor may see, in the order of their names."""

    organisations: list[Link]
    practices: list[Link]


def linked(event: Event, language: str) -> Linked:
    """What belongs to this event, in three queries."""
    organisations = Organisation.objects.public().filter(pk__in=event.linked_organisations.values("organisation"))
    # By name: `practices` and `events` do not know each other.
    practice: Any = apps.get_model("practices", "Practice")
    practices = practice.objects.public().filter(pk__in=event.linked_practices.values("practice"))
    return Linked(
        sorted((Link(each.name, each.get_absolute_url()) for each in organisations), key=_by_title),
        sorted(_of_practices(practices.prefetch_related("texts"), language), key=_by_title),
    )


def _of_practices(practices: Iterable[Any], language: str) -> Iterable[Link]:
    for practice in practices:
        text = next(iter(in_reading_order(practice.texts.all(), language, practice.original_language)), None)
        if text:
            foreign = text.language if text.language != language else ""
            yield Link(text.title, practice.get_absolute_url(), foreign)


def _by_title(link: Link) -> str:
    return link.title.casefold()
