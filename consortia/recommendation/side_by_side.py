"""What several reviewers think of one consortium, beside each other; what is missing is shown as missing.

Nothing is added up or averaged: a missing judgement would count as one, and a difference would be gone.
"""

from dataclasses import dataclass

from django.db.models import prefetch_related_objects

from consortia.consortium.models import Consortium
from consortia.reviewers.models import Reviewer
from consortia.reviewing.counting import counting
from consortia.reviewing.models import Criterion, Judgement, Mark


@dataclass(frozen=True)
class Column:
    """One reviewer: the judgement that counts, or why there is none."""

    reviewer: Reviewer
    judgement: Judgement | None
    has_conflict: bool

    @property
    def is_gone(self) -> bool:
        """The account was erased: which conflicts there are cannot be known, so what was judged does not count."""
        return self.reviewer.user_id is None

    @property
    def is_missing(self) -> bool:
        """Expected, and not handed in."""
        return self.judgement is None and not self.has_conflict and not self.is_gone


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
    counted = counting(consortium.call, [consortium])
    prefetch_related_objects(list(counted.judgements.values()), "marks__criterion")
    pairs = [(each, (each.pk, consortium.pk)) for each in counted.reviewers]
    columns = [Column(each, counted.judgements.get(pair), pair in counted.blocked) for each, pair in pairs]
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
