"""Where the people of an organisation change its interest and withdraw it."""

from typing import Any, cast
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language, gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from accounts.public_forms.throttling import allow_act
from accounts.users.models import User
from calls.chain.models import Deadline
from calls.chain.standing import governing_deadline
from consortia.interest import answers
from consortia.interest.forms import CONSENT_WORDING
from consortia.interest.models import Interest
from consortia.interest.registration import InterestClosedError, is_open, withdraw
from consortia.interest.views import call_context, closed_page
from consortia.members.changing import ChangedError, WithdrawnError, change
from consortia.members.forms import ChangeForm
from consortia.members.undoing import can_stand_again, let_stand_again


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def change_interest(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The answers as they stand, to be changed until the deadline; a refused form keeps everything.

    Of what was withdrawn the same answers, which one press lets stand again.
    """
    user = cast(User, request.user)
    found = _own(user, uuid)
    is_sent = request.method == "POST"
    if is_sent and "undo" in request.POST:
        return _undone(request, found)
    form = ChangeForm(request.POST if is_sent else None, interest=found, user=user)
    if found.status not in {Interest.Status.PENDING, Interest.Status.CONFIRMED}:
        return _withdrawn_page(request, form)
    if not is_open(found.call):
        return closed_page(request, found.call, form if form.is_bound else None)
    if form.is_valid() and _changed(request, form):
        messages.success(request, gettext("The new answers count."))
        return redirect("consortia:change_interest", uuid=uuid)
    return _page(request, form)


def _changed(request: HttpRequest, form: ChangeForm) -> bool:
    user, found = cast(User, request.user), form.interest
    if not allow_act(request, f"interest:{found.call_id}", person=user.email, act=form.cleaned_data):
        form.add_error(None, gettext("You sent several forms just now. Nothing is lost: try again in an hour."))
        return False
    language = get_language() or settings.LANGUAGE_CODE
    try:
        change(found, **form.answers(), by=user, language=language, consent_wording=str(CONSENT_WORDING))
    except ChangedError:
        found.refresh_from_db()
        form.add_error(
            None,
            gettext(
                "Somebody changed it while you were writing. Nothing of yours is lost: what counts now stands below "
                "the form. Send it again and your answers take its place."
            ),
        )
        form.show_again()
    except (WithdrawnError, InterestClosedError):
        form.add_error(
            None, gettext("It was withdrawn, or the deadline passed, while you were writing. Nothing was changed.")
        )
    return not form.errors


@never_cache
@login_required
@require_POST
def withdraw_own_interest(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """One press, and another one on the page that follows undoes it. Pressed twice it is withdrawn once."""
    withdraw(_own(cast(User, request.user), uuid))
    return redirect("consortia:change_interest", uuid=uuid)


def _undone(request: HttpRequest, found: Interest) -> HttpResponse:
    """Pressed twice it stands again once; what stands against it stands on the page."""
    if let_stand_again(found):
        said = gettext("The interest of %(organisation)s is registered again, with the same answers.")
        messages.success(request, said % {"organisation": found.organisation_name})
    return redirect("consortia:change_interest", uuid=found.uuid)


def _withdrawn_page(request: HttpRequest, form: ChangeForm) -> HttpResponse:
    interest = form.interest
    facts: dict[str, Any] = {
        "is_open": is_open(interest.call),
        "can_undo": can_stand_again(interest),
        "typed": form.typed() if form.is_bound else [],
        **answers.shown(interest),
    }
    status = 409 if form.is_bound else 200
    return render(request, "consortia/withdrawn_interest.html", call_context(interest.call) | facts, status=status)


def _own(user: User, uuid: UUID) -> Interest:
    rows = Interest.objects.of_person(user).select_related("call__contact", "sector", "organisation")
    return get_object_or_404(rows, uuid=uuid)


def _page(request: HttpRequest, form: ChangeForm) -> HttpResponse:
    interest = form.interest
    facts: dict[str, Any] = {
        "form": form,
        "deadline": governing_deadline(interest.call, Deadline.Governs.INTEREST),
        "consent": CONSENT_WORDING,
        **answers.shown(interest),
    }
    status = 422 if form.errors else 200
    return render(request, "consortia/change_interest.html", call_context(interest.call) | facts, status=status)
