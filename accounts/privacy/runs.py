"""What came of erasing by the clock: one row per kind of record, so that staff see that it runs and what fails."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Max
from django.utils import timezone

from accounts.privacy.models import KeepingRun

# Of a message: what follows may quote the row that it is about.
_LONGEST = 200


def done(names: Iterable[str], number: object) -> None:
    """Note that these kinds were erased just now, and how many rows went, where that was told."""
    told = number if isinstance(number, int) else None
    rows = [KeepingRun(name=name, ran_at=timezone.now(), number=told) for name in names]
    KeepingRun.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["name"], update_fields=["ran_at", "number"]
    )


def failed(names: Iterable[str], error: Exception) -> None:
    """Note that erasing these kinds failed, with the first line of what it said: PostgreSQL quotes rows below it."""
    said = f"{type(error).__name__}: {str(error).partition(chr(10))[0]}"[:_LONGEST]
    rows = [KeepingRun(name=name, failed_at=timezone.now(), error=said) for name in names]
    KeepingRun.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["name"], update_fields=["failed_at", "error"]
    )


def by_name() -> dict[str, KeepingRun]:
    """All of them, by the name of the kind."""
    return KeepingRun.objects.in_bulk()


def last() -> datetime | None:
    """When the portal last erased what was due of anything."""
    moment: datetime | None = KeepingRun.objects.aggregate(last=Max("ran_at"))["last"]
    return moment
