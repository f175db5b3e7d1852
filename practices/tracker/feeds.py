"""The moves of practices, for feed readers."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.http import HttpRequest
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language, gettext

from hub.site.models import SiteSettings
from practices.mainstreaming.models import StageMove
from practices.practice.presentation import text_for
from practices.tracker.news import sentence
from practices.tracker.selection import with_origin

_MOST_ENTRIES = 30


class Moves(Feed[StageMove, None]):
    """Atom with the moves that were entered last, in the language of its address."""

    feed_type = Atom1Feed

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        self._site_name = (SiteSettings.objects.first() or SiteSettings()).name

    def title(self, obj: None) -> str:
        return gettext("%(site)s: moves of practices") % {"site": self._site_name}

    def subtitle(self) -> str:
        return gettext("Which practice moved to which stage, when, and on whose word.")

    def author_name(self, obj: None) -> str:
        return self._site_name

    def link(self, obj: None) -> str:
        return settings.SITE_URL + reverse("practices:tracker")

    def feed_url(self, obj: None) -> str:
        return settings.SITE_URL + reverse("practices:tracker_feed")

    def feed_guid(self, obj: None) -> str:
        return self.feed_url(obj)

    def items(self, obj: None) -> list[StageMove]:
        counting = StageMove.objects.counting().filter(practice__live=True)
        latest = with_origin(counting).order_by("-entered_at", "-pk")
        return list(latest.select_related("practice").prefetch_related("practice__texts")[:_MOST_ENTRIES])

    def item_title(self, item: StageMove) -> str:
        practice = item.practice
        text = text_for(practice.texts.all(), get_language() or "", practice.original_language)
        return text.title if text else practice.slug

    def item_description(self, item: StageMove) -> str:
        return sentence(item)

    def item_link(self, item: StageMove) -> str:
        return settings.SITE_URL + item.practice.get_absolute_url()

    def item_guid(self, item: StageMove) -> str:
        return f"{self.item_link(item)}#move-{item.pk}"

    def item_pubdate(self, item: StageMove) -> datetime:
        return item.entered_at

    def item_updateddate(self, item: StageMove) -> datetime:
        return item.entered_at
