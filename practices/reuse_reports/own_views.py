"""Where an organisation reports that it uses a practice, says how it went on, and takes the report back."""

from collections.abc import Callable
from functools import wraps
from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.users.models import User
from hub.dates.brussels import local
from hub.pages.renaming import follows_renaming
from practices.practice.models.practice import Practice
from practices.reuse import reporting, rules
from practices.reuse.models.reuses import Reuse
from practices.reuse_reports import presentation
from practices.reuse_reports.forms import ReportForm, UpdateForm, WholeForm
from practices.reuse_reports.views import practice_of, reuse_of

View = Callable[[HttpRequest, Reuse], HttpResponse]


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@follows_renaming(Practice.objects.public)
def report(request: HttpRequest, slug: str) -> HttpResponse:
    """The first report of one's organisation about a place; who acts for none reads how to."""
    practice, user = practice_of(slug), cast(User, request.user)
    heading = gettext("Report that you use this")
    facts = presentation.about(practice, presentation.list_crumb(practice)) | {"heading": heading}
    if not rules.organisations_of(user).exists():
        return render(request, "practices/reuse/no_organisation.html", facts)
    data = request.POST if request.method == "POST" else None
    whole = WholeForm(ReportForm(data, by=user), data)
    if data is not None and whole.is_valid():
        answers = whole.form.cleaned_data
        found = _told(
            whole,
            lambda: reporting.report(
                practice,
                organisation=answers["organisation"],
                place=cast(ReportForm, whole.form).where,
                account=whole.account,
                may_ask=answers["may_ask"],
                by=user,
                seen=whole.form.seen_number,
            ),
        )
        if found is not None:
            return _thanks(request, found)
    return _page(request, whole, facts | {"back_url": practice.get_absolute_url()})


def reporters_only(view: View) -> Callable[..., HttpResponse]:
    """For a view of a report of an organisation that one acts for; for others there is none."""

    @never_cache
    @login_required
    @require_http_methods(["GET", "HEAD", "POST"])
    @follows_renaming(Practice.objects.public)
    @wraps(view)
    def wrapped(request: HttpRequest, slug: str, uuid: UUID) -> HttpResponse:
        found = reuse_of(slug, uuid)
        if not rules.is_reporter(request.user, found):
            raise Http404
        if not found.is_standing:
            messages.info(request, gettext("This report was taken back before. Make a new one if you use it again."))
            return redirect(found)
        return view(request, found)

    return wrapped


@reporters_only
def update(request: HttpRequest, reuse: Reuse) -> HttpResponse:
    """How it went on, filled in with what was said last."""
    newest = reporting.newest_of(reuse)
    data = request.POST if request.method == "POST" else None
    known = {"may_ask": reuse.may_ask, "seen": newest.number if newest else 0}
    whole = WholeForm(UpdateForm(data, instance=newest, initial=known), data, newest)
    if data is not None and whole.is_valid():
        user = cast(User, request.user)
        may_ask, seen = whole.form.cleaned_data["may_ask"], whole.form.seen_number
        found = _told(
            whole, lambda: reporting.update(reuse, account=whole.account, may_ask=may_ask, by=user, seen=seen)
        )
        if found is not None:
            return _thanks(request, found)
    facts = presentation.about(reuse.practice, presentation.list_crumb(reuse.practice), _crumb(reuse))
    facts |= {"heading": gettext("How did it go on?"), "reuse": reuse, "returned": _reason(reuse)}
    return _page(request, whole, facts | {"back_url": reuse.get_absolute_url()})


@reporters_only
def withdraw(request: HttpRequest, reuse: Reuse) -> HttpResponse:
    """Asks once, then nobody else reads it any more."""
    if request.method == "POST":
        reporting.withdraw(reuse)
        messages.success(request, gettext("The report is withdrawn. It stays on record, and nobody else reads it."))
        return redirect(reuse)
    facts = presentation.about(reuse.practice, presentation.list_crumb(reuse.practice), _crumb(reuse))
    return render(request, "practices/reuse/withdraw.html", facts | {"reuse": reuse})


def _told(whole: WholeForm, verb: Callable[[], Reuse]) -> Reuse | None:
    """What the verb made; None when something stands against it, which the form then says."""
    try:
        return verb()
    except reporting.ChangedError as changed:
        whole.form.show_again(changed.newest.number)
        whole.form.add_error(None, _told_before(changed))
    except reporting.RemovedError:
        whole.form.add_error(
            None, gettext("The centre took this report down. What you wrote is not saved: copy it if you need it.")
        )
    except reporting.TooManyError:
        said = gettext(
            "Your organisation sent %(number)d reports in 24 hours, the most. Keep this page open: you can send it "
            "tomorrow."
        )
        whole.form.add_error(None, said % {"number": reporting.MOST_A_DAY})
    except ValidationError as error:
        whole.form.add_error(None, error)
    return None


def _told_before(changed: reporting.ChangedError) -> str:
    version = changed.newest
    said = gettext(
        "%(person)s of your organisation sent version %(number)d of this report on %(day)s at %(hour)s. Nothing of "
        "yours is lost: send it again, and your words come after it as a new version."
    )
    at = local(version.at)
    return said % {
        "person": version.by.get_full_name() if version.by else gettext("Somebody"),
        "number": version.number,
        "day": date_format(at, "j F"),
        "hour": f"{at:%H:%M}",
    }


def _thanks(request: HttpRequest, reuse: Reuse) -> HttpResponse:
    messages.success(request, gettext("Thank you. Somebody reads it before others can; you hear of it by mail."))
    return redirect(reuse)


def _page(request: HttpRequest, whole: WholeForm, facts: dict[str, Any]) -> HttpResponse:
    facts |= {"whole": whole, "form": whole.form}
    return render(request, "practices/reuse/form.html", facts, status=422 if whole.errors else 200)


def _crumb(reuse: Reuse) -> dict[str, str]:
    return {"title": str(reuse), "url": reuse.get_absolute_url()}


def _reason(reuse: Reuse) -> str:
    """Why the newest version went back, if it did."""
    if reuse.state != Reuse.State.RETURNED:
        return ""
    newest = reuse.versions.select_related("check_made").order_by("-number").first()
    return newest.check_made.reason if newest else ""
