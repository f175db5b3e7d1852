"""What people can follow of the centre: its news."""

from collections.abc import Sequence

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from hub.languages.reading_order import nearest_page
from hub.pages.base import PortalPage
from hub.pages.models import NewsIndexPage
from hub.site.visibility import visible
from notifications.subscriptions import topics
from notifications.subscriptions.topics import Topic


def news(identifiers: Sequence[str], language: str) -> dict[str, Topic]:
    """What the centre has to tell."""
    page = best_page(NewsIndexPage, language) if "" in identifiers else None
    return {"": Topic(gettext("News of the centre"), page.url or "/")} if page else {}


def register() -> None:
    """Make them followable."""
    topics.register("news", news, called=_("News"), whole=NewsIndexPage)


def best_page(model: type[PortalPage], language: str) -> PortalPage | None:
    """The page of this kind that a reader of this language gets."""
    return nearest_page(visible(model.objects.all()), language)
