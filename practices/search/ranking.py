"""Best match first: how much of a search a practice has, and how far in front it stands."""

from typing import TypeVar

from django.db.models import F, Func, Model, QuerySet

from hub.query_parsing import relevance
from hub.query_parsing.relevance import (
    BODY,
    FOREIGN,
    SUMMARY,
    TERM,
    TITLE,
    Sql,
    any_of,
    first_of,
    has,
    how_many,
    times,
    total,
)
from hub.query_parsing.text_queries import either, weighing
from hub.query_parsing.words import Least, Word
from practices.search.keys import language_key
from practices.search.searching import Search, one_of

Found = TypeVar("Found", bound=Model)


class Ranking:
    """The parts of the order of what a search finds, for a reader of some language.

    `entry` leads from the rows to their library entries: "" or "entry__".
    """

    def __init__(self, search: Search, language: str, *, entry: str = "") -> None:
        self._search = search
        self._language = language
        self._entry = entry
        self._columns = {name: f"{entry}{name}" for name in ("head", "words", "keys")}
        self._significant = search.queries.significant
        self._all = search.words.least is Least.ALL

    @property
    def matched(self) -> Func:
        """How many of the words a practice has, where not all are wanted; nothing where it has them all."""
        each = (either([self._search.stems(word), one_of(self._search.keys(word))]) for word in self._significant)
        return self._count(relevance.NOTHING if self._all else how_many(has("words", asked) for asked in each))

    @property
    def fitting(self) -> Func:
        """How many of several words it has in its terms, its titles or its summaries."""
        front = [any_of([self._has_term(word), has("head", self._head(word))]) for word in self._significant]
        return self._count(how_many(front) if len(front) > 1 else relevance.NOTHING)

    @property
    def level(self) -> Func:
        """How far in front the words stand, together; half of it where a reader gets a text in another language."""
        readable = first_of((self._has_key([language_key(self._language)]), 1.0), otherwise=FOREIGN)
        return relevance.number(times(total(map(self._level, self._significant)), readable), **self._columns)

    def _level(self, word: Word) -> Sql:
        keys = self._search.keys(word)
        # What was found with all words and not by a term has each of them somewhere in its texts.
        deep = Sql(str(BODY)) if self._all and not keys else first_of((has("words", self._search.stems(word)), BODY))
        head = self._head(word)
        stands = first_of((has("head", weighing(head, "A")), TITLE), (has("head", head), SUMMARY), otherwise=deep)
        return total([stands, first_of((self._has_key(keys), TERM))]) if keys else stands

    def _count(self, number: Sql) -> Func:
        return relevance.count(number, **self._columns)

    def _head(self, word: Word) -> str:
        return either([self._search.stems(word), self._search.kin(word)])

    def _has_term(self, word: Word) -> Sql:
        return self._has_key(self._search.keys(word))

    def _has_key(self, keys: list[int]) -> Sql:
        return Sql("{keys} && %s::int[]", (relevance.array(keys),)) if keys else relevance.NEVER

    def order(self, found: QuerySet[Found]) -> QuerySet[Found]:
        """The whole order, so that no row stands on two pages."""
        ordered: QuerySet[Found] = found.annotate(  # type: ignore[assignment]  # the stubs name the annotated model anew
            matched=self.matched, fitting=self.fitting, level=self.level
        ).order_by(
            "-matched",
            "-fitting",
            "-level",
            F(f"{self._entry}published_at").desc(nulls_last=True),
            f"-{self._entry}practice_id",
        )
        return ordered
