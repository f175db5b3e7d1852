"""Screens of the admin: an entry with its versions, its next version, and the question that it becomes."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_http_methods, require_safe

from accounts.records import lists
from accounts.users.models import User
from hub.changes.headers import header
from learning.questions.proposing import TooManyError
from monitoring.indicators.models import Indicator
from monitoring.logbook import taking_over
from monitoring.logbook.forms import EntryForm, TakeOverForm
from monitoring.logbook.models import LogbookEntry, LogbookVersion
from monitoring.logbook.writing import ChangedError, write

ICON = "edit"


def may_write(user: object) -> bool:
    """Whether this person of the centre keeps the logbook."""
    return isinstance(user, User) and user.has_perm("monitoring.change_logbookentry")


def entry_url(found: LogbookEntry) -> str:
    """The screen of this entry."""
    return reverse("monitoring_admin_logbook_entry", args=[found.pk])


@require_safe
def entry(request: HttpRequest, pk: int) -> HttpResponse:
    """What it says, what it said before, and the question that was made of it."""
    _staff(request)
    found = get_object_or_404(LogbookEntry.objects.select_related("question"), pk=pk)
    versions = list(found.versions.select_related("by").order_by("-number"))
    names = {each.code: each for each in Indicator.objects.filter(code__in={c for v in versions for c in v.about})}
    facts = {
        **header(gettext("Entry"), (gettext("Logbook"), _list_url()), icon=ICON, of=str(found)),
        "entry": found,
        "versions": [(each, [names.get(code, code) for code in each.about]) for each in versions],
        "back_url": _list_url(),
    }
    return render(request, "monitoring/admin/logbook_entry.html", facts)


@require_http_methods(["GET", "HEAD", "POST"])
def write_entry(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """A new entry; or the next version of one, in which what it said before is kept."""
    user = _staff(request)
    found = get_object_or_404(LogbookEntry, pk=pk) if pk else None
    version = found.current if found else None
    form: Any = EntryForm(request.POST if request.method == "POST" else None, version=version, language=_language())
    their: LogbookVersion | None = None
    if form.is_valid():
        try:
            made = write(form.words, by=user, entry=found, was=form.cleaned_data["was"])
        except ChangedError as error:
            their, form = error.version, form.upon(error.version)
            said = gettext("Not saved yet: somebody else wrote another version meanwhile. It stands below your words.")
            form.add_error(None, said)
        else:
            messages.success(request, gettext("It stands in the logbook."))
            return redirect(entry_url(made.entry))
    title = gettext("Write the next version") if found else gettext("Write an entry")
    facts = {
        **header(title, (gettext("Logbook"), _list_url()), icon=ICON, of=str(found) if found else ""),
        "form": form,
        "their": their,
        "is_next": bool(found),
        "back_url": entry_url(found) if found else _list_url(),
    }
    return render(request, "monitoring/admin/write_entry.html", facts, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def take_over(request: HttpRequest, pk: int) -> HttpResponse:
    """The entry as a question of the learning agenda, which staff accept there as any other."""
    user = _staff(request)
    found = get_object_or_404(LogbookEntry.objects.select_related("question"), pk=pk)
    version = found.current
    if found.taken_over_at and request.method != "POST":
        return redirect(entry_url(found))
    why = "\n\n".join(filter(None, [version.assumed, version.happened])) if version else ""
    initial = {"why": why[:2_000], "language": version.language if version else _language()}
    form = TakeOverForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid() and _taken_over(found, form, by=user):
        messages.success(request, gettext("It is proposed for the learning agenda. There it is accepted or declined."))
        return redirect(entry_url(found))
    title = gettext("Take over as a question of the learning agenda")
    facts = {
        **header(title, (gettext("Logbook"), _list_url()), icon="help", of=str(found)),
        "form": form,
        "version": version,
        "back_url": entry_url(found),
    }
    return render(request, "monitoring/admin/take_over.html", facts, status=422 if form.errors else 200)


def _taken_over(found: LogbookEntry, form: TakeOverForm, *, by: User) -> bool:
    try:
        taking_over.take_over(found, **form.cleaned_data, by=by)
    except taking_over.TakenOverError:
        form.add_error(None, gettext("It was taken over before; the question was declined and is gone."))
    except taking_over.SameQuestionError:
        form.add_error("words", gettext("Another entry became this very question. Ask another one."))
    except TooManyError:
        said = gettext("So many questions of yours wait for the centre that these come first: decide about them.")
        form.add_error(None, said)
    return not form.errors


def _language() -> str:
    return get_language() or "en"


def _list_url() -> str:
    return lists.url(LogbookEntry)


def _staff(request: HttpRequest) -> User:
    if not isinstance(request.user, User) or not may_write(request.user):
        raise PermissionDenied
    return request.user


urlpatterns: list[URLPattern] = [
    path("monitoring/logbook/write/", write_entry, name="monitoring_admin_write_entry"),
    path("monitoring/logbook/<int:pk>/", entry, name="monitoring_admin_logbook_entry"),
    path("monitoring/logbook/<int:pk>/write/", write_entry, name="monitoring_admin_write_next"),
    path("monitoring/logbook/<int:pk>/take-over/", take_over, name="monitoring_admin_take_over"),
]
