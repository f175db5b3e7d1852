"""An Atom feed of calls in the reader's language."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext
from wagtail.models import Page

from calls.pages.models import CallPage
from hub.pages.feeds import ENTRIES, PageFeed
from hub.site.visibility import visible


class CallsFeed(PageFeed):
    """Calls, the newest first."""

    route = "hub:calls_feed"

    def title(self, language: str) -> str:
        return gettext("%(site)s: calls") % {"site": self.site_name}

    def items(self, language: str) -> Any:
        pages = visible(CallPage.objects.all()).filter(locale__language_code=language)
        return pages.select_related("call").order_by("-first_published_at", "-pk")[:ENTRIES]

    def item_pubdate(self, item: CallPage) -> datetime | None:
        return item.first_published_at

    def item_updateddate(self, item: Page) -> datetime | None:
        """A date that moves is news of the call as well, though its page stays as it is."""
        moments = [item.last_published_at, item.call.changed_at]
        return max(moment for moment in moments if moment)
