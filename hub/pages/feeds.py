"""Atom feeds in the reader's language: news, and calls."""

from datetime import datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.http import HttpRequest
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language, gettext
from wagtail.models import Page

from hub.pages.models import NewsPage
from hub.site.models import SiteSettings
from hub.site.visibility import visible

ENTRIES = 30


class PageFeed(Feed[Any, Any]):
    """The newest pages of one kind."""

    feed_type = Atom1Feed
    route = ""

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> str:
        """The language, and the site's name along with it."""
        self.site_name = (SiteSettings.objects.first() or SiteSettings()).name
        return get_language() or settings.LANGUAGE_CODE

    def link(self, language: str) -> str:
        return f"{settings.SITE_URL}/{language}/"

    def feed_url(self, language: str) -> str:
        return f"{settings.SITE_URL}{reverse(self.route)}"

    def feed_guid(self, language: str) -> str:
        return self.feed_url(language)

    def author_name(self) -> str:
        return self.site_name

    def item_title(self, item: Page) -> str:
        return item.title

    def item_description(self, item: Any) -> str:
        return item.introduction

    def item_link(self, item: Page) -> str:
        return f"{settings.SITE_URL}{item.url}"

    def item_updateddate(self, item: Page) -> datetime | None:
        return item.last_published_at


class NewsFeed(PageFeed):
    """News, newest first."""

    route = "hub:news_feed"

    def title(self, language: str) -> str:
        return gettext("%(site)s: news") % {"site": self.site_name}

    def items(self, language: str) -> Any:
        pages = visible(NewsPage.objects.all()).filter(locale__language_code=language)
        return pages.order_by("-date", "-pk")[:ENTRIES]

    def item_pubdate(self, item: NewsPage) -> datetime:
        return datetime.combine(item.date, time(9), tzinfo=ZoneInfo(settings.TIME_ZONE))
