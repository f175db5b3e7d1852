"""The library asked by hand: the statement that only finds the rows of a page, and one count for each option.

Both look in the same small rows and indexes as the portal does, so that what is compared is the way of asking.
"""

from collections.abc import Sequence
from itertools import chain
from typing import Any

from benchmarks.questions import PAGE_SIZE, Question

_LANGUAGES = ("nl", "fr", "de", "en")
_TERM_RANK = 0.3


class PlainSql:
    """Statements over one library."""

    def __init__(self, cursor: Any) -> None:
        from practices.facets import FACETS
        from practices.terms import Terms

        self._cursor = cursor
        self._terms = Terms.load()
        cursor.execute("SELECT DISTINCT key FROM practices_libraryentry, unnest(keys) AS key")
        present = {row[0] for row in cursor.fetchall()}
        self._options = {facet.name: sorted(facet.named(present, self._terms)) for facet in FACETS}

    def rows(self, question: Question) -> list[int]:
        """The keys of the practices on that page, in order; nothing else."""
        where, values = self._where(question)
        order, order_values = self._order(question)
        offset = (question.page - 1) * PAGE_SIZE
        self._cursor.execute(
            f"SELECT entry.practice_id FROM practices_libraryentry AS entry WHERE {where} "
            f"ORDER BY {order} LIMIT {PAGE_SIZE} OFFSET {offset}",
            [*values, *order_values],
        )
        return [row[0] for row in self._cursor.fetchall()]

    def counts(self, question: Question) -> int:
        """One count for each option beside the choices in the other facets; tells how many statements it took."""
        asked = 0
        for name, keys in self._options.items():
            where, values = self._where(question, but=name)
            for key in keys:
                statement = f"SELECT count(*) FROM practices_libraryentry AS entry WHERE {where} AND keys && %s::int[]"
                self._cursor.execute(statement, [*values, [key]])
                self._cursor.fetchall()
                asked += 1
        return asked

    def _where(self, question: Question, *, but: str = "") -> tuple[str, list[Any]]:
        conditions, values = ["true"], []
        for name, code in question.chosen.items():
            if name != but:
                conditions.append("keys && %s::int[]")
                values.append(self._terms.ids(name, [code]))
        if question.words:
            condition, own = self._found(question.words)
            conditions.append(condition)
            values += own
        return " AND ".join(conditions), values

    def _found(self, words: str) -> tuple[str, list[Any]]:
        """In the texts, or each word in a text or in a term that it names."""
        named = {word: self._terms.named(word) for word in words.split()}
        if not any(named.values()):
            query, only = _query([words])
            return f"words @@ {query}", [*only]
        conditions: list[str] = []
        values: list[Any] = []
        for word, keys in named.items():
            query, own = _query([word])
            conditions.append(f"(words @@ {query} OR keys && %s::int[])")
            values += [*own, keys]
        return " AND ".join(conditions), values

    def _order(self, question: Question) -> tuple[str, list[Any]]:
        newest = "published_at DESC NULLS LAST, practice_id DESC"
        if question.sort == "title":
            nearest = "CASE language WHEN %s THEN 0 WHEN 'en' THEN 1 ELSE 2 END, language"
            title = f"""(SELECT title FROM practices_practicetext AS text
                WHERE text.practice_id = entry.practice_id ORDER BY {nearest} LIMIT 1)"""
            return f"lower(unaccent({title})), practice_id", [question.language]
        if not question.words:
            return newest, []
        from practices.keys import language_key

        asked = question.words.split()
        query, values = _query(asked)
        keys = sorted(set(chain.from_iterable(self._terms.named(word) for word in asked)))
        rank = f"ts_rank(head, {query}) + CASE WHEN keys && %s::int[] THEN {_TERM_RANK} ELSE 0 END"
        own = [[language_key(question.language)], *values, keys]
        return f"keys @> %s::int[] DESC, {rank} DESC, {newest}", own


def _query(either: Sequence[str]) -> tuple[str, list[str]]:
    """One query for the stems of all languages: any of these, each with all its words."""
    parts = [
        f"practices_words('{language}', websearch_to_tsquery('nccsi_{language or 'simple'}', %s))"
        for language in (*_LANGUAGES, "")
        for _words in either
    ]
    return f"({' || '.join(parts)})", [words for _language in (*_LANGUAGES, "") for words in either]
