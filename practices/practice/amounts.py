"""Amounts of a practice as readers of this language write them: figures, staff, time."""

import re
from decimal import Decimal

from django.utils.formats import number_format
from django.utils.translation import ngettext

from practices.practice.models.practice import Practice

NUMBER = re.compile(r"(?<![\w.,])\d+(?:\.\d+)?(?![\w.,]*\d)")


def written(value: str) -> str:
    """A figure with its numbers as readers of this language write them: `12500` becomes 12,500 or 12.500."""
    return NUMBER.sub(lambda match: number_format(Decimal(match[0]), force_grouping=True), value)


def staff(practice: Practice) -> str:
    """`2.5`, or nothing when nobody knows."""
    return "" if practice.staff is None else number_format(practice.staff.normalize(), force_grouping=True)


def months(practice: Practice) -> str:
    """`6 months`, or nothing when nobody knows."""
    if practice.months is None:
        return ""
    return ngettext("%(number)s month", "%(number)s months", practice.months) % {"number": practice.months}
