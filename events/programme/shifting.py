"""The programme goes along when its event moves."""

from datetime import datetime

from django.db.models import Q

from events.programme.models import ProgrammeItem
from hub.dates import brussels


def shift(event_id: int, *, before: datetime, after: datetime) -> None:
    """Move every item as far as the event's start moved, by clocks in Brussels; in the caller's transaction."""
    if before == after:
        return
    items = list(ProgrammeItem.objects.filter(event=event_id))
    for item in items:
        for name in ("starts_at", "ends_at"):
            setattr(item, name, shifted(getattr(item, name), before=before, after=after))
    ProgrammeItem.objects.bulk_update(items, ["starts_at", "ends_at"])


def shifted(moment: datetime, *, before: datetime, after: datetime) -> datetime:
    """A moment as far from `after` as it is from `before`, by clocks in Brussels."""
    wall = _on_the_wall(moment) + (_on_the_wall(after) - _on_the_wall(before))
    return wall.replace(tzinfo=brussels.BRUSSELS)


def outside(event_id: int, *, starts_at: datetime, ends_at: datetime) -> int:
    """How many items lie outside of this time."""
    found = ProgrammeItem.objects.filter(event=event_id)
    return found.filter(Q(starts_at__lt=starts_at) | Q(ends_at__gt=ends_at)).count()


def _on_the_wall(moment: datetime) -> datetime:
    return brussels.local(moment).replace(tzinfo=None)
