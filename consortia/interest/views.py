"""The interest form of a call, and where the links in the mails about an interest lead."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language, gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.public_forms.throttling import allow_act
from accounts.users import addresses
from accounts.users.models import User
from calls.chain.models import Call, Deadline
from calls.chain.standing import governing_deadline
from calls.pages.call_calendars import call_pages
from consortia.interest import answers, links
from consortia.interest.correcting import confirm_correction
from consortia.interest.forms import CONSENT_WORDING, AnswersForm, InterestForm, initial_of
from consortia.interest.models import Interest
from consortia.interest.profiles import profile_page
from consortia.interest.registration import (
    InterestClosedError,
    NotYoursError,
    ask_again,
    confirm,
    is_open,
    register_interest,
    withdraw,
)
from partners.organisations.models import Organisation


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def interest(request: HttpRequest, call_id: int) -> HttpResponse:
    """The form. A refused one comes back with everything that was typed, also when the deadline came first."""
    call = public_call(call_id)
    user = request.user if isinstance(request.user, User) else None
    if request.method != "POST":
        return _empty_form(request, call, user)
    form = InterestForm(request.POST, call=call, user=user)
    if not is_open(call):
        return closed_page(request, call, form)
    if not form.is_valid():
        return _form_page(request, call, form)
    if not allow_act(request, f"interest:{call.pk}", person=form.cleaned_data["email"], act=form.act):
        form.add_error(None, gettext("You sent several forms just now. Nothing is lost: try again in an hour."))
        return _form_page(request, call, form, status=429)
    proved = addresses.holds(user, form.cleaned_data["email"])
    try:
        register_interest(
            call, **form.answers(), language=_reader_language(), consent_wording=str(CONSENT_WORDING), by=user
        )
    except InterestClosedError:
        return closed_page(request, call, form)
    except NotYoursError:
        if proved:
            form.add_error(
                None,
                gettext(
                    "This organisation shows its interest already, and only who acts for it here can change that. "
                    "Nothing was changed: ask one of its people, or us."
                ),
            )
            return _form_page(request, call, form, status=409)
        # Nobody else learns whether there is anything.
    return redirect("consortia:interest_registered" if proved else "consortia:interest_sent", call_id=call.pk)


def _empty_form(request: HttpRequest, call: Call, user: User | None) -> HttpResponse:
    """Empty but for what is known; who has one interest here is led to it, unless it is about `another` one."""
    if not is_open(call):
        return closed_page(request, call)
    own = _standing(call, user)
    if len(own) == 1 and "another" not in request.GET:
        return redirect("consortia:change_interest", uuid=own[0].uuid)
    return _form_page(request, call, InterestForm(call=call, user=user, initial=_known_about(user, call)))


def _standing(call: Call, user: User | None) -> list[Interest]:
    """What this person, or an organisation of theirs, has in this call."""
    return list(Interest.objects.standing().of_person(user).filter(call=call)[:20]) if user else []


@require_safe
def interest_sent(request: HttpRequest, call_id: int) -> HttpResponse:
    """One more step: the link in the mail. The same for everyone, so it tells nothing about anybody."""
    return render(request, "consortia/interest_sent.html", call_context(public_call(call_id)))


@require_safe
def interest_registered(request: HttpRequest, call_id: int) -> HttpResponse:
    """Done, for somebody whose address was proved before."""
    return render(request, "consortia/interest_registered.html", call_context(public_call(call_id)))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def confirm_interest(request: HttpRequest, token: str) -> HttpResponse:
    """Where the link in the first mail leads: GET shows what was filled in, POST confirms it."""
    found = links.interest_to_confirm(token)
    if found is None:
        return _too_late(request, token)
    if request.method == "POST":
        confirm(found)
        return redirect("consortia:confirm_interest", token=token)
    profile = profile_page(found) if found.status == Interest.Status.CONFIRMED else ""
    return render(request, "consortia/confirm_interest.html", _interest_context(found) | {"profile_page": profile})


def _too_late(request: HttpRequest, token: str) -> HttpResponse:
    """A link that became too old lost nothing: one press mails another one."""
    waiting = links.interest_asked_long_ago(token)
    if waiting is None:
        return render(request, "consortia/link_unknown.html", status=404)
    if request.method == "POST":
        ask_again(waiting)
        return redirect("consortia:interest_sent", call_id=waiting.call_id)
    return render(request, "consortia/link_expired.html", call_context(waiting.call), status=410)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def correct_interest(request: HttpRequest, token: str) -> HttpResponse:
    """Where the link about other answers leads: GET shows them, POST lets them replace what counted."""
    found = links.interest_to_correct(token)
    if found is None or (request.method == "POST" and not confirm_correction(found)):
        return render(request, "consortia/link_unknown.html", status=404)
    if request.method == "POST":
        return redirect("consortia:interest_registered", call_id=found.call_id)
    return render(request, "consortia/correct_interest.html", _interest_context(found, found.proposed))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw_interest(request: HttpRequest, token: str) -> HttpResponse:
    """Where the link in the receipt leads: GET asks, POST withdraws."""
    found = links.interest_to_withdraw(token)
    if found is None:
        return render(request, "consortia/link_unknown.html", status=404)
    if request.method == "POST":
        withdraw(found)
        return redirect("consortia:withdraw_interest", token=token)
    return render(request, "consortia/withdraw_interest.html", _interest_context(found))


def public_call(call_id: int) -> Call:
    """The call, if visitors may see it; else there is none."""
    return get_object_or_404(Call.objects.public().with_chain().select_related("contact"), pk=call_id)


def _form_page(request: HttpRequest, call: Call, form: InterestForm, *, status: int = 200) -> HttpResponse:
    user = request.user if isinstance(request.user, User) else None
    shown = _standing(call, user)
    facts = {
        "form": form,
        "deadline": governing_deadline(call, Deadline.Governs.INTEREST),
        "consent": CONSENT_WORDING,
        "shown": shown,
    }
    return render(request, "consortia/interest.html", call_context(call) | facts, status=status)


def closed_page(request: HttpRequest, call: Call, form: AnswersForm | None = None) -> HttpResponse:
    """Too late, with what was typed."""
    facts = {"deadline": governing_deadline(call, Deadline.Governs.INTEREST), "typed": form.typed() if form else []}
    return render(request, "consortia/interest_closed.html", call_context(call) | facts, status=409 if form else 200)


def _known_about(user: User | None, call: Call) -> dict[str, Any]:
    """Who it is, and what was said before it was withdrawn."""
    if user is None:
        return {}
    known: dict[str, Any] = {"contact_name": user.get_full_name(), "email": user.email}
    acted_for = Organisation.objects.acted_for_by(user).values("pk")
    memberships = user.memberships.filter(organisation__in=acted_for).select_related("organisation__sector")
    membership = memberships.order_by("pk").first()
    of_person = Interest.objects.of_person(user).select_related("sector")
    last = of_person.filter(status=Interest.Status.WITHDRAWN, call=call).first()
    if last:
        known = initial_of(last) | known
    if membership:
        return known | {"organisation": membership.organisation_id, "sector": membership.organisation.sector.code}
    last = last or user.interests.select_related("sector").first()
    return known | ({"organisation_name": last.organisation_name, "sector": last.sector.code} if last else {})


def _interest_context(interest: Interest, said: dict[str, Any] | None = None) -> dict[str, Any]:
    return call_context(interest.call) | answers.shown(interest, said)


def call_context(call: Call) -> dict[str, Any]:
    """The call with its words in the reader's language."""
    page = call_pages([call], _reader_language()).get(call.pk)
    title = page.title if page else str(call.title)
    steps = [page.get_parent(), page] if page else []
    crumbs = [{"title": step.title, "url": step.url} for step in steps]
    return {"call": call, "call_page": page, "call_title": title, "crumbs": crumbs}


def _reader_language() -> str:
    return get_language() or settings.LANGUAGE_CODE
