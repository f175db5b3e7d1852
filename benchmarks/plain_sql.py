"""The library without the portal: the statement that only finds the rows of a page, and one count for each option.

Both look in the same small rows and indexes, for the same words and keys, so that what is compared is the way of
asking. What a statement says is worked out beforehand and costs nothing here.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from benchmarks.questions import PAGE_SIZE, Question

Statement = tuple[str, tuple[Any, ...]]


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
        self._finding: dict[int, Statement] = {}
        self._beside: dict[int, dict[str, Statement]] = {}

    def prepare(self, wanted: Iterable[Question]) -> None:
        """Work out what will be asked for."""
        for question in wanted:
            if id(question) not in self._finding:
                self._finding[id(question)], self._beside[id(question)] = self._statements(question)

    def rows(self, question: Question) -> list[int]:
        """The keys of the practices on that page, in order; nothing else."""
        self._cursor.execute(*self._finding[id(question)])
        return [row[0] for row in self._cursor.fetchall()]

    def counts(self, question: Question) -> int:
        """One count for each option beside the choices in the other facets; tells how many statements it took."""
        asked = 0
        for name, keys in self._options.items():
            found, values = self._beside[id(question)][name]
            for key in keys:
                self._cursor.execute(
                    f"SELECT count(*) FROM ({found}) AS found WHERE keys && %s::int[]", [*values, [key]]
                )
                self._cursor.fetchall()
                asked += 1
        return asked

    def _statements(self, question: Question) -> tuple[Statement, dict[str, Statement]]:
        """The one that finds the page, and for each facet the one that finds what fits beside its choice."""
        from django.utils.translation import override

        asked = self._asked(question.pairs)
        first = (question.page - 1) * PAGE_SIZE
        with override(question.language):
            page = asked.in_order(asked.found().only("practice_id"))[first : first + PAGE_SIZE]
            finding = page.query.sql_with_params()
        beside = {}
        for name in self._options:
            others = {other: code for other, code in question.pairs.items() if other != name}
            beside[name] = self._asked(others).found().values("keys").query.sql_with_params()
        return finding, beside

    def _asked(self, pairs: Mapping[str, str]) -> Any:
        from django.http import QueryDict

        from practices.filters import PracticeFilterSet
        from practices.models import Practice

        address = QueryDict(mutable=True)
        address.update(pairs)
        return PracticeFilterSet(address, queryset=Practice.objects.public(), terms=self._terms)
