"""The figures of a day that is over, kept every night; run as often as one likes, each is kept once."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from django.db import connection, transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from hub.dates.brussels import local
from hub.measures.counting import Value, all_parts, values
from hub.measures.registry import Measure
from hub.measures.spans import Span
from monitoring.indicators.models import Indicator
from monitoring.snapshots.models import Snapshot

_LOCK = 7_150_151
# Said of a day that was missed and that nothing tells of any more.
MISSED = "missed"
# What does not tell how it was is counted within these hours of its day's end, or not at all.
LATEST = timedelta(hours=6)
# So many missed days are made up for, at most.
FARTHEST = timedelta(days=400)


def hold() -> None:
    """Nobody keeps figures until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])


def run() -> int:
    """Keep the figures of each day that is over and not kept yet; says how many rows. One runs at a time."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [_LOCK])
            if not cursor.fetchone()[0]:
                return 0
        yesterday = local(timezone.now()).date() - timedelta(days=1)
        return sum(take(day) for day in _days(yesterday))


def take(day: date) -> int:
    """Keep what all counted indicators and their parts were at the end of this day; says how many rows are new.

    One whose records do not tell how they were is counted on the following morning alone; later its row says that the
    day was missed, unless it was not kept before at all.
    """
    earlier = Snapshot.objects.filter(indicator=OuterRef("pk"), day__lt=day)
    indicators = Indicator.objects.filter(is_counted=True).annotate(was_kept=Exists(earlier))
    counted = [(each, measure) for each in indicators if (measure := each.measure)]
    span = Span(day)
    is_late = timezone.now() - span.end > LATEST
    kept = set(Snapshot.objects.filter(day=day).whole().values_list("indicator", flat=True))
    due = [(each, measure) for each, measure in counted if each.pk not in kept]
    missed = [each for each, measure in due if is_late and not measure.anew and each.was_kept]
    asked = [(each, measure) for each, measure in due if not is_late or measure.anew]
    rows = [Snapshot(indicator=each, day=day, reason=MISSED) for each in missed]
    rows += list(_rows(asked, span))
    return len(Snapshot.objects.bulk_create(rows, batch_size=2000, ignore_conflicts=True))


def _rows(asked: Iterable[tuple[Indicator, Measure]], span: Span) -> Iterator[Snapshot]:
    figures = values([measure for _indicator, measure in asked], span)
    for indicator, measure in asked:
        yield _row(indicator, span.until, figures[measure.code])
        for breakdown, parts in all_parts(measure, span).items():
            for key, value in parts.items():
                yield _row(indicator, span.until, value, breakdown, key)


def _row(indicator: Indicator, day: date, value: Value, breakdown: str = "", key: str = "") -> Snapshot:
    return Snapshot(
        indicator=indicator,
        day=day,
        breakdown=breakdown,
        key=key,
        number=value.number,
        whole=value.whole,
        amount=value.middle,
    )


def _days(yesterday: date) -> Iterator[date]:
    """From the day after the last one kept, at most as far back as is made up for; an indicator's first day is last."""
    last = Snapshot.objects.filter(indicator__is_counted=True).order_by("-day").values_list("day", flat=True).first()
    day = max(last + timedelta(days=1), yesterday - FARTHEST) if last else yesterday
    while day < yesterday:
        yield day
        day += timedelta(days=1)
    yield yesterday
