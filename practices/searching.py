"""Finding practices by words: each text in its own language, and the terms' labels in all of them.

What is asked for is written as one query of PostgreSQL's text search, once for a page however often it is asked.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property, partial, reduce
from operator import add, and_, or_
from typing import TypeVar

from django.contrib.postgres.search import SearchQuery, SearchQueryField
from django.db import connection
from django.db.models import (
    BooleanField,
    Case,
    Exists,
    F,
    FloatField,
    Func,
    IntegerField,
    Model,
    OuterRef,
    Q,
    QuerySet,
    Value,
    When,
)
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast

from hub.search import full_text
from practices.keys import language_key
from practices.models.entries import LibraryEntry
from practices.models.words import PracticeText
from practices.terms import Terms
from practices.wording import Word, Words

Found = TypeVar("Found", bound=Model)
Need = TypeVar("Need")
Entries = QuerySet[LibraryEntry]

# What a term adds: more than a word deep in a text, less than one in the title.
_TERM_RANK = 0.3
# A word that as many terms have names none of them.
_MOST_CALLED = 3
_NOT_IN_ORDER = re.compile(r'(?:^|(?<=\s))-"[^"]*"?')
# Words in a language without rules of its own are searched as they are.
_LANGUAGES = (*full_text.CONFIGURATIONS, "")


class Matches(Func):
    """Whether a vector has what a query asks for."""

    arg_joiner = " @@ "
    template = "(%(expressions)s)"
    output_field = BooleanField()


class Asked(Func):
    """A query for the words of entries, with the price that they have for the planner."""

    function = "practices_asked"
    output_field = SearchQueryField()


def query(words: Words, language: str) -> SearchQuery:
    """What a text in this language is asked for."""
    if words.very:
        return full_text.query(words.very, language)
    return reduce(and_, [_forms(word, language) for word in words.words])


def any_of(words: Words, language: str) -> SearchQuery:
    """The same, content with one of the words."""
    return query(words, language) if words.very else reduce(or_, [_forms(word, language) for word in words.words])


def _forms(word: Word, language: str) -> SearchQuery:
    return reduce(or_, [full_text.query(form, language) for form in word.forms])


def _in_texts(asked: Callable[[str], SearchQuery]) -> Exists:
    """Whether some text of an entry's practice has what its language is asked for."""
    others = ~Q(language__in=[*full_text.CONFIGURATIONS])
    fits = [Q(Matches(F("search_vector"), asked(code)), Q(language=code) if code else others) for code in _LANGUAGES]
    return Exists(PracticeText.objects.filter(reduce(or_, fits), practice_id=OuterRef("practice_id")))


_STEMS = """
SELECT form, language, practices_words(language, hub_query(language, form))::text
FROM unnest(%s::text[]) AS form, unnest(%s::text[]) AS language
"""


