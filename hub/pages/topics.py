"""What people can follow of the centre: its news."""

from collections.abc import Sequence

from django.utils.translation import gettext

from hub.pages.base import PortalPage
from hub.pages.models import NewsIndexPage
from notifications.subscriptions import topics
from notifications.subscriptions.topics import Topic


def news(identifiers: Sequence[str], language: str) -> dict[str, Topic]:
    """What the centre has to tell."""
    page = best_page(NewsIndexPage, language) if "" in identifiers else None
    return {"": Topic(gettext("News of the centre"), page.url or "/")} if page else {}


def register() -> None:
    """Make them followable."""
    topics.register("news", news)


def best_page(model: type[PortalPage], language: str) -> PortalPage | None:
    """The live page in this language, else in another one."""
    pages = model.objects.live().public().select_related("locale")
    return max(pages, key=lambda page: page.locale.language_code == language, default=None)
