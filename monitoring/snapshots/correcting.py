"""A figure of a day that was wrong, and figures that people enter by hand: by a new row, with who and why."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.db.models import F

from accounts.users.models import User
from hub.measures.counting import UNKNOWN, Value
from monitoring.indicators.genders import BY_GENDER
from monitoring.indicators.models import Indicator
from monitoring.snapshots.models import Snapshot


class NothingToCorrectError(Exception):
    """There is no figure of that day."""


class NoReasonError(Exception):
    """Another figure for a day says why."""


class NoPartsError(Exception):
    """A day whose figure has parts gets no other without them: they would not belong to it."""


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


@dataclass(frozen=True)
class Entry:
    """What somebody read elsewhere: the figure of a day, perhaps with its parts by gender, and where it stands."""

    day: date
    figure: Decimal
    source: str
    parts: Mapping[str, Decimal] = field(default_factory=dict)

    def amounts(self) -> Iterator[tuple[str, str, Decimal]]:
        """Breakdown, key and amount of each row; what the parts leave of the figure is not known."""
        yield "", "", self.figure
        if self.parts:
            rest = self.figure - sum(self.parts.values())
            yield from ((BY_GENDER.code, key, amount) for key, amount in {**self.parts, UNKNOWN: rest}.items())


@transaction.atomic
def enter(indicator: Indicator, entry: Entry, *, by: User, reason: str = "") -> Snapshot:
    """Keep it; returns the figure that stands. Sent twice it is kept once.

    Raises NoReasonError for another figure of the same day without a reason, and for parts that come later;
    NoPartsError where the day has parts and the entry has none.
    """
    _hold(indicator)
    kept = {
        (row.breakdown, row.key): row for row in Snapshot.objects.standing().filter(indicator=indicator, day=entry.day)
    }
    if len(kept) > 1 and not entry.parts:
        raise NoPartsError
    source = entry.source.strip()
    new = [each for each in entry.amounts() if not _is_kept(kept.get(each[:2]), each[2], source)]
    if new and kept and not reason.strip():
        raise NoReasonError
    for breakdown, key, amount in new:
        last = kept.get((breakdown, key))
        Snapshot.objects.create(
            indicator=indicator,
            day=entry.day,
            breakdown=breakdown,
            key=key,
            amount=amount,
            source=source,
            correction=last.correction + 1 if last else 0,
            reason=reason.strip() if kept else "",
            by=by,
        )
    return Snapshot.objects.standing().whole().get(indicator=indicator, day=entry.day)


def _is_kept(row: Snapshot | None, amount: Decimal, source: str) -> bool:
    return row is not None and (row.amount, row.source) == (amount, source)


def _hold(indicator: Indicator) -> None:
    """Nobody else adds a row to this indicator until the transaction ends."""
    Indicator.objects.select_for_update(no_key=True).get(pk=indicator.pk)


def _last(indicator: Indicator, day: date, breakdown: str, key: str) -> Snapshot | None:
    """The row that stands, while nobody else can add one to this indicator."""
    _hold(indicator)
    rows = Snapshot.objects.filter(indicator=indicator, day=day, breakdown=breakdown, key=key)
    return rows.order_by(F("correction").desc()).first()
