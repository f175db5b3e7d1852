"""How long it still is until a moment, and when a moment or a mere day is over."""

from datetime import datetime, timedelta

from django.utils.translation import gettext, ngettext

from hub.dates.brussels import first_minute, local

# Seconds that a reminder may take to its reader.
_ON_THE_WAY = 300


def end_of(due_at: datetime, *, has_time: bool) -> datetime:
    """When this moment is over, or the day that it stands for."""
    if has_time:
        return due_at
    return first_minute(due_at) + timedelta(days=1)


def time_left(due_at: datetime, now: datetime, *, has_time: bool = True) -> str:
    """What is left in words: days by the calendar, hours on the day itself; empty when it is over."""
    days = (local(due_at).date() - local(now).date()).days
    if days > 0:
        return ngettext("%(count)d day left", "%(count)d days left", days) % {"count": days}
    if days == 0 and not has_time:
        return gettext("today")
    if due_at <= now:
        return ""
    seconds = (due_at - now).total_seconds()
    if seconds + _ON_THE_WAY < 3600:
        return gettext("less than an hour left")
    # A reminder that left three hours before says three, although it took a moment.
    hours = int(seconds + _ON_THE_WAY) // 3600
    return ngettext("%(count)d hour left", "%(count)d hours left", hours) % {"count": hours}
