"""Figures and the records behind them, from one query."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Aggregate, Case, CharField, Count, Exists, F, FloatField, OuterRef, Q, When
from django.db.models import Value as Text
from django.db.models.functions import Coalesce

from hub.measures.registry import Breakdown, Kind, Measure, Rows
from hub.measures.spans import Span

# The key of records of which nobody knows it.
UNKNOWN = ""
_TENTH = Decimal("0.1")
_KEY = "measured_key"
_NO_GROUPS = f"SELECT NULL AS {_KEY}, 0 AS number, NULL::float AS middle WHERE false"


class Median(Aggregate):
    """What half of the numbers lie below; between two it is their middle."""

    name = "Median"
    template = "percentile_cont(0.5) WITHIN GROUP (ORDER BY %(expressions)s)"
    output_field = FloatField()
    allow_distinct = False


@dataclass(frozen=True)
class Value:
    """How many records; of how many, where the figure is a share; or the median of what they say."""

    number: int
    whole: int | None = None
    middle: Decimal | None = None

    @property
    def percent(self) -> Decimal | None:
        """A share in per cent, from both numbers and never from other percentages; of nothing there is none."""
        if not self.whole:
            return None
        return (Decimal(100 * self.number) / self.whole).quantize(_TENTH, ROUND_HALF_UP)


def records(measure: Measure, span: Span, breakdown: str = "", key: str = UNKNOWN) -> Rows:
    """The records that count: all, or those with this key. Raises KeyError for a breakdown that it does not have."""
    rows = measure.records(_asked(measure, span))
    return _with_key(rows, measure.breakdown(breakdown), key) if breakdown else rows


def value(measure: Measure, span: Span, breakdown: str = "", key: str = UNKNOWN) -> Value:
    """The figure of these records."""
    rows = records(measure, span, breakdown, key).order_by()
    if measure.middle:
        found = rows.aggregate(number=Count("pk"), middle=Median(measure.middle))
        return Value(found["number"], middle=_rounded(found["middle"]))
    if measure.whole:
        whole = measure.whole(_asked(measure, span))
        parts = _with_key(whole, measure.breakdown(breakdown), key) if breakdown else whole
        return Value(rows.count(), parts.count())
    return Value(rows.count())


def values(measures: Iterable[Measure], span: Span) -> dict[str, Value]:
    """The figures of many measures by their codes, in one statement however many they are."""
    selects: list[str] = []
    params: list[Any] = []
    for measure in measures:
        select, given = _select(measure, _asked(measure, span))
        selects.append(select)
        params += given
    if not selects:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(selects), params)
        return {code: Value(number, whole, _rounded(middle)) for code, number, whole, middle in cursor.fetchall()}


def _select(measure: Measure, span: Span) -> tuple[str, list[Any]]:
    """One line of it: the code, how many, of how many, and the median."""
    whole, middle = "NULL::bigint", "NULL::float"
    params: list[Any] = [measure.code]
    if measure.middle:
        middle = f"percentile_cont(0.5) WITHIN GROUP (ORDER BY counted.{connection.ops.quote_name(measure.middle)})"
    if measure.whole:
        statement, given = _compiled(measure.whole(span).values("pk"))
        whole = f"(SELECT count(*) FROM ({statement}) wholes)"  # noqa: S608 - compiled by Django, values apart
        params += given
    statement, given = _compiled(measure.records(span).values("pk", *filter(None, [measure.middle])))
    select = f"SELECT %s, count(*), {whole}, {middle} FROM ({statement}) counted"  # noqa: S608 - the same
    return select, [*params, *given]


def _compiled(rows: Rows, empty: str = "SELECT NULL WHERE false") -> tuple[str, list[Any]]:
    try:
        statement, params = rows.order_by().query.get_compiler(connection=connection).as_sql()
    except EmptyResultSet:
        return empty, []  # a condition that nothing can meet
    return statement, list(params)


def parts(measure: Measure, span: Span, breakdown: Breakdown) -> dict[str, Value]:
    """The figure of each key, in the order of its names; what nobody knows comes last, and zeros are left out."""
    asked = _asked(measure, span)
    numbers = _grouped(measure.records(asked), breakdown, middle=measure.middle)
    wholes = _grouped(measure.whole(asked), breakdown) if measure.whole else {}
    return _in_order(measure, breakdown, numbers, wholes)


def all_parts(measure: Measure, span: Span) -> dict[str, dict[str, Value]]:
    """The same for each of its breakdowns by their codes, in one statement however many there are."""
    asked = _asked(measure, span)
    selects: list[str] = []
    params: list[Any] = []
    for breakdown in measure.breakdowns:
        sources = [(_groups(measure.records(asked), breakdown, measure.middle), False)]
        if measure.whole:
            sources.append((_groups(measure.whole(asked), breakdown), True))
        for rows, is_whole in sources:
            middle = "middle" if measure.middle and not is_whole else "NULL::float"
            statement, given = _compiled(rows, empty=_NO_GROUPS)
            selects.append(f"SELECT %s, %s, {_KEY}, number, {middle} FROM ({statement}) grouped")  # noqa: S608 - the same
            params += [breakdown.code, is_whole, *given]
    if not selects:
        return {}
    found: dict[tuple[str, bool], dict[str, tuple[int, float | None]]] = defaultdict(dict)
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(selects), params)
        for code, is_whole, key, number, middle in cursor.fetchall():
            found[code, is_whole][key] = (number, middle)
    return {
        each.code: _in_order(measure, each, found[each.code, False], found[each.code, True])
        for each in measure.breakdowns
    }


def _in_order(
    measure: Measure,
    breakdown: Breakdown,
    numbers: Mapping[str, tuple[int, float | None]],
    wholes: Mapping[str, tuple[int, float | None]],
) -> dict[str, Value]:
    order = {key: place for place, key in enumerate(breakdown.names())}
    found = {
        key: Value(
            numbers.get(key, (0, None))[0],
            wholes.get(key, (0, None))[0] if measure.whole else None,
            _rounded(numbers.get(key, (0, None))[1]),
        )
        for key in numbers.keys() | wholes.keys()
    }
    last = len(order)
    return dict(sorted(found.items(), key=lambda each: (order.get(each[0], last), each[0] == UNKNOWN, each[0])))


def _asked(measure: Measure, span: Span) -> Span:
    """What stands on a day stands there whenever it began."""
    return Span(span.until) if measure.kind is Kind.STANDING else span


def _grouped(rows: Rows, breakdown: Breakdown, middle: str = "") -> Mapping[str, tuple[int, float | None]]:
    return {row[_KEY]: (row["number"], row.get("middle")) for row in _groups(rows, breakdown, middle)}


def _groups(rows: Rows, breakdown: Breakdown, middle: str = "") -> Rows:
    counted = {"number": Count("pk", distinct=breakdown.several)} | ({"middle": Median(middle)} if middle else {})
    return _keyed(rows, breakdown).order_by().values(_KEY).annotate(**counted)


def _with_key(rows: Rows, breakdown: Breakdown, key: str) -> Rows:
    """Those with this key; of what has several, those that have it among theirs."""
    found = _keyed(rows, breakdown).filter(**{_KEY: key})
    return rows.filter(pk__in=found.order_by().values("pk")) if breakdown.several else found


def _keyed(rows: Rows, breakdown: Breakdown) -> Rows:
    """The same rows with their key; where there can be several, without joins of their own, which would narrow them."""
    if breakdown.several:
        rows = rows.model._base_manager.filter(pk__in=rows.order_by().values("pk"))
    if breakdown.vocabulary:
        return _keyed_within(rows, breakdown)
    key = Coalesce(F(breakdown.path), Text(UNKNOWN), output_field=CharField())
    return rows.annotate(**{_KEY: key})


def _keyed_within(rows: Rows, breakdown: Breakdown) -> Rows:
    """By terms of one vocabulary alone; what has terms of others, and none of it, is among the unknown."""
    within = {f"{breakdown.path.rpartition('__')[0]}__vocabulary": breakdown.vocabulary}
    key = Case(When(then=F(breakdown.path), **within), default=Text(UNKNOWN), output_field=CharField())
    has_one = Exists(rows.model._base_manager.filter(pk=OuterRef("pk"), **within))
    return rows.annotate(**{_KEY: key}).filter(~Q(**{_KEY: UNKNOWN}) | ~has_one)


def _rounded(number: float | None) -> Decimal | None:
    return None if number is None else Decimal(number).quantize(_TENTH, ROUND_HALF_UP)
