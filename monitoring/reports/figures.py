"""What a report says of a figure: at the start of its period and at its end, read from what was kept by a moment."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import F, Q
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


def figure(indicator: Indicator, breakdown: str, period: Period) -> Told:
    """Everything about it that a report says, as plain values that canonical JSON can hold."""
    measure = indicator.measure
    by = _breakdown(measure, breakdown)
    start = _side(indicator, by, period.since - timedelta(days=1), period.known_at)
    end = _side(indicator, by, period.until, period.known_at)
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
        "rows": _rows(measure, by, start, end),
    }
    if indicator.baseline is not None and indicator.baseline_on:
        told["baseline"] = {"figure": plain(indicator.baseline), "day": indicator.baseline_on.isoformat()}
    if aim := Target.objects.filter(indicator=indicator, by__gte=period.until).order_by("by").first():
        told["target"] = {"figure": plain(aim.figure), "day": aim.by.isoformat()}
    return told


def plain(number: Decimal) -> str:
    """A number as it stands in the content: no exponent, no zeros behind the point."""
    written = f"{number:f}"
    return written.rstrip("0").rstrip(".") if "." in written else written


def _breakdown(measure: Measure | None, code: str) -> Breakdown | None:
    """None also where it is not kept by that any more."""
    return next((each for each in (measure.breakdowns if measure else ()) if each.code == code), None)


def _known(indicator: Indicator, known_at: datetime) -> SnapshotQuerySet:
    said = Q(number__isnull=False) | Q(amount__isnull=False)
    return Snapshot.objects.filter(said, indicator=indicator, at__lte=known_at)


def _side(indicator: Indicator, by: Breakdown | None, day: date, known_at: datetime) -> _Side:
    """The last figure until this day; its parts are those of the same day."""
    known = _known(indicator, known_at)
    last = known.whole().filter(day__lte=day).order_by("-day", "-correction").first()
    if last is None:
        return _Side(None, {})
    rows = {WHOLE: last}
    if by:
        # Ordered so that of each part the last correction stays.
        parts = known.filter(day=last.day, breakdown=by.code).order_by("key", F("correction").asc())
        rows |= {each.key: each for each in parts}
    return _Side(last.day, rows)


def _rows(measure: Measure | None, by: Breakdown | None, start: _Side, end: _Side) -> list[Told]:
    names = dict(by.names()) if by else {}
    found = (start.rows.keys() | end.rows.keys()) - {WHOLE}
    order = {key: place for place, key in enumerate(names)}
    keys = [WHOLE, *sorted(found, key=lambda key: (order.get(key, len(order)), key == "", key))]
    # What a part lacks on a day on which the figure was kept is none of it: zeros are not kept.
    sides = (_values(measure, start, keys), _values(measure, end, keys))
    # Who knows how many there were and how many there are knows of those between: then the start is left out.
    is_close = bool(measure and measure.people) and _tells_of_few(*sides)
    out_of_sight = _out_of_sight(measure, sides[1])
    out_of_start = set(keys) if is_close else _out_of_sight(measure, sides[0]) | out_of_sight
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


def _out_of_sight(measure: Measure | None, values: dict[str, Any]) -> set[str]:
    """The keys of those that would tell of too few people."""
    if measure is None or not measure.people or not values:
        return set()
    whole = {WHOLE} if is_hidden(values[WHOLE]) else set()
    return whole | hidden({key: each for key, each in values.items() if key != WHOLE})


def _tells_of_few(start: dict[str, Any], end: dict[str, Any]) -> bool:
    """Whether both sides together would tell of so few people who came or went between them."""
    if not start or not end:
        return False
    return any(0 < abs(end[key].number - start[key].number) < FEWEST for key in end)


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
