"""Search over the whole site: every app registers what it can find, hub itself finds pages."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import reduce
from itertools import combinations
from operator import or_
from typing import Any

from django.contrib.postgres.search import SearchRank, TrigramWordSimilarity
from django.db.models import Case, F, FloatField, Q, Value, When
from django.utils.functional import Promise
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page
from wagtail.query import PageQuerySet

from hub.search import full_text
from hub.site.visibility import visible

PER_GROUP = 5
_MOST_WORDS = 8
_QUOTED = re.compile('["“”„«»]')
# A title that resembles the words this much is what was meant, spelled otherwise.
_ALIKE = 0.6
# A long page has many words; its rank is divided by the logarithm of their number.
_BY_LENGTH = Value(1)


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
    """Live, public pages of the reader's language, the best fits first; the home page, on everything, stays out.

    Where no page has all of three words or more, those with two of them come; where none has these either, those whose
    title is written almost so.
    """
    (plain,) = full_text.plain_words([words])
    if not plain:
        return [], 0
    pages = visible(Page.objects.filter(locale__language_code=language, depth__gt=2, entry__language=language))
    for fitting in (_with_all, _with_two, _titled_alike):
        found = fitting(pages, words, plain, language)
        if total := found.count():
            hits = found[:limit].specific()
            return [_page_hit(page) for page in hits], total
    return [], 0


def _with_all(pages: PageQuerySet, words: str, plain: list[str], language: str) -> PageQuerySet:
    """What has all of it, or a title with these very letters: part of a compound, or a beginning."""
    return _ranked(pages, full_text.query(words, language), plain)


def _with_two(pages: PageQuerySet, words: str, plain: list[str], language: str) -> PageQuerySet:
    """Quotes ask for the very words."""
    each = [full_text.query(word, language) for word in plain[:_MOST_WORDS]]
    if len(each) < 3 or _QUOTED.search(words):
        return pages.none()
    return _ranked(pages, reduce(or_, (one & other for one, other in combinations(each, 2))), plain)


def _titled_alike(pages: PageQuerySet, words: str, plain: list[str], language: str) -> PageQuerySet:
    if _QUOTED.search(words):
        return pages.none()
    alike = TrigramWordSimilarity(" ".join(plain), "entry__plain_title")
    return pages.annotate(fit=alike).filter(fit__gte=_ALIKE).order_by("-fit", "pk")


def _ranked(pages: PageQuerySet, asked: Any, plain: list[str]) -> PageQuerySet:
    in_title = Q(entry__plain_title__contains=" ".join(plain))
    rank = SearchRank(F("entry__search_vector"), asked, normalization=_BY_LENGTH)
    named = Case(When(in_title, then=Value(1.0)), default=Value(0.0), output_field=FloatField())
    fits = pages.filter(in_title | Q(entry__search_vector=asked))
    return fits.annotate(fit=rank + named).order_by("-fit", "pk")


def _page_hit(page: Page) -> Hit:
    text = page.search_description or getattr(page, "introduction", "")
    return Hit(page.title, page.url or "", Truncator(text).chars(240), str(page.page_type_display_name))


register("pages", find_pages, label=_("Pages"))
