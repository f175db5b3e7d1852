"""What the library's pages and mails show of searches that can be followed."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import template
from django.conf import settings
from django.urls import reverse

from practices.following.models import SavedSearch
from practices.following.saved_searches import address, follow_address, in_words, written
from practices.library.filters import Selection
from practices.practice.models.practice import Practice
from practices.practice.presentation import Summary, summaries
from practices.practice.terms import Terms

register = template.Library()

_MOST_SHOWN = 10


@register.simple_tag
def new_in(selection: Selection) -> dict[str, str]:
    """How a reader hears of what is new in a search: a form to follow it, where it can be, and a feed."""
    query = written(selection)
    feed = reverse("practices:feed")
    return {
        "search": in_words(query, Terms.load()),
        "follow_url": follow_address(query),
        "feed_url": f"{feed}?{query}" if query else feed,
    }


@dataclass(frozen=True)
class NewPractices:
    """What a mail tells: the first of the practices, how many more there are, and where all of them are."""

    rows: list[Summary]
    more: int
    url: str

    @property
    def count(self) -> int:
        """How many it tells of."""
        return len(self.rows) + self.more


@register.simple_tag
def new_practices(search: str, practices: list[int], count: int) -> NewPractices:
    """Those of a mail's practices that are still in the library, the newest first."""
    found = Practice.objects.public().in_bulk(practices)
    public = [found[pk] for pk in practices if pk in found]
    rows: list[Any] = summaries(public[:_MOST_SHOWN], Terms.load())
    for row in rows:
        row["url"] = settings.SITE_URL + row["url"]
    asked = SavedSearch.objects.filter(pk=UUID(search)).first()
    path = address(f"{asked.query}&sort=newest") if asked else reverse("practices:library")
    gone = len(practices) - len(public)
    return NewPractices(rows, more=max(count - gone - len(rows), 0), url=settings.SITE_URL + path)
