"""What the library's pages and mails show of searches that can be followed."""

from typing import Any
from uuid import UUID

from django import template
from django.conf import settings
from django.urls import reverse

from hub.saved_searches.lists import Told, follow_address
from hub.saved_searches.models import SavedSearch
from practices.following.searches import LIBRARY, in_words, written
from practices.library.filters import Selection
from practices.practice.models.practice import Practice
from practices.practice.presentation import Summary, summaries
from practices.practice.terms import Terms

register = template.Library()

_MOST_SHOWN = 10


@register.simple_tag
def new_in(selection: Selection) -> dict[str, Any]:
    """How a reader hears of what is new in a search: a form to follow it, where it can be, and a feed."""
    query = written(selection)
    themes = Terms.load().of("theme")
    feed = reverse("practices:feed")
    return {
        "search": in_words(query),
        "follow_url": follow_address(LIBRARY, query),
        "feed_url": f"{feed}?{query}" if query else feed,
        "themes": [themes[code] for code in selection.chosen.get("theme", ()) if code in themes],
    }


@register.simple_tag
def new_practices(search: str, found: list[int], count: int) -> Told[Summary]:
    """Those of a mail's practices that are still in the library, the newest first."""
    practices = Practice.objects.public().in_bulk(found)
    public = [practices[pk] for pk in found if pk in practices]
    rows: list[Any] = summaries(public[:_MOST_SHOWN], Terms.load())
    for row in rows:
        row["url"] = settings.SITE_URL + row["url"]
    asked = SavedSearch.objects.filter(pk=UUID(search)).first()
    path = LIBRARY.address(f"{asked.query}&sort=newest") if asked else reverse("practices:library")
    gone = len(found) - len(public)
    return Told(rows, more=max(count - gone - len(rows), 0), url=settings.SITE_URL + path)
