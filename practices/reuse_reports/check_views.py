"""Where the organisation that answers for a practice reads what others report of it, before visitors do."""

from typing import cast
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.users.models import User
from hub.pages.renaming import follows_renaming
from practices.practice.models.practice import Practice
from practices.reuse import checking, reporting, rules
from practices.reuse.models.versions import ReuseVersion
from practices.reuse_reports import presentation
from practices.reuse_reports.forms import CheckForm
from practices.reuse_reports.views import reuse_of


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@follows_renaming(Practice.objects.public)
def check(request: HttpRequest, slug: str, uuid: UUID) -> HttpResponse:
    """The newest version, and the decision about it."""
    found = reuse_of(slug, uuid)
    if not rules.checks_as(request.user, found):
        raise Http404
    newest = reporting.newest_of(found)
    form = CheckForm(request.POST if request.method == "POST" else None)
    if not found.is_waiting or newest is None:
        messages.info(request, gettext("Somebody decided about it before, or it was taken back."))
        return redirect(found if found.is_standing else found.practice)
    if form.is_valid():
        _say(request, decided(newest, form, by=cast(User, request.user), seen=request.POST.get("version", "")))
        return redirect("practices:reuse", slug=slug, uuid=uuid)
    facts = {
        "reuse": found,
        "now": presentation.tellings(found, only_accepted=False)[0],
        "form": form,
        **presentation.about(found.practice, presentation.list_crumb(found.practice)),
    }
    return render(request, "practices/reuse/check.html", facts, status=422 if form.errors else 200)


def decided(newest: ReuseVersion, form: CheckForm, *, by: User, seen: str) -> bool:
    """Whether the decision of the form holds; not where another version came than was read, or somebody decided."""
    if seen != str(newest.number):
        return False
    try:
        if form.cleaned_data["decision"] == "accept":
            checking.accept(newest, by=by)
        else:
            checking.send_back(newest, by=by, reason=form.cleaned_data["reason"])
    except (checking.DecidedError, checking.NotAllowedError):
        return False
    return True


def _say(request: HttpRequest, is_decided: bool) -> None:
    if is_decided:
        messages.success(request, gettext("Decided. Who wrote it hears of it by mail."))
    else:
        messages.error(request, not_decided())


def not_decided() -> str:
    """What stands where a decision came too late."""
    return gettext("Nothing was decided: somebody decided before, or a newer version came. Read it as it is now.")
