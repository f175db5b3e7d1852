"""Finds pages: news, calls, events, and what stands for itself."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from django.conf import settings
from django.db.models import Case, F, FloatField, IntegerField, Q, QuerySet, Value, When
from django.db.models.expressions import Combinable
from django.utils.text import Truncator

from hub.dates.words import day
from hub.search import full_text
from hub.search.models import PageEntry
from hub.site_search.registry import Asked, Hit
from hub.site_search.rows import is_in_title, is_title, named, row
from hub.wording.asking import Asking, Matches, as_query, either, weighing
from hub.wording.levels import BODY, FOREIGN, SUMMARY, TITLE, first_of, how_many, total
from hub.wording.lexicon import Lexicon
from hub.wording.words import Least, Word

_DATED = {"news", "event"}
# Shorter words stand in many titles.
_TELLING_TITLE = 5
_STANDS = " OR ".join(
    f"language = '{code}' AND search_vector @@ hub_query('{code}', typed)" for code in full_text.CONFIGURATIONS
)


def _has(query: str) -> Q:
    return Q(Matches(F("search_vector"), as_query(query)))


class Pages:
    """The pages of the tree: in the reader's language, and calls and events in the nearest that they have."""

    # Only of what visitors could see: a draft gives no word away.
    lexicon = Lexicon(stands=(f"EXISTS (SELECT FROM hub_pageentry WHERE learnt AND ({_STANDS}))",))

    def found(self, asked: Asked) -> QuerySet[Any, Any]:
        """What has the words, or is called so."""
        asking = asked.asking
        fits = Q(pk__in=[])
        for code in _languages():
            if text := asking.text(code):
                fits |= Q(_has(text), language=code)
        the_title, in_title = is_title("plain_title", asked.title), is_in_title("plain_title", asked.title)
        called_so = in_title if len(asked.title) >= _TELLING_TITLE else the_title
        return row(
            PageEntry.objects.for_reader(asked.language).filter(fits | called_so),
            kind="kind",
            key="page_id",
            named=named(the_title, in_title),
            matched=_in_own_language(lambda code: _matched(asking, code), IntegerField()),
            fitting=_in_own_language(lambda code: _fitting(asking, code), IntegerField()),
            level=_in_own_language(lambda code: _level(asking, code), FloatField())
            * first_of((Q(language=asked.language), 1.0), otherwise=FOREIGN),
            moment="moment",
        )

    def hits(self, keys: Iterable[int], language: str) -> Mapping[int, Hit]:
        """Title, introduction, and when it is."""
        entries = PageEntry.objects.filter(pk__in=list(keys)).select_related("page__locale")
        return {entry.pk: _hit(entry, language) for entry in entries}


def _languages() -> Iterator[str]:
    return (code for code, _name in settings.LANGUAGES)


def _in_own_language(expression: Callable[[str], Combinable], output: Any) -> Case:
    """What is asked of each page in its own language."""
    return Case(*(When(language=code, then=expression(code)) for code in _languages()), default=0, output_field=output)


def _matched(asking: Asking, code: str) -> Combinable:
    if asking.words.least is Least.ALL:
        return Value(0)
    return how_many(_has(query) for word in asking.telling if (query := asking.loosely(word, code)))


def _fitting(asking: Asking, code: str) -> Combinable:
    if len(asking.telling) < 2:
        return Value(0)
    return how_many(_has(weighing(query, "AB")) for word in asking.telling if (query := _head(asking, word, code)))


def _level(asking: Asking, code: str) -> Combinable:
    return total(_of_word(asking, word, code) for word in asking.telling)


def _of_word(asking: Asking, word: Word, code: str) -> Combinable:
    head, own = _head(asking, word, code), asking.loosely(word, code)
    if not own:
        return Value(0.0)
    deep = BODY if asking.words.least is Least.ALL else first_of((_has(own), BODY))
    in_title, in_summary = (_has(weighing(head, weight)) for weight in "AB")
    return first_of((in_title, TITLE), (in_summary, SUMMARY), otherwise=deep)


def _head(asking: Asking, word: Word, code: str) -> str:
    return either([asking.loosely(word, code), asking.kin(word, code)])


def _hit(entry: PageEntry, language: str) -> Hit:
    foreign = entry.language if entry.language != language else ""
    return Hit(
        title=entry.title,
        url=entry.page.url or "",
        text=Truncator(entry.summary.split("\n", 1)[0]).chars(240),
        details=(day(entry.moment),) if entry.kind in _DATED and entry.moment else (),
        title_language=foreign,
        text_language=foreign,
    )
