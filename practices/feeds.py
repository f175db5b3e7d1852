"""What is new in the library, for feed readers."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.http import HttpRequest
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext

from hub.models import SiteSettings
from practices.models import Practice
from practices.reading import Summary, summaries
from practices.terms import Terms

_MOST_ENTRIES = 30


class NewestPractices(Feed[Summary, None]):
    """Atom with the newest practices, in the language of its address."""

    feed_type = Atom1Feed

    def title(self) -> str:
        site = SiteSettings.objects.first() or SiteSettings()
        return gettext("%(site)s: newest practices") % {"site": site.name}

    def subtitle(self) -> str:
        return gettext("Good practices, methods and tools in social innovation.")

    def link(self) -> str:
        return settings.SITE_URL + reverse("practices:library")

    def feed_url(self) -> str:
        return settings.SITE_URL + reverse("practices:feed")

    def feed_guid(self) -> str:
        return self.feed_url()

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        return None

    def items(self) -> list[Summary]:
        newest = Practice.objects.public().newest_first()[:_MOST_ENTRIES]
        return summaries(list(newest), Terms.load())

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
