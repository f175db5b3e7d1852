"""How a figure is written, in the language of whoever reads."""

from decimal import Decimal

from django.utils.formats import number_format
from django.utils.translation import gettext

from hub.dates.words import day
from monitoring.indicators.models import Target
from monitoring.snapshots.models import Snapshot

NOTHING = "–"


def number(figure: Decimal | int | None, *, percent: bool = False) -> str:
    """With two decimals at most, no zeros behind them, and the reader's own signs: "12.5", "45.5%"; a dash for none."""
    if figure is None:
        return NOTHING
    plain = round(Decimal(figure), 2).normalize()
    places = max(0, -int(plain.as_tuple().exponent))
    written: str = number_format(plain, decimal_pos=places, use_l10n=True, force_grouping=True)
    return gettext("%(number)s%%") % {"number": written} if percent else written


def written(snapshot: Snapshot) -> str:
    """The figure of a row."""
    return number(snapshot.figure, percent=snapshot.whole is not None)


def of_a_day(snapshot: Snapshot) -> str:
    """The figure and its day: "12 (Monday 1 March 2027)"."""
    return gettext("%(figure)s (%(day)s)") % {"figure": written(snapshot), "day": day(snapshot.day)}


def target(aim: Target) -> str:
    """What is to be reached by when: "40 (Friday 31 December 2027)"."""
    return gettext("%(figure)s (%(day)s)") % {"figure": number(aim.figure), "day": day(aim.by)}
