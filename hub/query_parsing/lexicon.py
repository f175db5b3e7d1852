"""Where the words that a search knows stand."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from django.db import connection


class Names(Protocol):
    """By what terms are called: their labels and synonyms, in plain words of all languages."""

    @property
    def words(self) -> Sequence[str]:
        """Every word of them."""

    @property
    def longest_name(self) -> int:
        """How many words the longest has."""

    def called(self, words: Iterable[str]) -> list[int]:
        """The keys of the terms whose label or synonym is exactly this."""

    def named(self, plain: str) -> list[int]:
        """The keys of the terms with a word that starts so."""

    def names_of(self, keys: Iterable[int]) -> list[tuple[str, str]]:
        """Language and plain words of every name of these terms."""


class NoNames:
    """Where no terms are searched."""

    words: tuple[str, ...] = ()
    longest_name = 0

    def called(self, words: Iterable[str]) -> list[int]:
        return []

    def named(self, plain: str) -> list[int]:
        return []

    def names_of(self, keys: Iterable[int]) -> list[tuple[str, str]]:
        return []


@dataclass(frozen=True)
class Lexicon:
    """What the reader of a search can find words in; two of them add up to one.

    `tables` hold words by themselves, `plain` as they are compared and `word` as they are written. `stands` are
    conditions of SQL on `typed`, a plain word: whether some text has it in any form. Both are code, never input.
    """

    tables: tuple[str, ...] = ()
    stands: tuple[str, ...] = ()

    def __add__(self, other: "Lexicon") -> "Lexicon":
        return Lexicon(self.tables + other.tables, self.stands + other.stands)

    def select(self, what: str, rest: str) -> str:
        """`what` of the words of each table, `rest` being conditions, order and bound; one query after the other."""
        each = (f"(SELECT {what} FROM {table} {rest})" for table in self.tables)  # noqa: S608  # constants only
        return " UNION ALL ".join(each) or "SELECT NULL WHERE false"

    def known(self, plain: Iterable[str]) -> set[str]:
        """Those words that stand in a title or a summary; the texts are not asked. One query."""
        words = sorted(set(plain))
        if not words or not self.tables:
            return set()
        with connection.cursor() as cursor:
            cursor.execute(self.select("plain", "WHERE plain = ANY(%(words)s)"), {"words": words})
            return {row[0] for row in cursor.fetchall()}
