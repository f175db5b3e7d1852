"""The page that a figure opens: the records that it counts, or what was entered by hand."""

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404

from monitoring.figures import links, saying
from monitoring.figures.asking import RecordsForm
from monitoring.figures.rules import Reader
from monitoring.indicators.models import Indicator
from monitoring.records import selecting
from monitoring.records.selecting import Selection


def selected(indicator: Indicator, data: Any) -> tuple[RecordsForm, Selection | None]:
    """What was asked for, and what it comes to unless a day is to mend. Raises Http404 for what there is not."""
    measure = indicator.measure
    form = RecordsForm(data)
    if measure is None or form.names_nothing:
        raise Http404
    asked = form.asked
    return form, selecting.select(measure, asked) if asked else None


def context(reader: Reader, indicator: Indicator, data: Any) -> dict[str, Any] | None:
    """All that its template shows; nothing where the records are not for this reader."""
    facts = {"reader": reader, "indicator": indicator, "figure_url": links.indicator(reader, indicator)}
    if not indicator.is_counted:
        return facts | _entries(indicator, data)
    measure = indicator.measure
    if measure is None or not reader.may_open(measure):
        return None
    form, selection = selected(indicator, data)
    facts |= {"form": form, "selection": selection}
    if selection is None:
        return facts
    facts["query"] = selection.asked.query
    facts["figure"] = saying.of(reader, indicator, measure, selection.value, selection.asked, hide=selection.is_hidden)
    if not selection.is_hidden:
        facts["page_obj"], facts["rows"] = selecting.page(selection, data.get("page"))
        facts["why_other"] = selecting.why_other(indicator, selection)
    return facts


def _entries(indicator: Indicator, data: Any) -> dict[str, Any]:
    found = Paginator(selecting.entries(indicator), selecting.PER_PAGE).get_page(data.get("page"))
    rows = [(row, saying.kept(indicator, row)) for row in found.object_list]
    return {"page_obj": found, "entries": rows, "query": ""}
