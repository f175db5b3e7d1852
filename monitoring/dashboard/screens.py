"""The same figures for staff in the admin, with all that is not public, files, and a place for comments."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe
from wagtail.admin import messages

from accounts.users.models import User
from hub.changes.headers import header
from hub.sheets import writing
from monitoring.comments import writing as comments
from monitoring.comments.forms import CommentForm
from monitoring.comments.models import Comment
from monitoring.dashboard import overview, page
from monitoring.figures.rules import Reader, may_comment, may_see
from monitoring.indicators.models import Indicator
from monitoring.records import listing, selecting

ICON = "table"
KINDS = {kind: writing.LABELS[kind] for kind in writing.SPREADSHEETS}


@require_safe
def figures(request: HttpRequest) -> HttpResponse:
    """All figures in use by area, or those that have not reached their target."""
    reader = _reader(request)
    missed = request.GET.get("target") == "missed"
    head = header(gettext("Figures"), icon=ICON, of=gettext("not on target") if missed else "")
    facts = {**head, "areas": overview.areas(reader, missed=missed), "missed": missed, "reader": reader}
    return render(request, "monitoring/admin/figures.html", facts)


@require_safe
def figure(request: HttpRequest, slug: str) -> HttpResponse:
    """One of them."""
    return _figure(request, _reader(request), slug, CommentForm())


@require_POST
def comment(request: HttpRequest, slug: str) -> HttpResponse:
    """Keep what somebody says about it; sent twice it is kept once."""
    reader = _reader(request, to_comment=True)
    form = CommentForm(request.POST)
    if not form.is_valid():
        return _figure(request, reader, slug, form)
    told = form.cleaned_data
    _comment, is_new = comments.write(_indicator(reader, slug), by=_user(request), **told)
    messages.success(request, gettext("The comment is kept.") if is_new else gettext("It was kept before."))
    return redirect("monitoring_admin_figure", slug)


@require_POST
def show_comment(request: HttpRequest, pk: int) -> HttpResponse:
    """Let everybody read a comment, or only staff."""
    _reader(request, to_comment=True)
    found = get_object_or_404(Comment.objects.select_related("indicator"), pk=pk)
    comments.show(found, to_everybody=request.POST.get("show") == "1")
    return redirect("monitoring_admin_figure", found.indicator.code)


@require_safe
def figure_records(request: HttpRequest, slug: str) -> HttpResponse:
    """What it counts."""
    reader = _reader(request)
    shown = _indicator(reader, slug)
    facts = listing.context(reader, shown, request.GET)
    if facts is None:
        raise _not_theirs(shown)
    above = (str(shown), reverse("monitoring_admin_figure", args=[slug]))
    head = header(gettext("What it counts"), _above(), above, icon=ICON, of=str(shown))
    return render(request, "monitoring/admin/records.html", {**head, **facts, "kinds": KINDS})


@require_safe
def download(request: HttpRequest, slug: str, kind: str) -> HttpResponseBase:
    """The same as a file."""
    reader = _reader(request)
    shown = _indicator(reader, slug)
    if kind not in KINDS:
        raise Http404
    if not shown.is_counted:
        return selecting.download_entries(shown, kind)
    if shown.measure is None or not reader.may_open(shown.measure):
        raise _not_theirs(shown)
    _form, selection = listing.selected(shown, request.GET)
    back = f"{reverse('monitoring_admin_records', args=[slug])}?{request.GET.urlencode()}"
    if selection is None or selection.is_hidden:
        return redirect(back)
    try:
        return selecting.download(shown, selection, kind)
    except ValidationError as error:
        messages.error(request, error.messages[0])
        return redirect(back)


def _figure(request: HttpRequest, reader: Reader, slug: str, form: CommentForm) -> HttpResponse:
    shown = _indicator(reader, slug)
    facts: dict[str, Any] = {
        **header(str(shown), _above(), icon=ICON),
        **page.context(reader, shown, request.GET),
        "comment_form": form if may_comment(request.user) else None,
    }
    return render(request, "monitoring/admin/figure.html", facts)


def _reader(request: HttpRequest, *, to_comment: bool = False) -> Reader:
    allowed = may_comment if to_comment else may_see
    if not allowed(request.user):
        raise PermissionDenied
    return Reader(_user(request))


def _user(request: HttpRequest) -> User:
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user


def _indicator(reader: Reader, slug: str) -> Indicator:
    return get_object_or_404(reader.indicators().select_related("owner").prefetch_related("targets"), code=slug)


def _not_theirs(shown: Indicator) -> Exception:
    """What nothing counts any more is not there; the records about people are for those who may see such."""
    return PermissionDenied() if shown.measure else Http404()


def _above() -> tuple[str, str]:
    return gettext("Figures"), reverse("monitoring_admin_figures")


urlpatterns: list[URLPattern] = [
    path("monitoring/figures/", figures, name="monitoring_admin_figures"),
    path("monitoring/figures/<slug:slug>/", figure, name="monitoring_admin_figure"),
    path("monitoring/figures/<slug:slug>/comments/", comment, name="monitoring_admin_comment"),
    path("monitoring/figures/<slug:slug>/list/", figure_records, name="monitoring_admin_records"),
    path("monitoring/figures/<slug:slug>/list/<slug:kind>/", download, name="monitoring_admin_download"),
    path("monitoring/comments/<int:pk>/shown/", show_comment, name="monitoring_admin_show_comment"),
]
