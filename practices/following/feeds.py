"""What is new in the library, for feed readers."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext

from hub.site.models import SiteSettings
from practices.following.searches import LIBRARY, in_words
from practices.library.filters import PracticeFilterSet
from practices.practice.models.practice import Practice
from practices.practice.presentation import Summary, summaries
from practices.practice.terms import Terms

_MOST_ENTRIES = 30


@dataclass(frozen=True)
class Asked:
    """What a reader wants to hear of: a search of the library in canonical writing, or everything."""

    query: str
    terms: Terms

    @property
    def suffix(self) -> str:
        """What it adds to an address."""
        return f"?{self.query}" if self.query else ""


class NewestPractices(Feed[Summary, Asked]):
    """Atom with the newest practices that fit, in the language of its address; asked as the library page is."""

    feed_type = Atom1Feed

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Asked:
        self._site_name = (SiteSettings.objects.first() or SiteSettings()).name
        return Asked(LIBRARY.canonical(request.GET.urlencode()), Terms.load())

    def title(self, obj: Asked) -> str:
        site = self._site_name
        if obj.query:
            search = in_words(obj.query)
            return gettext("%(site)s: newest practices for %(search)s") % {"site": site, "search": search}
        return gettext("%(site)s: newest practices") % {"site": site}

    def subtitle(self) -> str:
        return gettext("Good practices, methods and tools in social innovation.")

    def author_name(self, obj: Asked) -> str:
        return self._site_name

    def link(self, obj: Asked) -> str:
        return settings.SITE_URL + reverse("practices:library") + obj.suffix

    def feed_url(self, obj: Asked) -> str:
        return settings.SITE_URL + reverse("practices:feed") + obj.suffix

    def feed_guid(self, obj: Asked) -> str:
        return self.feed_url(obj)

    def items(self, obj: Asked) -> list[Summary]:
        newest = QueryDict(f"{obj.query}&sort=newest")
        found = PracticeFilterSet(newest, queryset=Practice.objects.public(), terms=obj.terms, exact=True).qs
        return summaries(list(found[:_MOST_ENTRIES]), obj.terms)

    def item_title(self, item: Summary) -> str:
        return item["title"]

    def item_description(self, item: Summary) -> str:
        return item["summary"]

    def item_link(self, item: Summary) -> str:
        return settings.SITE_URL + item["url"]

    def item_pubdate(self, item: Summary) -> datetime | None:
        return item["published_at"]

    def item_updateddate(self, item: Summary) -> datetime | None:
        return item["published_at"]

    def item_categories(self, item: Summary) -> list[str]:
        return item["themes"]
