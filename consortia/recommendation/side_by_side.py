"""What several reviewers think of one consortium, beside each other; what is missing is shown as missing.

Nothing is added up or averaged: a missing judgement would count as one, and a difference would be gone.
"""

from dataclasses import dataclass

from consortia.conflicts.computing import conflicts
from consortia.consortium.models import Consortium
from consortia.reviewers.models import Reviewer
from consortia.reviewing.models import Criterion, Judgement, Mark


@dataclass(frozen=True)
class Column:
    """One reviewer: the judgement that counts, or why there is none."""

    reviewer: Reviewer
    judgement: Judgement | None
    has_conflict: bool

    @property
    def is_missing(self) -> bool:
        """Expected, and not handed in."""
        return self.judgement is None and not self.has_conflict


@dataclass(frozen=True)
class Row:
    """One criterion across the reviewers: a mark where there is a judgement that counts."""

    criterion: Criterion
    cells: list[tuple[Column, Mark | None]]

    @property
    def differs(self) -> bool:
        return len({mark.value for _column, mark in self.cells if mark}) > 1


@dataclass(frozen=True)
class Table:
    """The judgements of one consortium."""

    columns: list[Column]
    rows: list[Row]

    @property
    def counted(self) -> int:
        return sum(column.judgement is not None for column in self.columns)

    @property
    def missing(self) -> list[Reviewer]:
        return [column.reviewer for column in self.columns if column.is_missing]


def table(consortium: Consortium) -> Table:
    """Of those who judge now, and of who handed in before the role was taken away; in a fixed number of queries."""
    judgements = Judgement.objects.handed_in().filter(consortium=consortium)
    of = {each.reviewer_id: each for each in judgements.prefetch_related("marks__criterion")}
    judging = set(Reviewer.objects.judging().filter(call=consortium.call_id).values_list("pk", flat=True))
    reviewers = list(Reviewer.objects.filter(pk__in=judging | set(of)).select_related("user"))
    found = conflicts(consortium.call, reviewers, [consortium])
    columns = []
    for each in reviewers:
        is_blocked = any(conflict.blocks for conflict in found.get((each.pk, consortium.pk), []))
        columns.append(Column(each, None if is_blocked else of.get(each.pk), is_blocked))
    by_column = [
        {mark.criterion_id: mark for mark in column.judgement.marks.all()} if column.judgement else {}
        for column in columns
    ]
    criteria = Criterion.objects.filter(call=consortium.call_id)
    rows = [
        Row(each, [(column, marks.get(each.pk)) for column, marks in zip(columns, by_column, strict=True)])
        for each in criteria
    ]
    return Table(columns, rows)
