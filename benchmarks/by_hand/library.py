"""The library asked by hand: the statement that only finds the rows of a page, and one count for each option.

Both look in the same small rows and indexes as the portal does, so that what is compared is the way of asking. The
statements are written here, without the portal's filters; what they say is worked out beforehand and costs nothing.
"""

import re
from collections.abc import Iterable
from typing import Any

from benchmarks.practices.questions import PAGE_SIZE, Question

_LANGUAGES = ("nl", "fr", "de", "en")
_TITLE, _SUMMARY, _TERM, _BODY, _FOREIGN = 1.0, 0.6, 0.3, 0.1, 0.5
_STEMS = """
SELECT practices_words(code, hub_query(code, %s))::text
FROM unnest(%s::text[]) AS code
"""


class PlainSql:
    """Statements over one library."""

    def __init__(self, cursor: Any) -> None:
        from practices.library.facets import FACETS
        from practices.practice.terms import Terms

        self._cursor = cursor
        self._terms = Terms.load()
        cursor.execute("SELECT DISTINCT key FROM practices_libraryentry, unnest(keys) AS key")
        present = {row[0] for row in cursor.fetchall()}
        self._options = {facet.name: sorted(facet.named(present, self._terms)) for facet in FACETS}
        self._stems: dict[str, dict[str, str]] = {}

    def prepare(self, wanted: Iterable[Question]) -> None:
        """Look up the stems of all words that will be asked for."""
        languages = [*_LANGUAGES, ""]
        for word in {word for question in wanted for word in question.words.split()} - {*self._stems}:
            self._cursor.execute(_STEMS, [word, languages])
            self._stems[word] = dict(zip(languages, (row[0] for row in self._cursor.fetchall()), strict=True))

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
        chosen = [self._terms.ids(name, [code]) for name, code in question.chosen.items() if name != but]
        if question.words:
            asked = " & ".join([f"({self._asked(question.words)})", *(f"({_keys(keys)})" for keys in chosen)])
            return "words @@ practices_asked(%s::tsquery)", [asked]
        return " AND ".join(["true", *("keys && %s::int[]" for _keys in chosen)]), chosen

    def _asked(self, words: str) -> str:
        """All words, in a text of whatever language or in a term; or all that one language does not take for common."""
        each = {word: [stem for stem in self._stems[word].values() if stem] for word in words.split()}
        whole = " & ".join(f"({' | '.join([*stems, *self._named(word)])})" for word, stems in each.items())
        ways = [f"({whole})"]
        for language in _LANGUAGES:
            said = {word: self._stems[word][language] for word in each if self._stems[word][language]}
            if 0 < len(said) < len(each):
                ways.append(" & ".join(f"({' | '.join([stem, *self._named(word)])})" for word, stem in said.items()))
        return " | ".join(ways)

    def _named(self, word: str) -> list[str]:
        """The terms that a word names, unless it is common somewhere: "with" is no name of one."""
        return [] if self._is_common(word) else [f"'#{key}'" for key in self._terms.named(word)]

    def _order(self, question: Question) -> tuple[str, list[Any]]:
        newest = "published_at DESC NULLS LAST, practice_id DESC"
        if question.sort == "title":
            nearest = "CASE language WHEN %s THEN 0 WHEN 'en' THEN 1 ELSE 2 END, language"
            title = f"""(SELECT title FROM practices_practicetext AS text
                WHERE text.practice_id = entry.practice_id ORDER BY {nearest} LIMIT 1)"""
            return f"lower(unaccent({title})), practice_id", [question.language]
        if not question.words:
            return newest, []
        from practices.search.keys import language_key

        told = [word for word in question.words.split() if not self._is_common(word)] or question.words.split()
        fits, levels = [], []
        values: dict[str, list[Any]] = {"fits": [], "levels": []}
        for word in told:
            keys = [int(key.strip("'#")) for key in self._named(word)]
            own = " | ".join(stem for stem in self._stems[word].values() if stem)
            head = " | ".join(filter(None, [own, *self._kin(word)]))
            title = re.sub(r"'(?:[^']|\'\')*'", r"\g<0>:A", head)
            fits.append("CASE WHEN head @@ %s::tsquery OR keys && %s::int[] THEN 1 ELSE 0 END")
            values["fits"] += [head, keys]
            deep = f"CASE WHEN words @@ %s::tsquery THEN {_BODY} ELSE 0 END" if keys else str(_BODY)
            levels.append(
                f"CASE WHEN head @@ %s::tsquery THEN {_TITLE} WHEN head @@ %s::tsquery THEN {_SUMMARY} ELSE {deep} END"
                f" + CASE WHEN keys && %s::int[] THEN {_TERM} ELSE 0 END"
            )
            values["levels"] += [title, head, *([own] if keys else []), keys]
        fitting = f"{' + '.join(fits)} DESC, " if len(told) > 1 else ""
        level = f"({' + '.join(levels)}) * CASE WHEN keys @> %s::int[] THEN 1.0 ELSE {_FOREIGN} END DESC"
        before = values["fits"] if len(told) > 1 else []
        return f"{fitting}{level}, {newest}", [*before, *values["levels"], [language_key(question.language)]]

    def _is_common(self, word: str) -> bool:
        return any(not self._stems[word][language] for language in _LANGUAGES)

    def _kin(self, word: str) -> list[str]:
        """The stems of the other names of what the word is a name of."""
        names = self._terms.names_of(self._terms.called([word]))
        if not names:
            return []
        self._cursor.execute(
            "SELECT practices_words(code, hub_query(code, name))::text "
            "FROM unnest(%s::text[], %s::text[]) AS called(code, name)",
            [[code for code, _name in names], [f'"{name}"' if " " in name else name for _code, name in names]],
        )
        return [f"({row[0]})" for row in self._cursor.fetchall() if row[0]]


def _keys(keys: Iterable[int]) -> str:
    return " | ".join(f"'#{key}'" for key in keys)
