"""How long before a deadline people can choose to hear of it: kept in hours, said in days where they are days."""

from collections.abc import Iterable

from django.utils.translation import ngettext

OFFERED = (60 * 24, 30 * 24, 14 * 24, 7 * 24, 3 * 24, 24, 3)
USUAL = (30 * 24, 7 * 24, 24)


def label(hours: int) -> str:
    """ "7 days before" or "3 hours before"."""
    if hours % 24 == 0:
        days = hours // 24
        return ngettext("%(count)d day before", "%(count)d days before", days) % {"count": days}
    return ngettext("%(count)d hour before", "%(count)d hours before", hours) % {"count": hours}


def clean(hours: Iterable[int]) -> list[int]:
    """Those that are on offer, each once, the longest first."""
    return sorted({hour for hour in hours if hour in OFFERED}, reverse=True)
