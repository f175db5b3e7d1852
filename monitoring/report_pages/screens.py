"""Screens of the admin: begin a report, look at it before everybody does, publish it, copy it to another language."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.records import lists
from accounts.users.models import User
from hub.changes.headers import header
from monitoring.report_pages import reading
from monitoring.report_pages.forms import BeginForm, CopyForm
from monitoring.reports import beginning, publishing, standing
from monitoring.reports.models import Report


def may_edit(user: object) -> bool:
    """Whether this person of the centre writes reports."""
    return isinstance(user, User) and user.has_perm("monitoring.change_report")


def screen_url(report: Report) -> str:
    """The screen of this report."""
    return reverse("monitoring_admin_report", args=[report.pk])


@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: HttpRequest) -> HttpResponse:
    """A new report from a template."""
    _staff(request)
    initial = {"language": get_language(), "template": request.GET.get("template", "")}
    form = BeginForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid():
        asked = dict(form.cleaned_data)
        made = beginning.begin(asked.pop("template"), **asked)
        messages.success(
            request, gettext("The report is begun. Write what is to be said; the figures come by themselves.")
        )
        return redirect(_edit_url(made))
    title = gettext("Begin a report")
    facts = {
        **header(title, (gettext("Reports"), _list_url()), icon="doc-full"),
        "form": form,
        "back_url": _list_url(),
    }
    return render(request, "monitoring/admin/begin.html", facts, status=422 if form.errors else 200)


@require_safe
def report(request: HttpRequest, pk: int) -> HttpResponse:
    """How the report reads, its languages, and what can be done with it."""
    _staff(request)
    found = get_object_or_404(Report.objects.select_related("published_by"), pk=pk)
    facts = {
        **header(gettext("Report"), (gettext("Reports"), _list_url()), icon="doc-full", of=str(found)),
        "report": found,
        "shown": reading.open_report(found),
        "others": Report.objects.filter(family=found.family).exclude(pk=pk).order_by("language"),
        "copy_form": CopyForm(report=found),
        "is_intact": found.is_published and standing.is_intact(found),
        "reads_the_same": standing.reads_the_same(found) if found.is_published else None,
        "edit_url": _edit_url(found),
        "back_url": _list_url(),
    }
    return render(request, "monitoring/admin/report.html", facts)


@require_POST
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    """For everybody, and for good. Sent twice it is once."""
    user = _staff(request)
    found = get_object_or_404(Report, pk=pk)
    try:
        is_new = publishing.publish(found, by=user)
    except publishing.NotReadyError as error:
        messages.error(request, str(error))
    else:
        said = gettext("It is published, and stays as it is.") if is_new else gettext("It was published before.")
        messages.success(request, said)
    return redirect(screen_url(found))


@require_POST
def copy(request: HttpRequest, pk: int) -> HttpResponse:
    """The same report as a draft in one more language."""
    _staff(request)
    found = get_object_or_404(Report, pk=pk)
    form = CopyForm(request.POST, report=found)
    if not form.is_valid():
        messages.error(request, gettext("The report is there in this language already, or there is no such language."))
        return redirect(screen_url(found))
    made = beginning.copy(found, language=form.cleaned_data["language"])
    messages.success(request, gettext("The copy is made. Translate its words; names of figures come by themselves."))
    return redirect(_edit_url(made))


def _edit_url(found: Report) -> str:
    return reverse(Report.snippet_viewset.get_url_name("edit"), args=[found.pk])


def _list_url() -> str:
    return lists.url(Report)


def _staff(request: HttpRequest) -> User:
    if not isinstance(request.user, User) or not may_edit(request.user):
        raise PermissionDenied
    return request.user


urlpatterns: list[URLPattern] = [
    path("monitoring/reports/begin/", begin, name="monitoring_admin_begin_report"),
    path("monitoring/reports/<int:pk>/", report, name="monitoring_admin_report"),
    path("monitoring/reports/<int:pk>/publish/", publish, name="monitoring_admin_publish_report"),
    path("monitoring/reports/<int:pk>/copy/", copy, name="monitoring_admin_copy_report"),
]
