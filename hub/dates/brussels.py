"""The portal's clock: moments are entered and shown as they are in Brussels, whatever zone somebody's profile names."""

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

BRUSSELS = ZoneInfo("Europe/Brussels")
_UNCHANGING = ZoneInfo("UTC")


def local(moment: datetime) -> datetime:
    """The same moment on a clock in Brussels."""
    return moment.astimezone(BRUSSELS)


def last_minute(moment: datetime) -> datetime:
    """The end of its day in Brussels, in the way that people write it."""
    return local(moment).replace(hour=23, minute=59, second=0, microsecond=0)


def first_minute(moment: datetime) -> datetime:
    """The start of its day in Brussels."""
    return local(moment).replace(hour=0, minute=0, second=0, microsecond=0)


def yesterday() -> datetime:
    """The start of the day before this one in Brussels, also where that day had 23 hours or 25."""
    return first_minute(local(timezone.now()) - timedelta(days=1))


def in_two_weeks() -> datetime:
    """When today and the two weeks after it are over: so far staff look ahead on the first page of the admin."""
    return first_minute(timezone.now()) + timedelta(days=15)


def is_skipped(wall: datetime) -> bool:
    """Whether clocks never show this time, because they go forward over it."""
    moment = wall.replace(tzinfo=BRUSSELS)
    return moment.astimezone(UTC).astimezone(BRUSSELS).replace(tzinfo=None) != wall.replace(tzinfo=None)


def is_shown_twice(wall: datetime) -> bool:
    """Whether clocks show this time twice, because they go back over it."""
    if is_skipped(wall):
        return False
    first, second = (wall.replace(tzinfo=BRUSSELS, fold=fold) for fold in (0, 1))
    return first.utcoffset() != second.utcoffset()


def is_near_clock_change(moment: datetime) -> bool:
    """Whether clocks change within an hour of this moment, before or after."""
    around = [local(moment.astimezone(UTC) + timedelta(hours=hours)).utcoffset() for hours in (-1, 0, 1)]
    return len(set(around)) > 1


class ClockInput(forms.DateTimeInput):
    """The browser's own field for a day and an hour: no script that takes a mistyped date for now, in another zone."""

    input_type = "datetime-local"

    def __init__(self, attrs: Any = None) -> None:
        super().__init__(attrs, format="%Y-%m-%dT%H:%M")


class BrusselsDateTimeField(forms.DateTimeField):
    """A moment that somebody types as clocks in Brussels show it."""

    widget = ClockInput

    default_error_messages = {
        "skipped": _("This time does not exist: clocks in Brussels go forward over it that night. Choose another."),
        "twice": _("Clocks in Brussels show this time twice that night, when they go back. Choose another."),
    }

    def prepare_value(self, value: Any) -> Any:
        with timezone.override(BRUSSELS):
            return super().prepare_value(value)

    def to_python(self, value: Any) -> datetime | None:
        # Read in a zone without clock changes, so that our own sentence says what is wrong with a time.
        with timezone.override(_UNCHANGING):
            read = super().to_python(value)
        if read is None or read.tzinfo is not _UNCHANGING:  # it came with a zone of its own
            return read
        wall = read.replace(tzinfo=None)
        if is_skipped(wall):
            raise ValidationError(self.error_messages["skipped"], code="skipped")
        if is_shown_twice(wall):
            raise ValidationError(self.error_messages["twice"], code="twice")
        return wall.replace(tzinfo=BRUSSELS)

    def has_changed(self, initial: Any, data: Any) -> bool:
        with timezone.override(BRUSSELS):
            return super().has_changed(initial, data)
