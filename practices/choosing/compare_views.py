"""Practices side by side."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from practices.choosing import comparing, shortlist
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
    context = {
        "comparison": comparison,
        "most": comparing.MOST,
        "addable": _addable(request, comparison),
        "crumbs": crumbs(_("Compare")),
    }
    return render(request, "practices/compare.html", context)


def _addable(request: HttpRequest, comparison: comparing.Comparison) -> list[Summary]:
    """What could stand beside them: the rest of the reader's own list."""
    if not comparison.room:
        return []
    own = shortlist.kept(request)
    return rows_of([practice for practice in own if practice.slug not in comparison.slugs])
