"""The figures as everybody reads them."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from monitoring.dashboard import overview, page
from monitoring.figures.rules import Reader
from monitoring.records import listing

EVERYBODY = Reader()


@require_safe
def figures(request: HttpRequest) -> HttpResponse:
    """All public figures by area."""
    return render(request, "monitoring/figures.html", {"areas": overview.areas(EVERYBODY), "reader": EVERYBODY})


@require_safe
def figure(request: HttpRequest, slug: str) -> HttpResponse:
    """One of them."""
    shown = get_object_or_404(EVERYBODY.indicators().prefetch_related("targets"), code=slug)
    facts = page.context(EVERYBODY, shown, request.GET)
    return render(request, "monitoring/figure.html", facts | {"crumbs": crumbs(), "is_narrowed": bool(request.GET)})


@require_safe
def records(request: HttpRequest, slug: str) -> HttpResponse:
    """What it counts, where that is open to everybody."""
    shown = get_object_or_404(EVERYBODY.indicators(), code=slug)
    facts = listing.context(EVERYBODY, shown, request.GET)
    if facts is None:
        raise Http404
    here = {"title": str(shown), "url": reverse("monitoring:figure", args=[shown.code])}
    return render(request, "monitoring/records.html", facts | {"crumbs": [*crumbs(), here]})


def crumbs() -> list[dict[str, str]]:
    """The way to the page of a figure."""
    return [{"title": gettext("Figures"), "url": reverse("monitoring:figures")}]
