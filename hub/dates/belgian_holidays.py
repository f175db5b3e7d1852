"""The ten public holidays of Belgium (Royal Decree of 18 April 1974 on public holidays, article 1).

Four of them follow Easter, whose date is computed with the anonymous Gregorian algorithm (Meeus, Astronomical
Algorithms, chapter 8).
"""

from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

_FIXED: dict[tuple[int, int], Promise] = {
    (1, 1): _("New Year's Day"),
    (5, 1): _("Labour Day"),
    (7, 21): _("the national holiday"),
    (8, 15): _("Assumption Day"),
    (11, 1): _("All Saints' Day"),
    (11, 11): _("Armistice Day"),
    (12, 25): _("Christmas Day"),
}
_AFTER_EASTER: dict[int, Promise] = {
    1: _("Easter Monday"),
    39: _("Ascension Day"),
    50: _("Whit Monday"),
}


def easter(year: int) -> date:
    """Easter Sunday in the Gregorian calendar."""
    golden = year % 19
    century, rest = divmod(year, 100)
    leaps, century_rest = divmod(century, 4)
    moon = (19 * golden + century - leaps - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    sunday = (32 + 2 * century_rest + 2 * (rest // 4) - moon - rest % 4) % 7
    shift = (golden + 11 * moon + 22 * sunday) // 451
    month, day = divmod(moon + sunday - 7 * shift + 114, 31)
    return date(year, month, day + 1)


def holiday(day: date) -> Promise | None:
    """The name of the public holiday on this day, if it is one."""
    return _FIXED.get((day.month, day.day)) or _AFTER_EASTER.get((day - easter(day.year)).days)
