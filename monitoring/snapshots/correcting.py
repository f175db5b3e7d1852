"""A figure of a day that was wrong, and figures that people enter by hand: by a new row, with who and why."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.db.models import F

from accounts.users.models import User
from hub.measures.counting import Value
from monitoring.indicators.models import Indicator
from monitoring.snapshots.models import Snapshot


class NothingToCorrectError(Exception):
    """There is no figure of that day."""


class NoReasonError(Exception):
    """Another figure for a day says why."""


@dataclass
class CorrectedMeanwhileError(Exception):
    """Somebody else corrected this figure; theirs is `standing`."""

    standing: Snapshot


@transaction.atomic
def correct(snapshot: Snapshot, *, value: Value, reason: str, by: User) -> Snapshot:
    """Put another row after this one, which is the last of its day and part; sent twice it is put once.

    Raises NoReasonError without one, NothingToCorrectError where there is no such day any more, CorrectedMeanwhileError
    where another row came after the one that was read.
    """
    if not reason.strip():
        raise NoReasonError
    last = _last(snapshot.indicator, snapshot.day, snapshot.breakdown, snapshot.key)
    if last is None:
        raise NothingToCorrectError
    if (last.number, last.whole, last.amount) == (value.number, value.whole, value.middle):
        return last
    if last.pk != snapshot.pk:
        raise CorrectedMeanwhileError(last)
    return Snapshot.objects.create(
        indicator=last.indicator,
        day=last.day,
        breakdown=last.breakdown,
        key=last.key,
        number=value.number,
        whole=value.whole,
        amount=value.middle,
        correction=last.correction + 1,
        reason=reason.strip(),
        source=last.source,
        by=by,
    )


@transaction.atomic
def enter(indicator: Indicator, *, day: date, figure: Decimal, source: str, by: User, reason: str = "") -> Snapshot:
    """Keep what somebody read elsewhere: the figure of a day, with its source. Sent twice it is kept once.

    Raises NoReasonError for another figure of the same day without a reason.
    """
    last = _last(indicator, day)
    if last and (last.amount, last.source) == (figure, source.strip()):
        return last
    if last and not reason.strip():
        raise NoReasonError
    return Snapshot.objects.create(
        indicator=indicator,
        day=day,
        amount=figure,
        source=source.strip(),
        correction=last.correction + 1 if last else 0,
        reason=reason.strip() if last else "",
        by=by,
    )


def _last(indicator: Indicator, day: date, breakdown: str = "", key: str = "") -> Snapshot | None:
    """The row that stands, while nobody else can add one to this indicator."""
    Indicator.objects.select_for_update(no_key=True).get(pk=indicator.pk)
    rows = Snapshot.objects.filter(indicator=indicator, day=day, breakdown=breakdown, key=key)
    return rows.order_by(F("correction").desc()).first()
