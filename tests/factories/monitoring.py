from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from accounts.users.models import User
from hub.dates.brussels import BRUSSELS
from monitoring.indicators.models import Indicator
from monitoring.logbook.models import LogbookEntry
from monitoring.logbook.writing import Words, write
from monitoring.reports.models import Report, ReportPart
from monitoring.snapshots.models import Snapshot
from tests.factories.hub import words

SINCE, UNTIL = date(2026, 1, 1), date(2026, 3, 31)


def by_hand(code: str = "own-trained", **facts: Any) -> Indicator:
    """A figure that staff enter."""
    said = {"name": words("Trained"), "definition": words("Who finished a course."), "unit": words("people")}
    return Indicator.objects.create(**{"code": code, "area": "learning", **said, **facts})


def counted(code: str = "organisations") -> Indicator:
    """What the portal counts."""
    return Indicator.objects.get(code=code)


def kept(indicator: Indicator, day: date, number: int | None = None, **facts: Any) -> Snapshot:
    """A figure of a day, kept on the following night."""
    at = datetime(day.year, day.month, day.day, 1, tzinfo=BRUSSELS) + timedelta(days=1)
    return Snapshot.objects.create(**{"indicator": indicator, "day": day, "number": number, "at": at, **facts})


def entered(indicator: Indicator, day: date, figure: str, **facts: Any) -> Snapshot:
    """A figure by hand."""
    return kept(indicator, day, amount=Decimal(figure), source="Annual report\nhttps://example.org/report", **facts)


def report(*parts: dict[str, Any], **facts: Any) -> Report:
    """A draft about the first three months of 2026."""
    made = Report.objects.create(**{"title": "Spring", "language": "en", "since": SINCE, "until": UNTIL, **facts})
    for place, part in enumerate(parts):
        ReportPart.objects.create(report=made, sort_order=place, **part)
    return made


def entry(by: User | None = None, **facts: Any) -> LogbookEntry:
    """An entry of the logbook."""
    said = {"assumed": "Mail reaches them.", "happened": "It did not.", "changes": "We telephone."}
    day = timezone.localdate() - timedelta(days=9)
    return write(Words(**{"day": day, "language": "en", **said, **facts}), by=by).entry
