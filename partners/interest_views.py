"""The interest form of a call."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts import addresses
from accounts.models import User
from accounts.throttling import allow_act
from calls.chain.models import Call
from partners.forms import CONSENT_WORDING, InterestForm
from partners.interests import InterestClosedError, governing_deadline, is_open, register_interest
from partners.models import Interest
from partners.views import call_context, reader_language


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def interest(request: HttpRequest, call_id: int) -> HttpResponse:
    """The form. A refused one comes back with everything that was typed, also when the deadline came first."""
    call = _public_call(call_id)
    user = request.user if isinstance(request.user, User) else None
    if request.method != "POST":
        form = InterestForm(call=call, user=user, initial=_known_about(user))
        if not is_open(call):
            return _closed(request, call)
        return _form_page(request, call, form)
    form = InterestForm(request.POST, call=call, user=user)
    if not is_open(call):
        return _closed(request, call, form)
    if not form.is_valid():
        return _form_page(request, call, form)
    if not allow_act(request, f"interest:{call.pk}", person=form.cleaned_data["email"], act=form.act):
        form.add_error(None, gettext("You sent several forms just now. Nothing is lost: try again in an hour."))
        return _form_page(request, call, form, status=429)
    try:
        register_interest(
            call, **form.answers(), language=reader_language(), consent_wording=str(CONSENT_WORDING), by=user
        )
    except InterestClosedError:
        return _closed(request, call, form)
    proved = addresses.holds(user, form.cleaned_data["email"])
    return redirect("partners:interest_registered" if proved else "partners:interest_sent", call_id=call.pk)


@require_safe
def interest_sent(request: HttpRequest, call_id: int) -> HttpResponse:
    """One more step: the link in the mail. The same for everyone, so it tells nothing about anybody."""
    return render(request, "partners/interest_sent.html", call_context(_public_call(call_id)))


@require_safe
def interest_registered(request: HttpRequest, call_id: int) -> HttpResponse:
    """Done, for somebody whose address was proved before."""
    return render(request, "partners/interest_registered.html", call_context(_public_call(call_id)))


def _public_call(call_id: int) -> Call:
    return get_object_or_404(Call.objects.public().with_chain().select_related("contact"), pk=call_id)


def _form_page(request: HttpRequest, call: Call, form: InterestForm, *, status: int = 200) -> HttpResponse:
    user = request.user if isinstance(request.user, User) else None
    shown = Interest.objects.standing().of_person(user).filter(call=call) if user else []
    facts = {"form": form, "deadline": governing_deadline(call), "consent": CONSENT_WORDING, "shown": shown}
    return render(request, "partners/interest.html", call_context(call) | facts, status=status)


def _closed(request: HttpRequest, call: Call, form: InterestForm | None = None) -> HttpResponse:
    facts = {"deadline": governing_deadline(call), "typed": form.typed() if form else []}
    return render(request, "partners/interest_closed.html", call_context(call) | facts, status=409 if form else 200)


def _known_about(user: User | None) -> dict[str, Any]:
    if user is None:
        return {}
    known: dict[str, Any] = {"contact_name": user.get_full_name(), "email": user.email}
    memberships = user.memberships.exclude(organisation__status="hidden").select_related("organisation__sector")
    if membership := memberships.order_by("pk").first():
        return known | {"organisation": membership.organisation_id, "sector": membership.organisation.sector.code}
    last = user.interests.select_related("sector").first()
    return known | ({"organisation_name": last.organisation_name, "sector": last.sector.code} if last else {})
