"""Which words and which page a reader gets when there are none in their language: one order, everywhere."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from django.conf import settings
from django.db.models import Case, F, When
from django.utils.translation import override
from i18nfield.strings import LazyI18nString

if TYPE_CHECKING:
    from wagtail.models import Page as BasePage
    from wagtail.models import PageQuerySet

# Most readers of the portal's languages manage it; far fewer manage the language that somebody happened to write in.
BRIDGE = "en"


class InLanguage(Protocol):
    """A row of words, such as the text of a practice or of an organisation."""

    @property
    def language(self) -> str: ...


Words = TypeVar("Words", bound=InLanguage)
Pages = TypeVar("Pages", bound="PageQuerySet[Any]")
Page = TypeVar("Page", bound="BasePage")


def in_reading_order(texts: Iterable[Words], language: str, original: str) -> list[Words]:
    """The reader's own language first, then English, the original, the portal's other languages, and what is left."""
    by_language = {text.language: text for text in texts}
    wanted = dict.fromkeys([*languages_for(language, original), *sorted(by_language)])
    return [by_language[code] for code in wanted if code in by_language]


def languages_for(reader: str, original: str = "") -> list[str]:
    """The languages that a reader of one is given words in, the nearest first."""
    own = (code for code, _name in settings.LANGUAGES)
    return [*dict.fromkeys(filter(None, [reader, BRIDGE, original, *own]))]


def distance(field: str, reader: str, *, original: F | None = None) -> Case:
    """How far the language in a field is from a reader's, for a statement: 0 is their own."""
    wanted: list[str | F] = [*languages_for(reader)]
    if original is not None:
        wanted.insert(wanted.index(BRIDGE) + 1, original)
    places = (When(**{field: code}, then=place) for place, code in enumerate(wanted))
    return Case(*places, default=len(wanted))


def nearest_words(words: Mapping[str, str], language: str) -> str:
    """What short words in several languages say to this reader, by the same order."""
    wanted = dict.fromkeys([*languages_for(language), *sorted(words)])
    return next((words[code] for code in wanted if words.get(code)), "")


def one_page_each(pages: Pages, fact: str, language: str, *, other_fact: str = "") -> Pages:
    """Of the pages about each `fact` the one that this reader gets, in the order of `in_reading_order`.

    `other_fact`: what those are about that tell of no `fact`.
    """
    facts = [name for name in (fact, other_fact) if name]
    best = (
        pages.annotate(nearest=distance("locale__language_code", language))
        .order_by(*facts, "nearest", "pk")
        .distinct(*facts)
    )
    return pages.model.objects.filter(pk__in=best.values("pk")).select_related("locale")


def nearest_pages(pages: "PageQuerySet[Page]", fact: str, language: str) -> dict[Any, Page]:
    """The same by what each is about."""
    return {getattr(page, fact): page for page in one_page_each(pages, fact, language)}


def nearest_page(pages: "PageQuerySet[Page]", language: str) -> Page | None:
    """Of pages that say the same the one that this reader gets."""
    nearest = distance("locale__language_code", language)
    page: Page | None = pages.select_related("locale").annotate(nearest=nearest).order_by("nearest", "pk").first()
    return page


def in_language(label: object, language: str) -> str:
    """A label that is kept in several languages, in this one or the nearest there is."""
    return label.localize(language) if isinstance(label, LazyI18nString) else str(label)


def use_for_labels() -> None:
    """Called once when Django starts: labels would fall back to the portal's first language."""
    LazyI18nString.localize = _localize


def _localize(label: LazyI18nString, language: str) -> str:
    """The words of a label for a reader of this language; those of `de` serve `de-at` as well."""
    if isinstance(label.data, dict):
        return label.data.get(language) or nearest_words(label.data, language.partition("-")[0])
    with override(language):
        return str(label.data or "")
