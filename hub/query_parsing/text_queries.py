"""What texts in each language are asked for: a search written down in PostgreSQL's own way."""

import re
from collections.abc import Iterable, Sequence
from copy import copy
from dataclasses import replace
from functools import cached_property

from django.contrib.postgres.search import SearchQueryField
from django.db import connection
from django.db.models import BooleanField, Func, Value
from django.db.models.functions import Cast

from hub.query_parsing.lexicon import Names
from hub.query_parsing.words import Least, Word, Words
from hub.search import full_text

# Texts in a language without rules of its own are asked for words as they are.
LANGUAGES = (*full_text.CONFIGURATIONS, "")
# A stem as PostgreSQL writes it in a query.
_STEM = re.compile(r"'(?:[^'\\]|''|\\\\)*'")
_IN_ORDER = re.compile(r"<(?:-|\d+)>")

_QUERIES = """
SELECT form, language, hub_query(language, form)::text
FROM unnest(%s::text[], %s::text[]) AS asked(form, language)
"""


class Matches(Func):
    """Whether a vector has what a query asks for."""

    arg_joiner = " @@ "
    template = "(%(expressions)s)"
    output_field = BooleanField()


def as_query(written: str) -> Cast:
    """A query as it is written, for a statement."""
    return Cast(Value(written), SearchQueryField())


def either(queries: Iterable[str]) -> str:
    """A query content with any of these; empty ones are left out."""
    return " | ".join(f"({each})" for each in queries if each)


def both(queries: Iterable[str]) -> str:
    """A query that wants all of these."""
    return " & ".join(f"({each})" for each in queries if each)


def at_least_two(each: Sequence[str]) -> str:
    """A query for the first with any of the others, or two of the others."""
    if len(each) < 3:
        return both(each)
    first, *others = each
    return either([both([first, either(others)]), at_least_two(others)])


def weighing(query: str, weight: str) -> str:
    """The same query, content only with stems of this weight: `A` for those of titles."""
    return _STEM.sub(rf"\g<0>:{weight}", query)


def in_any_order(query: str) -> str:
    """The same query without its phrases: all their words, wherever they stand."""
    return _IN_ORDER.sub("&", query)


def behind(prefix: str, query: str) -> str:
    """The same query for stems that stand behind a prefix, as library entries have them."""
    return _STEM.sub(lambda stem: f"'{prefix}{stem.group()[1:]}", query)


class TextQueries:
    """Words as texts are asked for them, language by language; nothing is empty. One query, when first needed."""

    def __init__(self, words: Words, names: Names) -> None:
        self.words = words
        self.names = names

    def content_with(self, least: Least) -> "TextQueries":
        """The same words, content with fewer of them; what was looked up stays."""
        same = copy(self)
        same.words = replace(self.words, least=least)
        return same

    @cached_property
    def all_words(self) -> tuple[Word, ...]:
        """The words; the very words that somebody asked for count as one."""
        raw = self.words.raw
        return (Word(raw, (raw,), raw),) if raw else self.words.words

    @cached_property
    def _queries(self) -> dict[tuple[str, str], str]:
        asked = [(form, language) for word in self.all_words for form in word.forms for language in LANGUAGES]
        asked += [(_as_form(name), language) for word in self.all_words for language, name in word.kin]
        asked = [*dict.fromkeys(asked)]
        with connection.cursor() as cursor:
            cursor.execute(_QUERIES, [[form for form, _language in asked], [language for _form, language in asked]])
            return {(form, language): query for form, language, query in cursor.fetchall()}

    def word(self, word: Word, language: str) -> str:
        """The query for a text in this language with any form of the word."""
        return either(self._queries[form, language] for form in word.forms)

    def kin(self, word: Word, language: str) -> str:
        """The query for a text in this language with another name of the terms that the word calls."""
        return either(self._queries[_as_form(name), code] for code, name in word.kin if code == language)

    def says_nothing(self, word: Word, language: str) -> bool:
        """Whether it is too common in this language to be looked for."""
        return not self.word(word, language)

    def is_common(self, word: Word) -> bool:
        """Whether it says nothing in one of the languages: "pour" is no name of a theme, although labels have it."""
        return any(self.says_nothing(word, language) for language in full_text.CONFIGURATIONS)

    @cached_property
    def significant(self) -> tuple[Word, ...]:
        """The words that say something in every language, unless none of them does."""
        return tuple(word for word in self.all_words if not self.is_common(word)) or self.all_words

    def keys(self, word: Word) -> list[int]:
        """The terms that a word names."""
        if self.words.raw:
            return []
        if word.in_order:
            return [*word.called]
        plain = [word.plain, *word.forms[1:]] if word.plain in word.forms else word.forms
        named = (self.names.named(form) for form in plain) if not self.is_common(word) else ()
        return sorted({key for keys in (word.called, *named) for key in keys})

    def text(self, language: str) -> str:
        """The query for a text in this language that fits: with all words that say something in it, or with fewer.

        Words that name a term together may stand apart here: only the library knows which text is described by it.
        """
        least = self.words.least
        told = [self.loosely(word, language) for word in (self.all_words if least is Least.ALL else self.significant)]
        told = [query for query in told if query]
        return {Least.ALL: both, Least.SEVERAL: at_least_two, Least.ONE: either}[least](told)

    def loosely(self, word: Word, language: str) -> str:
        """The query for one word; of several that were typed with a space between them, in any order."""
        query = self.word(word, language)
        return in_any_order(query) if " " in word.typed and not self.words.raw else query


def _as_form(name: str) -> str:
    return f'"{name}"' if " " in name else name
