"""How the portal writes days and hours, as they are in Brussels, in the reader's language."""

from datetime import date, datetime

from django.utils.formats import date_format
from django.utils.translation import gettext, pgettext

from hub.dates import brussels


def day(value: date | datetime | None) -> str:
    """Weekday and date written out: "Thursday 14 October 2027"."""
    if not value:
        return ""
    local = brussels.local(value) if isinstance(value, datetime) else value
    # Translators: Django's date format characters; German writes "l, j. F Y".
    return date_format(local, pgettext("format of a date", "l j F Y"))


def moment(value: datetime | None) -> str:
    """Weekday, date and time with the zone named: "Thursday 14 October 2027, 23:59 (Brussels)"."""
    if not value:
        return ""
    # Translators: Django's date format characters; German writes "l, j. F Y, H:i".
    written = date_format(brussels.local(value), pgettext("format of a date with time", "l j F Y, H:i"))
    return gettext("%(moment)s (Brussels)") % {"moment": written}


def clock(value: datetime | None) -> str:
    """The time alone, in Brussels: "23:59"."""
    return date_format(brussels.local(value), "H:i") if value else ""
