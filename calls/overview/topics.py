"""What people can follow of calls: one of them, or all."""

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from calls.chain.models import Call
from calls.overview.models import CallIndexPage
from calls.pages.call_calendars import call_pages
from hub.pages.topics import best_page
from notifications.subscriptions import topics
from notifications.subscriptions.topics import Topic


def call(identifier: str, language: str) -> Topic | None:
    """One call, as long as a visitor may see it."""
    return calls_of([identifier], language).get(identifier)


def calls_of(identifiers: Sequence[str], language: str) -> dict[str, Topic]:
    """Several of them."""
    pages = call_pages(Call.objects.public().filter(pk__in=keys(identifiers)), language)
    return {str(pk): Topic(page.title, page.url or "/", has_deadlines=True) for pk, page in pages.items()}


def calls(identifiers: Sequence[str], language: str) -> dict[str, Topic]:
    """Every call there is and will be."""
    page = best_page(CallIndexPage, language) if "" in identifiers else None
    return {"": Topic(gettext("All calls"), page.url or "/", has_deadlines=True)} if page else {}


def keys(identifiers: Iterable[str]) -> list[int]:
    """Those that can be a row's number; what follows the colon of a topic may be anything."""
    return [int(each) for each in identifiers if each.isascii() and each.isdecimal() and len(each) <= 9]


def register() -> None:
    """Make them followable."""
    topics.register("call", calls_of, called=_("One call"), each=Call)
    topics.register("calls", calls, called=_("All calls"), whole=CallIndexPage)