class Search:
    """Words as the library is asked for them."""

    def __init__(self, words: Words, terms: Terms) -> None:
        self.words = words
        self._terms = terms

    @property
    def _very(self) -> str:
        """The very words without what must not stand side by side: entries, which know no order, would refuse more."""
        return _NOT_IN_ORDER.sub(" ", self.words.very)

    @cached_property
    def _stems(self) -> dict[tuple[str, str], str]:
        """What each form of a word is in each language; nothing where it is too common there."""
        forms = [form for word in self.words.words for form in word.forms] or [self._very]
        with connection.cursor() as cursor:
            cursor.execute(_STEMS, [forms, [*_LANGUAGES]])
            return {(form, language): stems for form, language, stems in cursor.fetchall()}

    def _forms(self, word: Word, languages: Iterable[str] = _LANGUAGES) -> str:
        return _either(self._stems[form, language] for language in languages for form in word.forms)

    def _says_nothing(self, word: Word, language: str) -> bool:
        return not self._forms(word, [language])

    def _is_common(self, word: Word) -> bool:
        """Whether it says nothing in one of the languages: "pour" is no name of a theme, although labels have it."""
        return any(self._says_nothing(word, language) for language in full_text.CONFIGURATIONS)

    def _keys(self, word: Word) -> list[int]:
        """The terms that a word names."""
        if word.in_order:
            return [*word.called]
        plain = [word.plain, *word.forms[1:]] if word.plain in word.forms else word.forms
        named = (self._terms.named(form) for form in plain) if not self._is_common(word) else ()
        return sorted({key for keys in (word.called, *named) for key in keys})

    @property
    def called(self) -> list[int]:
        """The terms that the search names as they are called, or as nothing else is; the first word's first."""
        keys = [word.called or named for word in self.words.words if (named := self._keys(word)) or word.called]
        return [*dict.fromkeys(key for each in keys if len(each) <= _MOST_CALLED for key in each)]

    @cached_property
    def _each(self) -> list[str]:
        """One query a word: it stands in a text, whatever its language, or in a term."""
        return self._in([*self.words.words], _LANGUAGES)

    def _in(self, words: Iterable[Word], languages: Iterable[str]) -> list[str]:
        queries = (_either([self._forms(word, languages), _one_of(self._keys(word))]) for word in words)
        return [each for each in queries if each]

    @cached_property
    def _any(self) -> str:
        """In the texts, content with one of the words."""
        if self.words.very:
            return _either(self._stems[self._very, language] for language in _LANGUAGES)
        return _either(self._forms(word) for word in self.words.words)

    @cached_property
    def _telling(self) -> list[str]:
        """One query for each word that says something, unless none of them does."""
        words = [word for word in self.words.words if not self._is_common(word)]
        return self._in(words or self.words.words, _LANGUAGES)

    @cached_property
    def _asked(self) -> str:
        """All words in one language but for those that are too common in it, or all of them in whatever language.

        Where some are enough: two, unless there are no more than two.
        """
        if self.words.very:
            return self._any
        if self.words.some:
            return _at_least_two(self._telling) if len(self._telling) > 2 else _either(self._telling)
        words = self.words.words
        # Where each word says something in a language, that language alone finds nothing that all of them do not find.
        shorter = [code for code in full_text.CONFIGURATIONS if any(self._says_nothing(word, code) for word in words)]
        return _either([*(_both(self._in(words, [code])) for code in shorter), _both(self._each)])

    def entries(self, keys: Sequence[Sequence[int]] = (), *, one_missing: bool = False) -> Entries:
        """Public practices with these words, and with one of the keys of each group.

        With `one_missing` those as well that have none of one group.

        Without words the keys are looked for where they lie with the rows that are counted; with words, in the index
        of the words, which then answers all of it.
        """
        if not self.words:
            having = [Q(keys__overlap=list(group)) for group in keys]
            return LibraryEntry.objects.filter(all_but_one(having, _q_and, _q_or) if one_missing else _q_and(having))
        named = [*map(_one_of, keys)]
        narrowed = all_but_one(named, _both, _either) if one_missing else _both(named)
        asked = _both([self._asked, narrowed]) if self._asked else ""
        found = LibraryEntry.objects.filter(Matches(F("words"), Asked(_as_query(asked))))
        # Entries know no order of words: a phrase is looked for in the texts of those that have its words.
        if '"' in self.words.very:
            return found.filter(_in_texts(lambda code: query(self.words, code)))
        phrases = [word for word in self.words.words if word.in_order and not self.words.some]
        for word in phrases:
            has_term = Q(keys__overlap=self._keys(word))
            found = found.filter(has_term | Q(_in_texts(partial(_forms, word))))
        return found

    def rank(self, found: QuerySet[Found], language: str, *, entry: str) -> QuerySet[Found]:
        """Best match first: practices that can be read in the reader's language, then the others.

        `entry` leads from the rows to their library entries: "" or "entry__".
        """
        readable = Q(**{f"{entry}keys__contains": [language_key(language)]})
        ordered: QuerySet[Found] = found.annotate(  # type: ignore[assignment]  # the stubs name the annotated model anew
            foreign=Case(When(readable, then=0), default=1, output_field=IntegerField()),
            matched=self._how_many(entry) if self.words.some else Value(0),
            fitting=self._how_many_at_once(entry),
            rank=reduce(add, self._by_terms(entry), self._by_words(entry)),
        ).order_by(
            "foreign",
            "-matched",
            "-fitting",
            "-rank",
            F(f"{entry}published_at").desc(nulls_last=True),
            f"-{entry}practice_id",
        )
        return ordered

    def _how_many(self, entry: str) -> Combinable:
        has = [Matches(F(f"{entry}words"), _as_query(each)) for each in self._telling]
        return reduce(add, [Case(When(each, then=1), default=0) for each in has], Value(0))

    def _how_many_at_once(self, entry: str) -> Combinable:
        """How many of several words a practice has in its terms, its titles or its summaries."""
        if len(self.words.words) < 2:
            return Value(0)
        has = [
            Q(**{f"{entry}keys__overlap": self._keys(word)})
            | Q(Matches(F(f"{entry}head"), _as_query(self._forms(word))))
            for word in self.words.words
            if self._forms(word)
        ]
        return reduce(add, [Case(When(each, then=1), default=0) for each in has], Value(0))

    def _by_terms(self, entry: str) -> list[Case]:
        named = [keys for word in self.words.words if (keys := self._keys(word))]
        has = [Q(**{f"{entry}keys__overlap": keys}) for keys in named]
        return [Case(When(each, then=_TERM_RANK), default=0.0, output_field=FloatField()) for each in has]

    def _by_words(self, entry: str) -> Case:
        head, asked = F(f"{entry}head"), _as_query(self._any)
        ranked = Func(head, asked, function="ts_rank")
        return Case(When(Matches(head, asked), then=ranked), default=0.0, output_field=FloatField())


def _as_query(written: str) -> Cast:
    return Cast(Value(written), SearchQueryField())


def _one_of(keys: Iterable[int]) -> str:
    """Entries that have one of these keys, which stand among their words."""
    return " | ".join(f"'#{key}'" for key in keys)


def _either(queries: Iterable[str]) -> str:
    return " | ".join(f"({each})" for each in queries if each)


def _both(queries: Iterable[str]) -> str:
    return " & ".join(f"({each})" for each in queries if each)


def _at_least_two(each: Sequence[str]) -> str:
    """The first with any of the others, or two of the others."""
    if len(each) < 3:
        return _both(each)
    first, *others = each
    return _either([_both([first, _either(others)]), _at_least_two(others)])


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
