"""Finding practices by words: each text in its own language, and the terms' labels in all of them.

What is asked for is written as one query of PostgreSQL's text search, once for a page however often it is asked.
`practices.search.ranking` orders what is found.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import cached_property, partial, reduce
from operator import and_, or_
from typing import TypeVar

from django.contrib.postgres.search import SearchQuery, SearchQueryField
from django.db.models import Exists, F, Func, OuterRef, Q, QuerySet

from hub.query_parsing.text_queries import (
    LANGUAGES,
    Matches,
    TextQueries,
    as_query,
    at_least_two,
    behind,
    both,
    either,
    in_any_order,
)
from hub.query_parsing.words import Least, Word, Words
from hub.search import full_text
from practices.practice.models.texts import PracticeText
from practices.search.models import LibraryEntry

Need = TypeVar("Need")
Entries = QuerySet[LibraryEntry]

# A word that as many terms have names none of them.
_MOST_CALLED = 3
_NOT_IN_ORDER = re.compile(r'(?:^|(?<=\s))-"[^"]*"?')
# The stems of what is in no language that we have rules for; the database's `practices_prefix` says the same.
_OTHER = "xx"


class PricedQuery(Func):
    """A query for the words of entries, with the price that they have for the planner."""

    function = "practices_asked"
    output_field = SearchQueryField()


def query(words: Words, language: str) -> SearchQuery:
    """What a text in this language is asked for."""
    if words.raw:
        return full_text.query(words.raw, language)
    return reduce(and_, [_forms(word, language) for word in words.words])


def any_of(words: Words, language: str) -> SearchQuery:
    """The same, content with one of the words."""
    return query(words, language) if words.raw else reduce(or_, [_forms(word, language) for word in words.words])


def _forms(word: Word, language: str) -> SearchQuery:
    return reduce(or_, [full_text.query(form, language) for form in word.forms])


def _in_texts(asked: Callable[[str], SearchQuery]) -> Exists:
    """Whether some text of an entry's practice has what its language is asked for."""
    others = ~Q(language__in=[*full_text.CONFIGURATIONS])
    fits = [Q(Matches(F("search_vector"), asked(code)), Q(language=code) if code else others) for code in LANGUAGES]
    return Exists(PracticeText.objects.filter(reduce(or_, fits), practice_id=OuterRef("practice_id")))


class Search:
    """Words as the library is asked for them."""

    def __init__(self, queries: TextQueries) -> None:
        self.words = queries.words
        # Entries know no order of words, so what must not stand side by side would keep too much away.
        raw = _NOT_IN_ORDER.sub(" ", self.words.raw)
        self.queries = queries if raw == self.words.raw else TextQueries(replace(self.words, raw=raw), queries.names)

    @property
    def all_words(self) -> tuple[Word, ...]:
        """Its words; the very words that somebody asked for count as one."""
        return self.queries.all_words

    def stems(self, word: Word, languages: Iterable[str] = LANGUAGES) -> str:
        """The query for entries with a form of this word in a text of one of these languages."""
        return either(_of_entries(self.queries.word(word, language), language) for language in languages)

    def kin(self, word: Word) -> str:
        """The query for entries with another name of the terms that the word calls."""
        return either(_of_entries(self.queries.kin(word, language), language) for language in LANGUAGES)

    def keys(self, word: Word) -> list[int]:
        """The terms that a word names."""
        return self.queries.keys(word)

    @property
    def called(self) -> list[int]:
        """The terms that the search names as they are called, or as nothing else is; the first word's first."""
        keys = [word.called or named for word in self.words.words if (named := self.keys(word)) or word.called]
        return [*dict.fromkeys(key for each in keys if len(each) <= _MOST_CALLED for key in each)]

    def _in(self, words: Iterable[Word], languages: Iterable[str]) -> list[str]:
        queries = (either([self.stems(word, languages), one_of(self.keys(word))]) for word in words)
        return [each for each in queries if each]

    @cached_property
    def _words_tsquery(self) -> str:
        """All words in one language but for those that are too common in it, or all of them in whatever language.

        Or at least some of those that say something in every language.
        """
        if self.words.least is not Least.ALL:
            told = self._in(self.queries.significant, LANGUAGES)
            return at_least_two(told) if self.words.least is Least.SEVERAL else either(told)
        # Where each word says something in a language, that language alone finds nothing that all of them do not find.
        shorter = [
            code
            for code in full_text.CONFIGURATIONS
            if any(self.queries.says_nothing(word, code) for word in self.all_words)
        ]
        alone = [] if self.words.raw else [both(self._in(self.all_words, [code])) for code in shorter]
        return either([*alone, both(self._in(self.all_words, LANGUAGES))])

    def entries(self, keys: Sequence[Sequence[int]] = (), *, one_missing: bool = False) -> Entries:
        """Public practices with these words, and with one of the keys of each group.

        With `one_missing` those as well that have none of one group.

        Without words the keys are looked for where they lie with the rows that are counted; with words, in the index
        of the words, which then answers all of it.
        """
        if not self.words:
            having = [Q(keys__overlap=list(group)) for group in keys]
            return LibraryEntry.objects.filter(all_but_one(having, _q_and, _q_or) if one_missing else _q_and(having))
        named = [*map(one_of, keys)]
        narrowed = all_but_one(named, both, either) if one_missing else both(named)
        asked = both([self._words_tsquery, narrowed]) if self._words_tsquery else ""
        found = LibraryEntry.objects.filter(Matches(F("words"), PricedQuery(as_query(asked))))
        # Entries know no order of words: a phrase is looked for in the texts of those that have its words.
        if '"' in self.words.raw:
            return found.filter(_in_texts(lambda code: query(self.words, code)))
        phrases = [word for word in self.words.words if word.in_order and self.words.least is Least.ALL]
        for word in phrases:
            has_term = Q(keys__overlap=self.keys(word))
            found = found.filter(has_term | Q(_in_texts(partial(_forms, word))))
        return found


def _of_entries(query: str, language: str) -> str:
    return behind(f"{language or _OTHER}:", in_any_order(query))


def one_of(keys: Iterable[int]) -> str:
    """A query for entries that have one of these keys, which stand among their words."""
    return " | ".join(f"'#{key}'" for key in keys)


def _q_and(needs: Iterable[Q]) -> Q:
    return reduce(and_, needs, Q())


def _q_or(needs: Iterable[Q]) -> Q:
    return reduce(or_, needs)


def all_but_one(
    needs: Sequence[Need], both: Callable[[Iterable[Need]], Need], either: Callable[[Iterable[Need]], Need]
) -> Need:
    """All of these, or all but one; by halves, so that many do not make each stand there as often as there are."""
    if len(needs) < 2:
        return both([])
    half = len(needs) // 2
    first, second = needs[:half], needs[half:]
    return either(
        [both([all_but_one(first, both, either), *second]), both([*first, all_but_one(second, both, either)])]
    )
