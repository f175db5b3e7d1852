"""A report as a file: on paper, as a table for spreadsheets, and the very content that its SHA-256 is of."""

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any
from urllib.parse import urljoin

from django.conf import settings
from django.utils.translation import gettext, override

from hub.dates.words import day
from hub.pdf import typesetting
from hub.sheets import writing
from hub.site.models import SiteSettings
from monitoring.report_pages import reading
from monitoring.reports.contents import canonical
from monitoring.reports.models import Report
from monitoring.reports.standing import Corrected, corrected

TEMPLATE = "monitoring/reports/report.typ"
_SIDES = ("start", "end")
HEADER = [
    *("part", "heading", "indicator", "name", "unit", "breakdown", "key", "label", "shown"),
    *(f"{side}_{name}" for side in _SIDES for name in ("day", "figure", "number", "of", "corrected", "reason")),
    *("change", "change_number", "change_of"),
]


def as_pdf(report: Report) -> bytes:
    """The report in its own language, tagged; figures that were corrected since are marked."""
    shown = reading.open_report(report)
    with override(report.language):
        return typesetting.render(TEMPLATE, _context(report, shown), language=report.language, title=shown.title)


def as_csv(report: Report) -> str:
    """A row for each figure and part, with numbers as the spreadsheets of the reader's language read them."""
    return "".join(writing.csv_lines(HEADER, rows(report)))


def as_xlsx(report: Report) -> Any:
    """The same as an open file, with what is to be known about it on a second sheet."""
    told = reading.told(report)
    about = [["title", told["title"]], *([name, told[name]] for name in ("language", "since", "until", "known_at"))]
    about += [["sha256", report.digest], ["address", urljoin(settings.SITE_URL, report.get_absolute_url())]]
    for number, part in enumerate(told["parts"], start=1):
        about += [[f"heading {number}", part["heading"]], [f"text {number}", part["text"]]]
    return writing.xlsx_file("figures", HEADER, rows(report), more={"report": about})


def as_json(report: Report) -> bytes:
    """The bytes that the SHA-256 is of; of a draft those that would be now."""
    content = report.content if report.is_published else canonical(reading.told(report))
    return content.encode()


def rows(report: Report) -> Iterator[list[Any]]:
    """The rows of the table, under `HEADER`."""
    told = reading.told(report)
    later = corrected(told)
    for number, part in enumerate(told["parts"], start=1):
        if figure := part.get("figure"):
            first = [number, part["heading"], figure["indicator"], figure["name"], figure["unit"], figure["breakdown"]]
            for row in figure["rows"]:
                yield [*first, *_row(row, later)]


def _row(row: dict[str, Any], later: dict[int, Corrected]) -> Iterator[Any]:
    yield from (row["key"], row["name"], "no" if row.get("hidden") else "yes")
    for side in _SIDES:
        point = row.get(side, {})
        now = later.get(point.get("snapshot", 0))
        yield from (_day(point.get("day")), _number(point), point.get("number"), point.get("of"))
        yield from (_plain(now.snapshot.figure) if now else None, now.snapshot.reason if now else None)
    change = row.get("change", {})
    yield from (_number(change), change.get("number"), change.get("of"))


def _number(point: dict[str, Any]) -> int | float | None:
    """A figure or a share in per cent, as spreadsheets count with it."""
    written = next((point[name] for name in ("figure", "percent", "points") if name in point), None)
    return _plain(Decimal(written)) if written is not None else None


def _day(written: str | None) -> date | None:
    return date.fromisoformat(written) if written else None


def _plain(number: Decimal | None) -> int | float | None:
    if number is None:
        return None
    return int(number) if number == number.to_integral_value() else float(number)


def _context(report: Report, shown: reading.Shown) -> dict[str, Any]:
    site = SiteSettings.load()
    over = [gettext("Report"), site.name]
    if report.published_at:
        over.append(day(report.published_at))
    else:
        over.append(gettext("draft, not published"))
    return {
        "over": " · ".join(filter(None, over)),
        "heading": shown.title,
        "period": shown.period,
        "note": shown.note,
        "corrected": gettext("Figures that were corrected since are marked.") if shown.is_corrected else "",
        "parts": [_printed(part) for part in shown.parts],
        "digest_label": gettext("SHA-256 of what was published"),
        # In groups, so that lines can end between them.
        "digest": " ".join(re.findall(".{16}", report.digest)),
        "address": urljoin(settings.SITE_URL, report.get_absolute_url()),
        "how": gettext("Whoever takes the file “JSON” from the page below can work it out anew:"),
    }


def _printed(part: reading.Part) -> dict[str, Any]:
    figure = part.figure
    return {
        "heading": part.heading,
        "paragraphs": [" ".join(each.split()) for each in part.text.split("\n\n") if each.strip()],
        "figure": figure
        and {
            "caption": figure.caption,
            "definition": figure.definition,
            "header": [figure.corner, *figure.columns],
            "rows": [
                {"name": row.name, "whole": row.is_whole, "cells": [[each.words, *each.notes] for each in row.cells]}
                for row in figure.rows
            ],
            "facts": figure.facts,
        },
    }
