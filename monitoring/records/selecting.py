"""The records that a figure counts: as many as it says, by the same filter, as a list and as a file."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpResponseBase
from django.utils.translation import get_language, gettext, override

from hub.measures import counting
from hub.measures.counting import Value
from hub.measures.registry import Listed, Measure, Rows
from hub.sheets import writing
from monitoring.figures import parts, saying
from monitoring.figures.asking import Asked, today
from monitoring.indicators.models import Indicator
from monitoring.snapshots.models import Snapshot
from monitoring.snapshots.taking import MISSED

PER_PAGE = 50
_AT_ONCE = 500
_LONGEST_NAME = 31  # of a sheet


@dataclass(frozen=True)
class Selection:
    """What was asked for of a measure, and what it comes to."""

    measure: Measure
    asked: Asked
    value: Value
    is_hidden: bool
    # What the part is called, "Sector: government".
    part: str = ""

    @property
    def number(self) -> int:
        """How many records are in the list."""
        return (self.value.whole or 0) if self.asked.of_whole else self.value.number

    @property
    def rows(self) -> Rows:
        """All of them, each once."""
        measure = self.measure
        if self.asked.of_whole and measure.whole:
            measure = replace(measure, records=measure.whole)
        return counting.records(measure, self.asked.span, self.asked.breakdown, self.asked.key)


def select(measure: Measure, asked: Asked) -> Selection:
    """Raises Http404 for a breakdown or a part that there is not, and for the whole of what is no share."""
    if asked.of_whole and not measure.whole:
        raise Http404
    if not asked.breakdown:
        if asked.key:
            raise Http404
        value = counting.value(measure, asked.span)
        return Selection(measure, asked, value, saying.is_hidden(measure, value))
    try:
        breakdown = measure.breakdown(asked.breakdown)
    except KeyError:
        raise Http404 from None
    value = counting.value(measure, asked.span, asked.breakdown, asked.key)
    if asked.key and not value.number and not value.whole and asked.key not in breakdown.names():
        raise Http404
    hide = saying.is_hidden(measure, value)
    if measure.people and not hide:
        hide = asked.key in parts.hidden(measure, counting.parts(measure, asked.span, breakdown))
    said = {"label": breakdown.label, "figure": parts.label_of(breakdown, asked.key)}
    return Selection(measure, asked, value, hide, gettext("%(label)s: %(figure)s") % said)


class _Counted(Paginator[Any]):
    """Of rows whose number the figure says: the list cannot have another."""

    def __init__(self, rows: Rows, number: int) -> None:
        super().__init__(rows, PER_PAGE)
        self._number = number

    @property
    def count(self) -> int:
        return self._number


def page(selection: Selection, number: Any) -> tuple[Any, list[Listed]]:
    """A page of them, and what it shows."""
    found = _Counted(_ordered(selection.measure.fetched(selection.rows)), selection.number).get_page(number)
    return found, [selection.measure.listed(row) for row in found.object_list]


def entries(indicator: Indicator) -> QuerySet[Snapshot]:
    """What was entered by hand, the last day first; of each day what stands."""
    rows = Snapshot.objects.whole().standing().filter(indicator=indicator)
    return rows.select_related("by").order_by("-day", "-pk")


def why_other(indicator: Indicator, selection: Selection) -> str:
    """One sentence, where the list has not what was kept for its day; nothing where it has, or where none was kept."""
    asked = selection.asked
    if asked.span.since or asked.span.until >= today() or selection.is_hidden:
        return ""
    of_it = Snapshot.objects.standing().filter(indicator=indicator, day=asked.span.until)
    kept = of_it.filter(breakdown=asked.breakdown, key=asked.key).first()
    if kept is None or kept.value == selection.value or (kept.number is None and kept.reason != MISSED):
        return ""
    if selection.measure.people and asked.breakdown:
        return ""  # parts of that day could be told from each other
    said = {"figure": saying.kept(indicator, kept).said, "reason": kept.reason}
    return _why(kept, anew=selection.measure.anew) % said


def _why(kept: Snapshot, *, anew: bool) -> str:
    if kept.number is None:
        return gettext("No figure was kept for this day: it was missed. The list shows what records tell today.")
    if kept.correction:
        return gettext("The figure kept for this day is %(figure)s, corrected by hand: %(reason)s")
    if anew:
        return gettext("The figure kept for this day is %(figure)s; records were entered, changed or taken away since.")
    return gettext("The figure kept for this day is %(figure)s; the list shows records as they are today.")


def download(indicator: Indicator, selection: Selection, kind: str) -> HttpResponseBase:
    """All of them as a file; raises ValidationError where the format cannot hold them."""
    header = [gettext("Record"), gettext("Note"), gettext("Address")]
    rows = _ordered(selection.measure.fetched(selection.rows))
    keys = list(rows.values_list("pk", flat=True))
    return writing.download(indicator.code[:_LONGEST_NAME], kind, header, _told(selection.measure, rows, keys))


def download_entries(indicator: Indicator, kind: str) -> HttpResponseBase:
    """What was entered by hand, as a file."""
    header = [gettext("Day"), gettext("Figure"), gettext("Source"), gettext("Reason")]
    rows = ([row.day, _in_a_cell(indicator, row), row.source, row.reason] for row in entries(indicator))
    return writing.download(indicator.code[:_LONGEST_NAME], kind, header, rows)


def _in_a_cell(indicator: Indicator, row: Snapshot) -> float | str | None:
    if saying.tells_of_few(indicator, row):
        return saying.few()
    return None if row.figure is None else float(row.figure)


def _told(measure: Measure, rows: Rows, keys: list[Any]) -> Iterator[list[Any]]:
    """In the language of who asked, also while the file is on its way."""
    language = get_language() or "en"
    for start in range(0, len(keys), _AT_ONCE):
        some = keys[start : start + _AT_ONCE]
        found = {row.pk: row for row in rows.filter(pk__in=some)}
        with override(language):
            told = [measure.listed(found[key]) for key in some if key in found]
        yield from ([each.words, each.note, each.url] for each in told)


def _ordered(rows: Rows) -> Rows:
    """Always in one order, so that no page has what another had."""
    order = rows.query.order_by
    return rows if "pk" in order or "-pk" in order else rows.order_by(*order, "pk")
