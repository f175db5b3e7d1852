"""What a report says, as one value: its words, and its figures as of a moment; canonical JSON is what is published."""

from collections.abc import Iterator
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

import rfc8785
from django.conf import settings
from django.utils.translation import override

from monitoring.reports.figures import Period, figures
from monitoring.reports.models import Report

FORMAT = "nccsi-report-1"


def contents(report: Report, known_at: datetime) -> dict[str, Any]:
    """Made from its parts and from what was kept by that moment, in its own language."""
    period = Period(report.since, report.until, known_at)
    with override(report.language):
        rows = list(report.parts.select_related("indicator"))
        of_parts = iter(figures([(row.indicator, row.breakdown) for row in rows if row.indicator], period))
        parts = []
        for row in rows:
            told: dict[str, Any] = {"heading": row.heading, "text": row.text.replace("\r\n", "\n").strip()}
            if row.indicator:
                told["figure"] = next(of_parts)
            parts.append(told)
    return {
        "format": FORMAT,
        "portal": settings.SITE_URL,
        "title": report.title,
        "language": report.language,
        "since": report.since.isoformat(),
        "until": report.until.isoformat(),
        "known_at": known_at.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z"),
        "parts": parts,
    }


def canonical(told: dict[str, Any]) -> str:
    """RFC 8785: the same bytes wherever they are made."""
    return rfc8785.dumps(told).decode()


def digest(content: str) -> str:
    """SHA-256 of its bytes in UTF-8."""
    return sha256(content.encode()).hexdigest()


def points(told: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Every figure in it that is a row of what was kept."""
    for part in told["parts"]:
        for row in part.get("figure", {}).get("rows", ()):
            yield from (row[side] for side in ("start", "end") if "snapshot" in row.get(side, {}))
