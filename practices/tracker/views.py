"""The public pages of the tracker: its figures, and the lists that they open."""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from practices.practice.models.practice import PracticeQuerySet
from practices.tracker import figures, periods, presentation, selection
from practices.tracker.forms import HooksForm, MovesForm, PracticesForm, TrackerForm
from practices.tracker.selection import Asked
from practices.tracker.topics import TOPIC

PER_PAGE = 20
_SHOWN = 5


@require_safe
def tracker(request: HttpRequest) -> HttpResponse:
    """All practices by stage and policy, flows between two days, what moved lately, what has not moved for long."""
    form = TrackerForm(request.GET)
    asked = form.asked
    since, until = asked["since"], asked["until"]
    flows = figures.flows(since, until)
    stuck = _longest(selection.practices(Asked(since=since, until=until, stuck=True)))
    moved = selection.moves(since, until)
    context = {
        "form": form.shown,
        "since": since,
        "until": until,
        "is_narrowed": bool(request.GET),
        "picture": figures.by_stage(asked["hooks"]),
        "periods": [(each, each.url(asked["hooks"])) for each in periods.offered(until, since=since)],
        "flows": flows,
        "changes": figures.changes(flows),
        "policy": figures.by_status(),
        "moved": moved.count(),
        "moves": presentation.steps(selection.with_origin(moved)[:_SHOWN]),
        "moves_url": f"{reverse('practices:tracker_moves')}?since={since.isoformat()}&until={until.isoformat()}",
        "stuck": presentation.standing(presentation.in_rows(stuck)[:_SHOWN]),
        "stuck_number": stuck.count(),
        "stuck_url": figures.practices_url(stuck="on"),
        "follow_url": f"{reverse('notifications:follow')}?topic={TOPIC}",
        "crumbs": [*_crumbs()[:1], {"title": gettext("Mainstreaming"), "url": ""}],
    }
    return render(request, "practices/tracker/tracker.html", context)


@require_safe
def practices(request: HttpRequest) -> HttpResponse:
    """The practices that a figure counts."""
    asked = Asked.of(PracticesForm(request.GET).asked)
    found = selection.practices(asked)
    ordered = _longest(found) if asked.stuck else found.newest_first()
    page = Paginator(presentation.in_rows(ordered), PER_PAGE).get_page(request.GET.get("page"))
    rows = presentation.standing(page.object_list)
    words = presentation.in_words(asked)
    return _list(request, "practices", gettext("Practices by stage"), page, rows, words=words)


@require_safe
def moves(request: HttpRequest) -> HttpResponse:
    """The moves between two days, the last first."""
    form = MovesForm(request.GET)
    asked = form.asked
    found = selection.with_origin(selection.moves(asked["since"], asked["until"]))
    page = _Counted(selection.moves(asked["since"], asked["until"]), found).get_page(request.GET.get("page"))
    rows = presentation.steps(page.object_list)
    return _list(request, "moves", gettext("Moves to another stage"), page, rows, form=form.shown)


@require_safe
def hooks(request: HttpRequest) -> HttpResponse:
    """The policy hooks of a level, a status or a kind."""
    form = HooksForm(request.GET)
    found = selection.policy_hooks(form.asked).order_by("-status_since", "-pk")
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    return _list(request, "hooks", gettext("Policy hooks"), page, presentation.taken(page.object_list), form=form)


class _Counted(Paginator[Any]):
    """Counts rows without what is only looked up for those on a page."""

    def __init__(self, counted: QuerySet[Any], rows: QuerySet[Any]) -> None:
        super().__init__(rows, PER_PAGE)
        self._counted = counted

    @property
    def count(self) -> int:
        return self._counted.count()


def _longest(found: PracticeQuerySet) -> PracticeQuerySet:
    return found.order_by("stage_since", "pk")


def _crumbs() -> list[dict[str, str]]:
    return [
        {"title": gettext("Practices"), "url": reverse("practices:library")},
        {"title": gettext("Mainstreaming"), "url": reverse("practices:tracker")},
    ]


def _list(request: HttpRequest, name: str, title: str, page: Any, rows: Any, **more: Any) -> HttpResponse:
    query = request.GET.copy()
    query.pop("page", None)
    context = {
        "title": title,
        "page_obj": page,
        "rows": rows,
        "base_query": query.urlencode(),
        "crumbs": [*_crumbs(), {"title": title, "url": ""}],
    }
    return render(request, f"practices/tracker/{name}.html", context | more)
