"""Practices side by side."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from practices.choosing import comparing, shortlist, starting
from practices.choosing.forms import ComparisonForm
from practices.choosing.shortlist_views import crumbs, rows_of
from practices.context.remembering import open_situation
from practices.practice.presentation import Summary


@require_safe
def compare(request: HttpRequest) -> HttpResponse:
    """Two to four practices side by side; fewer or more get an answer that says what to do."""
    form = ComparisonForm(request.GET)
    form.is_valid()  # whatever the address holds yields a choice, if only an empty one
    asked, situation = form.cleaned_data, open_situation(request)
    comparison = comparing.compare(asked["practice"], only_differences=asked["differs"], situation=situation)
    addable = _addable(request, comparison)
    context = {
        "comparison": comparison,
        "most": comparing.MOST,
        "addable": addable,
        "startable": _startable(comparison, addable),
        "from_shortlist": bool(addable),
        "crumbs": crumbs(_("Compare")),
    }
    return render(request, "practices/compare.html", context)


def _addable(request: HttpRequest, comparison: comparing.Comparison) -> list[Summary]:
    """What could stand beside them: the rest of the reader's own list."""
    if not comparison.room:
        return []
    own = shortlist.kept(request)
    return rows_of([practice for practice in own if practice.slug not in comparison.slugs])


def _startable(comparison: comparing.Comparison, addable: list[Summary]) -> list[Summary]:
    """What to begin with: the reader's own list, else a few of the library, beside one that was chosen, too."""
    if comparison.columns and (comparison.enough or addable):
        return []
    return addable or rows_of(starting.suggested(beside=comparison.slugs))
