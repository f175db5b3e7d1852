"""Moments in the lists of the admin, by the clocks of Brussels."""

from typing import Any

from django.utils.formats import date_format
from wagtail.admin.ui.tables import BooleanColumn, Column

from hub.dates import brussels

# As the reader's language writes them (hub/dates/formats), and as Wagtail's own screens do.
MOMENT = "DATETIME_FORMAT"
DAY = "DATE_FORMAT"


def moment_column(name: str, label: Any, *, has_time: str = "") -> Column:
    """A column with a moment in Brussels time, by which the list can be sorted.

    `has_time` names what says of a row whether its hour matters.
    """

    def written(row: Any) -> str:
        moment = getattr(row, name)
        form = DAY if has_time and not getattr(row, has_time) else MOMENT
        return date_format(brussels.local(moment), form) if moment else ""

    return Column(name, label=label, accessor=written, sort_key=name)


def day_column(name: str, label: Any) -> Column:
    """A column with a day, by which the list can be sorted."""

    def written(row: Any) -> str:
        day = getattr(row, name)
        return date_format(day, DAY) if day else ""

    return Column(name, label=label, accessor=written, sort_key=name)


def yes_column(name: str, label: Any) -> BooleanColumn:
    """A column with a tick or a cross, by which the list can be sorted."""
    return BooleanColumn(name, label=label, sort_key=name)
