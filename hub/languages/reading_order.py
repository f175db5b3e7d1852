"""Which words a reader gets when there are none in their language."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from django.conf import settings
from django.db.models import Case, When
from i18nfield.strings import LazyI18nString

if TYPE_CHECKING:
    from wagtail.models import PageQuerySet

# Most readers of the portal's languages manage it; far fewer manage the language that somebody happened to write in.
BRIDGE = "en"


class InLanguage(Protocol):
    """A row of words, such as the text of a practice or of an organisation."""

    @property
    def language(self) -> str: ...


Words = TypeVar("Words", bound=InLanguage)
Pages = TypeVar("Pages", bound="PageQuerySet[Any]")


def in_reading_order(texts: Iterable[Words], language: str, original: str) -> list[Words]:
    """The reader's own language first, then English, the original, the portal's other languages, and what is left."""
    by_language = {text.language: text for text in texts}
    own = [code for code, _name in settings.LANGUAGES]
    wanted = dict.fromkeys([language, BRIDGE, original, *own, *sorted(by_language)])
    return [by_language[code] for code in wanted if code in by_language]


def languages_for(reader: str) -> list[str]:
    """The languages that a reader of one is given words in, the nearest first."""
    return [*dict.fromkeys([reader, BRIDGE, *(code for code, _name in settings.LANGUAGES)])]


def distance(field: str, reader: str) -> Case:
    """How far the language in a field is from a reader's, for a statement: 0 is their own."""
    wanted = languages_for(reader)
    places = (When(**{field: code}, then=place) for place, code in enumerate(wanted))
    return Case(*places, default=len(wanted))


def nearest_words(words: Mapping[str, str], language: str) -> str:
    """What short words in several languages say to this reader, by the same order."""
    wanted = dict.fromkeys([*languages_for(language), *sorted(words)])
    return next((words[code] for code in wanted if words.get(code)), "")


def one_page_each(pages: Pages, fact: str, language: str) -> Pages:
    """Of the pages about each `fact` the one that this reader gets, in the order of `in_reading_order`."""
    best = (
        pages.annotate(nearest=distance("locale__language_code", language))
        .order_by(fact, "nearest", "pk")
        .distinct(fact)
    )
    return pages.model.objects.filter(pk__in=best.values("pk")).select_related("locale")


def in_language(label: object, language: str) -> str:
    """A label that is kept in several languages, in this one or the nearest there is."""
    return label.localize(language) if isinstance(label, LazyI18nString) else str(label)
