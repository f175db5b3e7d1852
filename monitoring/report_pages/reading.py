"""A report as people read it, on its page and on paper: all words in the language of the report."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext, override

from hub.dates.words import day, moment
from monitoring.reports.contents import contents
from monitoring.reports.models import Report, moment_of
from monitoring.reports.standing import Corrected, corrected
from monitoring.snapshots import words

Told = dict[str, Any]


@dataclass(frozen=True)
class Cell:
    """A figure in words, and what there is to say of it."""

    words: str
    notes: list[str] = field(default_factory=list)
    is_corrected: bool = False


@dataclass(frozen=True)
class Row:
    """The figure, or one part of it, at both ends of the period."""

    name: str
    is_whole: bool
    cells: list[Cell]


@dataclass(frozen=True)
class Figure:
    """A figure with its table; `facts` are baseline, target and source."""

    name: str
    definition: str
    caption: str
    corner: str
    columns: list[str]
    rows: list[Row]
    facts: list[str]


@dataclass(frozen=True)
class Part:
    """A part: its words, its figure, or both."""

    heading: str
    text: str
    figure: Figure | None


@dataclass(frozen=True)
class Shown:
    """All of it; `note` says as of when its figures are."""

    title: str
    language: str
    period: str
    note: str
    parts: list[Part]
    is_corrected: bool


def told(report: Report) -> Told:
    """What it says: as it was published, else as it would be now."""
    if report.is_published:
        found: Told = report.told
        return found
    return contents(report, moment_of(report, timezone.now()))


def open_report(report: Report) -> Shown:
    """The report in its own language; figures that were corrected since it was published are marked."""
    said = told(report)
    later = corrected(said)
    with override(report.language):
        since, until = date.fromisoformat(said["since"]), date.fromisoformat(said["until"])
        parts = [_part(each, since, until, later) for each in said["parts"]]
        known = moment(datetime.fromisoformat(said["known_at"]))
        return Shown(
            title=said["title"],
            language=said["language"],
            period=gettext("%(since)s to %(until)s") % {"since": day(since), "until": day(until)},
            note=gettext("Figures as they were known on %(moment)s.") % {"moment": known},
            parts=parts,
            is_corrected=bool(later),
        )


def _part(said: Told, since: date, until: date, later: dict[int, Corrected]) -> Part:
    figure = said.get("figure")
    return Part(said["heading"], said["text"], _figure(figure, since, until, later) if figure else None)


def _figure(said: Told, since: date, until: date, later: dict[int, Corrected]) -> Figure:
    before = since - timedelta(days=1)
    last = gettext("In the period") if said["happened"] else gettext("Difference")
    caption = f"{said['name']} ({said['unit']})" if said["unit"] else said["name"]
    rows = [
        Row(
            row["name"],
            row["whole"],
            [
                _cell(row, "start", before, later),
                _cell(row, "end", until, later),
                Cell(_change(row.get("change", {}), happened=said["happened"])),
            ],
        )
        for row in said["rows"]
    ]
    return Figure(
        name=said["name"],
        definition=said["definition"],
        caption=caption,
        corner=said["breakdown_name"] or gettext("Figure"),
        columns=[day(before), day(until), last],
        rows=rows,
        facts=_facts(said),
    )


def _cell(row: Told, side: str, expected: date, later: dict[int, Corrected]) -> Cell:
    if side == "end" and row.get("hidden"):
        return Cell(gettext("not shown"))
    point = row.get(side)
    if not point:
        return Cell("–")
    notes = []
    kept = date.fromisoformat(point["day"])
    if kept != expected:
        notes.append(gettext("of %(day)s") % {"day": day(kept)})
    now = later.get(point.get("snapshot", 0))
    if now:
        said = gettext("Corrected on %(day)s: %(figure)s. %(reason)s")
        figure = words.written(now.snapshot)
        notes.append(said % {"day": day(now.at), "figure": figure, "reason": now.snapshot.reason})
    return Cell(value(point), notes, bool(now))


def value(point: Told) -> str:
    """The figure of a point in words: "12.5", "45.5% (5 of 11)"."""
    if "of" in point:
        share = words.number(Decimal(point["percent"]), percent=True) if "percent" in point else "–"
        return gettext("%(share)s (%(number)s of %(whole)s)") % {
            "share": share,
            "number": words.number(Decimal(point["number"])),
            "whole": words.number(Decimal(point["of"])),
        }
    return words.number(Decimal(point["figure"]))


def _change(change: Told, *, happened: bool) -> str:
    if not change:
        return "–"
    if "of" in change:
        return value(change)
    points = "points" in change
    number = Decimal(change["points"] if points else change["figure"])
    sign = "+" if number > 0 and not happened else ""
    written = f"{sign}{words.number(number)}"
    return gettext("%(number)s percentage points") % {"number": written} if points else written


def _facts(said: Told) -> list[str]:
    found = []
    for name, words_of in (("baseline", gettext("Baseline: %(said)s")), ("target", gettext("Target: %(said)s"))):
        if aim := said.get(name):
            figure = words.number(Decimal(aim["figure"]))
            of = gettext("%(figure)s (%(day)s)") % {"figure": figure, "day": day(date.fromisoformat(aim["day"]))}
            found.append(words_of % {"said": of})
    if not said["counted"]:
        sources = [row["end"]["source"].replace("\n", ", ") for row in said["rows"] if row.get("end", {}).get("source")]
        found += [gettext("Source: %(source)s") % {"source": each} for each in sources]
    if said["several"]:
        found.append(gettext("One of them can be in several rows, so these are not added up."))
    if any(row.get("hidden") for row in said["rows"]):
        found.append(gettext("Figures about fewer than five people are not shown, nor what would tell of them."))
    return found
