"""Search over the whole site: every app registers what it can find, hub itself finds pages."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _
from wagtail.models import Locale, Page

PER_GROUP = 5


@dataclass(frozen=True)
class Hit:
    """One thing that fits the words; the languages are set where they are not the reader's."""

    title: str
    url: str
    text: str = ""
    kind_label: str = ""
    title_language: str = ""
    text_language: str = ""


@dataclass(frozen=True)
class Group:
    """What one provider found; `total` counts beyond the hits shown, `more_url` leads to the rest."""

    name: str
    label: str
    hits: list[Hit]
    total: int
    more_url: str = ""


# provider(words, language, limit) -> (hits, total)
Provider = Callable[[str, str, int], tuple[list[Hit], int]]
MoreUrl = Callable[[str], str]


@dataclass(frozen=True)
class _Registered:
    label: str | Promise
    provider: Provider
    more_url: MoreUrl | None


_providers: dict[str, _Registered] = {}


def register(name: str, provider: Provider, *, label: str | Promise, more_url: MoreUrl | None = None) -> None:
    """Adds a group of results; `more_url(words)` leads to the app's own list. Apps call this when they are ready."""
    _providers[name] = _Registered(label, provider, more_url)


def find(words: str, language: str, *, limit: int = PER_GROUP) -> list[Group]:
    """What fits the words, group by group, empty groups left out."""
    groups = []
    for name, registered in _providers.items():
        hits, total = registered.provider(words, language, limit)
        if hits:
            more = registered.more_url(words) if registered.more_url and total > len(hits) else ""
            groups.append(Group(name, str(registered.label), hits, total, more))
    return groups


def find_pages(words: str, language: str, limit: int) -> tuple[list[Hit], int]:
    """Live, public pages of the reader's language."""
    locale = Locale.objects.filter(language_code=language).first()
    # Wagtail's search understands only its own filters, so not `visible`; the home page, on everything, stays out.
    pages = Page.objects.live().public().filter(locale=locale, depth__gt=2)
    results = pages.search(words, operator="and")
    found = list(results[:limit])
    specific = {page.pk: page for page in Page.objects.filter(pk__in=[page.pk for page in found]).specific()}
    return [_page_hit(specific[page.pk]) for page in found], results.count()


def _page_hit(page: Page) -> Hit:
    text = page.search_description or getattr(page, "introduction", "")
    return Hit(page.title, page.url or "", Truncator(text).chars(240), str(page.page_type_display_name))


register("pages", find_pages, label=_("Pages"))
