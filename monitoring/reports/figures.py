"""What a report says of a figure: at the start of its period and at its end, read from what was kept by a moment."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext

from hub.measures.counting import Value
from hub.measures.registry import Breakdown, Kind, Measure
from hub.measures.small_numbers import FEWEST, hidden, is_hidden
from monitoring.indicators.models import Indicator, Target
from monitoring.snapshots.models import Snapshot, SnapshotQuerySet

# The key of the figure itself among its parts; no part has it, since those of nobody knows what have "".
WHOLE = "*"
Told = dict[str, Any]


@dataclass(frozen=True)
class Period:
    """From a day to another, as it was known at a moment."""

    since: date
    until: date
    known_at: datetime


@dataclass(frozen=True)
class _Side:
    """The rows of one day, by the key of their part."""

    day: date | None
    rows: dict[str, Snapshot]


def figures(asked: Iterable[tuple[Indicator, str]], period: Period) -> list[Told]:
    """Everything that a report says of these indicators, whole or by a breakdown, as values for canonical JSON.

    In as many queries for fifty as for one, but for the names of parts.
    """
    wanted = list(asked)
    by_code = [(indicator, _breakdown(indicator, code)) for indicator, code in wanted]
    starts = _sides(by_code, period.since - timedelta(days=1), period.known_at)
    ends = _sides(by_code, period.until, period.known_at)
    aims = _aims([indicator for indicator, _by in by_code], period.until)
    return [
        _figure(indicator, by, start, end, aims.get(indicator.pk))
        for (indicator, by), start, end in zip(by_code, starts, ends, strict=True)
    ]


def _figure(indicator: Indicator, by: Breakdown | None, start: _Side, end: _Side, aim: Target | None) -> Told:
    measure = indicator.measure
    told: Told = {
        "indicator": indicator.code,
        "name": str(indicator),
        "definition": indicator.said_definition,
        "unit": indicator.said_unit,
        "counted": indicator.is_counted,
        "happened": bool(measure and measure.kind is Kind.HAPPENED),
        "breakdown": by.code if by else "",
        "breakdown_name": str(by.label) if by else "",
        "several": bool(by and by.several),
        "rows": _rows(indicator, by, start, end),
    }
    if indicator.baseline is not None and indicator.baseline_on:
        told["baseline"] = {"figure": plain(indicator.baseline), "day": indicator.baseline_on.isoformat()}
    if aim:
        told["target"] = {"figure": plain(aim.figure), "day": aim.by.isoformat()}
    return told


def plain(number: Decimal) -> str:
    """A number as it stands in the content: no exponent, no zeros behind the point."""
    written = f"{number:f}"
    return written.rstrip("0").rstrip(".") if "." in written else written


def _breakdown(indicator: Indicator, code: str) -> Breakdown | None:
    """None also where it is not kept by that any more."""
    return next((each for each in indicator.breakdowns if each.code == code), None)


def _sides(asked: list[tuple[Indicator, Breakdown | None]], day: date, known_at: datetime) -> list[_Side]:
    """Of each the last figure until this day; its parts are those of the same day."""
    known = Snapshot.objects.told().filter(indicator__in={indicator.pk for indicator, _by in asked}, at__lte=known_at)
    last = known.whole().filter(day__lte=day).order_by("indicator_id", "-day", "-correction").distinct("indicator_id")
    wholes = {row.indicator_id: row for row in last}
    parts = _parts(known, {(pk, wholes[pk].day, by.code) for (pk, by) in _told_apart(asked) if pk in wholes})
    found = []
    for indicator, by in asked:
        whole = wholes.get(indicator.pk)
        if whole is None:
            found.append(_Side(None, {}))
        else:
            found.append(_Side(whole.day, {WHOLE: whole} | (parts[indicator.pk, by.code] if by else {})))
    return found


def _told_apart(asked: list[tuple[Indicator, Breakdown | None]]) -> Iterator[tuple[int, Breakdown]]:
    return ((indicator.pk, by) for indicator, by in asked if by)


def _parts(known: SnapshotQuerySet, wanted: set[tuple[int, date, str]]) -> dict[tuple[int, str], dict[str, Snapshot]]:
    """By indicator and breakdown, the rows of one day by the key of their part."""
    found: defaultdict[tuple[int, str], dict[str, Snapshot]] = defaultdict(dict)
    if wanted:
        each = (Q(indicator=indicator, day=day, breakdown=code) for indicator, day, code in wanted)
        # Ordered so that of each part the last correction stays.
        for row in known.filter(reduce(or_, each)).order_by("key", "correction"):
            found[row.indicator_id, row.breakdown][row.key] = row
    return found


def _aims(indicators: Iterable[Indicator], until: date) -> dict[int, Target]:
    """The next target of each."""
    coming = Target.objects.filter(indicator__in={each.pk for each in indicators}, by__gte=until)
    return {aim.indicator_id: aim for aim in coming.order_by("indicator_id", "by").distinct("indicator_id")}


def _rows(indicator: Indicator, by: Breakdown | None, start: _Side, end: _Side) -> list[Told]:
    measure = indicator.measure
    names = dict(by.names()) if by else {}
    found = (start.rows.keys() | end.rows.keys()) - {WHOLE}
    order = {key: place for place, key in enumerate(names)}
    keys = [WHOLE, *sorted(found, key=lambda key: (order.get(key, len(order)), key == "", key))]
    # What a part lacks on a day on which the figure was kept is none of it: zeros are not kept.
    sides = (_values(measure, start, keys), _values(measure, end, keys))
    # Who knows how many there were and how many there are knows of those between: then the start is left out.
    is_close = indicator.is_about_people and _tells_of_few(*sides)
    out_of_sight = _out_of_sight(indicator, sides[1])
    out_of_start = set(keys) if is_close else _out_of_sight(indicator, sides[0]) | out_of_sight
    rows = []
    for key in keys:
        row: Told = {"key": "" if key == WHOLE else key, "whole": key == WHOLE}
        row["name"] = gettext("In all") if key == WHOLE else names.get(key, key) or gettext("not known")
        if key in out_of_sight:
            row["hidden"] = True
        elif (point := _point(end, key, sides[1])) is not None:
            row["end"] = point
        if key not in out_of_start:
            if (point := _point(start, key, sides[0])) is not None:
                row["start"] = point
            if (change := _change(measure, sides[0].get(key), sides[1].get(key))) is not None:
                row["change"] = change
        rows.append(row)
    return rows


def _values(measure: Measure | None, side: _Side, keys: Iterable[str]) -> dict[str, Value | Decimal]:
    """What counts on this side, by key; by hand it is a plain number."""
    if side.day is None:
        return {}
    if measure is None:
        return {
            key: row.amount if row.amount is not None else Decimal(row.number or 0) for key, row in side.rows.items()
        }
    nothing = Value(0, 0 if measure.whole else None)
    return {key: (side.rows[key].value or nothing) if key in side.rows else nothing for key in keys}


def _out_of_sight(indicator: Indicator, values: dict[str, Any]) -> set[str]:
    """The keys of those that would tell of too few people."""
    if not indicator.is_about_people or not values:
        return set()
    counted = {key: _counted(each) for key, each in values.items()}
    whole = {WHOLE} if is_hidden(counted[WHOLE]) else set()
    return whole | hidden({key: each for key, each in counted.items() if key != WHOLE})


def _counted(value: Value | Decimal) -> Value:
    """How many people, also where somebody entered the number."""
    return Value(int(value)) if isinstance(value, Decimal) else value


def _tells_of_few(start: dict[str, Any], end: dict[str, Any]) -> bool:
    """Whether both sides together would tell of so few people who came or went between them."""
    if not start or not end:
        return False
    nobody = Decimal(0)
    return any(
        0 < abs(_counted(each).number - _counted(start.get(key, nobody)).number) < FEWEST for key, each in end.items()
    )


def _point(side: _Side, key: str, values: dict[str, Any]) -> Told | None:
    if side.day is None or key not in values:
        return None
    value, row = values[key], side.rows.get(key)
    told: Told = {"day": side.day.isoformat()}
    if row is not None:
        told["snapshot"] = row.pk
    if isinstance(value, Decimal):
        return told | {"figure": plain(value), "source": row.source if row else ""}
    if value.whole is not None:
        told |= {"number": value.number, "of": value.whole}
        return told | {"percent": plain(value.percent)} if value.percent is not None else told
    if row is not None and row.amount is not None:
        return told | {"figure": plain(row.amount), "number": value.number}
    return told | {"figure": str(value.number)}


def _change(measure: Measure | None, start: Any, end: Any) -> Told | None:
    """What happened within the period, else the difference; nothing where the two cannot be told from each other."""
    if start is None or end is None or (measure and measure.middle):
        return None
    if isinstance(end, Decimal):
        return {"figure": plain(end - start)}
    if end.whole is None:
        return {"figure": str(end.number - start.number)}
    if measure and measure.kind is Kind.HAPPENED:
        within = Value(end.number - start.number, end.whole - start.whole)
        told: Told = {"number": within.number, "of": within.whole}
        return told | {"percent": plain(within.percent)} if within.percent is not None else told
    if start.percent is None or end.percent is None:
        return None
    return {"points": plain(end.percent - start.percent)}
