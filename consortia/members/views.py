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


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def change_interest(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The answers as they stand, to be changed until the deadline; a refused form keeps everything."""
    user = cast(User, request.user)
    found = _own(user, uuid)
    if found.status not in {Interest.Status.PENDING, Interest.Status.CONFIRMED}:
        messages.info(request, gettext("It was withdrawn before. You can register it again here."))
        return redirect("consortia:interest", call_id=found.call_id)
    form = ChangeForm(request.POST if request.method == "POST" else None, interest=found, user=user)
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
    """One press; registering again undoes it. Pressed twice it is withdrawn once."""
    found = _own(cast(User, request.user), uuid)
    withdraw(found)
    said = gettext("The interest of %(organisation)s is withdrawn. Until the deadline you can register it again.")
    messages.success(request, said % {"organisation": found.organisation_name})
    return redirect("accounts:my_page")


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
