"""Best match first: how much of a search a practice has, and how far in front it stands."""

from typing import TypeVar

from django.db.models import F, Model, Q, QuerySet, Value
from django.db.models.expressions import Combinable

from hub.wording.asking import Matches, as_query, either, weighing
from hub.wording.levels import BODY, FOREIGN, SUMMARY, TERM, TITLE, first_of, how_many, total
from hub.wording.words import Least, Word
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

    @property
    def _telling(self) -> tuple[Word, ...]:
        return self._search.asking.telling

    @property
    def matched(self) -> Combinable:
        """How many of the words a practice has, where not all are wanted; nothing where it has them all."""
        if self._all:
            return Value(0)
        each = (either([self._search.stems(word), one_of(self._search.keys(word))]) for word in self._telling)
        return how_many(self._stands(asked) for asked in each)

    @property
    def fitting(self) -> Combinable:
        """How many of several words it has in its terms, its titles or its summaries."""
        has = [self._has_term(word) | self._in_head(word) for word in self._telling]
        return how_many(has) if len(has) > 1 else Value(0)

    @property
    def level(self) -> Combinable:
        """How far in front the words stand, together; half of it where a reader gets a text in another language."""
        readable = Q(**{f"{self._entry}keys__contains": [language_key(self._language)]})
        levels = total(map(self._level, self._telling))
        return levels * first_of((readable, 1.0), otherwise=FOREIGN)

    def _level(self, word: Word) -> Combinable:
        keys = self._search.keys(word)
        # What was found with all words and not by a term has each of them somewhere in its texts.
        deep = BODY if self._all and not keys else first_of((self._stands(self._search.stems(word)), BODY))
        in_title = self._in_head(word, weight="A")
        levels = first_of((in_title, TITLE), (self._in_head(word), SUMMARY), otherwise=deep)
        return levels + first_of((self._has_term(word), TERM)) if keys else levels

    @property
    def _all(self) -> bool:
        return self._search.words.least is Least.ALL

    def _stands(self, asked: str) -> Q:
        return Q(Matches(F(f"{self._entry}words"), as_query(asked)))

    def _in_head(self, word: Word, weight: str = "") -> Q:
        asked = either([self._search.stems(word), self._search.kin(word)])
        return Q(Matches(F(f"{self._entry}head"), as_query(weighing(asked, weight) if weight else asked)))

    def _has_term(self, word: Word) -> Q:
        return Q(**{f"{self._entry}keys__overlap": self._search.keys(word)})

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
