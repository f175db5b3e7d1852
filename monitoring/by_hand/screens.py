"""The screen of an indicator: what was kept, a form for a figure by hand, and one that corrects what was counted."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods

from accounts.records import lists
from accounts.users.models import User
from hub.changes.headers import header
from hub.dates.brussels import local
from monitoring.by_hand.forms import CorrectForm, EnterForm
from monitoring.indicators.models import Indicator
from monitoring.snapshots import correcting, words
from monitoring.snapshots.models import Snapshot, SnapshotQuerySet

PER_PAGE = 50


def figures_url(indicator: Indicator) -> str:
    """The screen of this indicator's figures."""
    return reverse("monitoring_admin_kept", args=[indicator.pk])


def correct_url(snapshot: Snapshot) -> str:
    """The screen that corrects this figure."""
    return reverse("monitoring_admin_correct_figure", args=[snapshot.pk])


@require_http_methods(["GET", "HEAD", "POST"])
def figures(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything that was kept, newest first; of one day (`?day=`) its parts too. By hand another is entered here."""
    user = _staff(request)
    indicator = get_object_or_404(Indicator, pk=pk)
    if request.method == "POST" and indicator.is_counted:
        raise Http404("What the portal counts is not entered by hand.")
    today = local(timezone.now()).date()
    data = request.POST if request.method == "POST" else None
    form = EnterForm(data, indicator=indicator, initial={"day": today})
    if form.is_valid() and _enter(indicator, form, by=user):
        messages.success(request, _("The figure is kept."))
        return redirect(figures_url(indicator))
    return _page(request, indicator, form)


@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: HttpRequest, pk: int) -> HttpResponse:
    """What a figure that the portal counted should have been, and why."""
    user = _staff(request)
    counted = Snapshot.objects.filter(indicator__is_counted=True).select_related("indicator")
    snapshot = get_object_or_404(counted, pk=pk)
    form = CorrectForm(request.POST if request.method == "POST" else None, corrects=snapshot)
    back = figures_url(snapshot.indicator)
    if form.is_valid():
        try:
            correcting.correct(snapshot, value=form.value, reason=form.cleaned_data["reason"], by=user)
        except correcting.CorrectedMeanwhileError as error:
            said = _("Somebody corrected this figure before: it is %(figure)s now. Correct that one.")
            form.add_error(None, said % {"figure": words.written(error.standing)})
        else:
            messages.success(request, _("The figure is corrected. What it was before stays on record."))
            return redirect(back)
    title = _("Correct a figure")
    facts = {
        **header(title, (_("Figures"), back), icon="edit", of=str(snapshot.indicator)),
        "snapshot": snapshot,
        "part": _named([snapshot], snapshot.indicator)[0][1],
        "written": words.written(snapshot),
        "form": form,
        "back_url": back,
    }
    return render(request, "monitoring/admin/correct.html", facts, status=422 if form.errors else 200)


def _enter(indicator: Indicator, form: EnterForm, *, by: User) -> bool:
    try:
        correcting.enter(indicator, form.entry, by=by, reason=form.cleaned_data["reason"])
    except correcting.NoPartsError:
        first = next(iter(form.indicator.breakdowns[0].names()))
        said = _("The figure of this day is already broken down by gender: break this one down as well.")
        form.add_error(first, said)
        return False
    except correcting.NoReasonError:
        kept = Snapshot.objects.standing().whole().get(indicator=indicator, day=form.entry.day)
        said = _("There is a figure of this day already: %(figure)s. Say why yours takes its place.")
        form.add_error("reason", said % {"figure": words.written(kept)})
        return False
    return True


def _page(request: HttpRequest, indicator: Indicator, form: EnterForm) -> HttpResponse:
    day = _day(request.GET.get("day", ""))
    rows: SnapshotQuerySet = Snapshot.objects.filter(indicator=indicator).select_related("by")
    rows = rows.filter(day=day) if day else rows.whole()
    page_obj = Paginator(rows.order_by("-day", "breakdown", "key", "-correction"), PER_PAGE).get_page(
        request.GET.get("p")
    )
    list_url = lists.url(Indicator)
    shown = list(page_obj)
    standing = set(Snapshot.objects.standing().filter(pk__in=[each.pk for each in shown]).values_list("pk", flat=True))
    facts = {
        **header(_("Figures"), (_("Indicators"), list_url), icon="history", of=str(indicator)),
        "indicator": indicator,
        "form": form,
        "day": day,
        "page_obj": page_obj,
        "rows": [(row, part, row.pk in standing, words.written(row)) for row, part in _named(shown, indicator)],
        "here": figures_url(indicator),
        "back_url": list_url,
    }
    return render(request, "monitoring/admin/kept.html", facts, status=422 if form.errors else 200)


def _named(rows: list[Snapshot], indicator: Indicator) -> list[tuple[Snapshot, str]]:
    """Each with what its part is called, for example "Sector: Government"."""
    colon = pgettext("punctuation", ":")
    labels = {each.code: (str(each.label), each.names()) for each in indicator.breakdowns}
    found = []
    for row in rows:
        label, names = labels.get(row.breakdown, (row.breakdown, {}))
        name = names.get(row.key, row.key) or _("not known")
        found.append((row, f"{label}{colon} {name}" if row.breakdown else ""))
    return found


def _day(asked: str) -> Any:
    """The day of the address, if it is one."""
    try:
        return parse_date(asked)
    except ValueError:
        return None


def _staff(request: HttpRequest) -> User:
    if not isinstance(request.user, User) or not request.user.has_perm("monitoring.change_indicator"):
        raise PermissionDenied
    return request.user


urlpatterns: list[URLPattern] = [
    path("monitoring/indicators/<int:pk>/figures/", figures, name="monitoring_admin_kept"),
    path("monitoring/figures/<int:pk>/correct/", correct, name="monitoring_admin_correct_figure"),
]
