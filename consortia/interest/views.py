"""The interest form of a call, and where the links in the mails about an interest lead."""

from typing import Any

from django.conf import settings
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language, gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.profile import next_steps
from accounts.profile.next_steps import Deed, Done, Step
from accounts.public_forms.throttling import allow_act
from accounts.users import addresses
from accounts.users.models import User
from calls.chain.models import Call, Deadline
from calls.chain.standing import governing_deadline
from calls.pages.call_calendars import call_pages
from consortia.interest import answers, links
from consortia.interest.correcting import confirm_correction
from consortia.interest.forms import (
    CONSENT_WORDING,
    AnswersForm,
    InterestForm,
    initial_of,
    still_to_register,
)
from consortia.interest.models import Interest
from consortia.interest.profiles import in_directory, profile_page
from consortia.interest.registration import (
    AlreadyShownError,
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
    except AlreadyShownError:
        said = gettext(
            "%(organisation)s has already shown interest in this call. Nothing was overwritten: change its answers "
            "with the link above the form."
        )
        field = "organisation" if "organisation" in form.fields else "organisation_name"
        form.add_error(field, said % {"organisation": form.cleaned_data["organisation_name"]})
        return _form_page(request, call, form, status=409)
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
    """Empty but for what is known. Who has nothing left to register sees what stands, unless it is about `another` one
    or one that is registered `again`.
    """
    if not is_open(call):
        return closed_page(request, call)
    own = _standing(call, user)
    if own and not still_to_register(user, call).exists() and not {"another", "again"} & set(request.GET):
        return redirect("consortia:change_interest", uuid=own[0].uuid) if len(own) == 1 else _form_page(request, call)
    last = _last(request, call, user)
    form = InterestForm(call=call, user=user, initial=_known_about(request, call, user, last))
    return _form_page(request, call, form, last=last)


def _standing(call: Call, user: User | None) -> list[Interest]:
    """What this person, or an organisation of theirs, has in this call."""
    if user is None:
        return []
    return list(Interest.objects.standing().of_person(user).filter(call=call).select_related("organisation")[:20])


@never_cache
@require_safe
def interest_sent(request: HttpRequest, call_id: int) -> HttpResponse:
    """One more step: the link in the mail. It tells nothing about the address; what is offered depends on who reads."""
    return render(request, "consortia/interest_sent.html", _with_steps(request, call_context(public_call(call_id))))


@never_cache
@require_safe
def interest_registered(request: HttpRequest, call_id: int) -> HttpResponse:
    """Done, for somebody whose address was proved before; and where to go on."""
    call = public_call(call_id)
    user = request.user if isinstance(request.user, User) else None
    facts = {"interests": [each for each in _standing(call, user) if each.confirmed_at]}
    return render(request, "consortia/interest_registered.html", _with_steps(request, call_context(call) | facts))


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
    namesake = in_directory(found.organisation_name) if found.organisation_id is None else None
    profile = profile_page(found) if namesake or found.status == Interest.Status.CONFIRMED else ""
    facts = _interest_context(found) | {"profile_page": profile, "namesake": namesake}
    if found.status == Interest.Status.CONFIRMED:
        facts = _with_steps(request, facts)
    return render(request, "consortia/confirm_interest.html", facts)


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


def _form_page(
    request: HttpRequest,
    call: Call,
    form: InterestForm | None = None,
    *,
    last: Interest | None = None,
    status: int = 200,
) -> HttpResponse:
    """The form, which holds what `last` said; without one only what stands already."""
    user = request.user if isinstance(request.user, User) else None
    shown = _standing(call, user)
    facts = {
        "form": form,
        "deadline": governing_deadline(call, Deadline.Governs.INTEREST),
        "consent": CONSENT_WORDING,
        "shown": shown,
        "last": last,
        "namesake": _namesake(form, user),
    }
    return render(request, "consortia/interest.html", call_context(call) | facts, status=status)


def closed_page(request: HttpRequest, call: Call, form: AnswersForm | None = None) -> HttpResponse:
    """Too late, with what was typed."""
    facts = {"deadline": governing_deadline(call, Deadline.Governs.INTEREST), "typed": form.typed() if form else []}
    return render(request, "consortia/interest_closed.html", call_context(call) | facts, status=409 if form else 200)


def _last(request: HttpRequest, call: Call, user: User | None) -> Interest | None:
    """What was said in this call before it was withdrawn, by the very organisation that the form begins with."""
    if user is None or "another" in request.GET:
        return None
    free = still_to_register(user, call)
    withdrawn = (
        Interest.objects.of_person(user)
        .select_related("sector", "organisation")
        .filter(
            Q(organisation=None) | Q(organisation__in=free.values("pk")), call=call, status=Interest.Status.WITHDRAWN
        )
    )
    if again := request.GET.get("again"):
        return next((each for each in withdrawn[:50] if str(each.uuid) == again), None)
    if Organisation.objects.acted_for_by(user).exists():
        return withdrawn.filter(organisation=free[0]).first() if len(free[:2]) == 1 else None
    return withdrawn.filter(organisation=None).first()


def _known_about(request: HttpRequest, call: Call, user: User | None, last: Interest | None) -> dict[str, Any]:
    """Who it is, for which organisation as far as there is one choice, and what that one said before."""
    if user is None:
        return {}
    known: dict[str, Any] = {"contact_name": user.get_full_name(), "email": user.email}
    if last:
        known = initial_of(last) | known
    free = list(still_to_register(user, call)[:2])
    organisation = last.organisation if last else free[0] if len(free) == 1 and "another" not in request.GET else None
    if organisation:
        return known | {"organisation": organisation.pk, "sector": organisation.sector.code}
    if last is None and not Organisation.objects.acted_for_by(user).exists():
        last = user.interests.filter(organisation=None).select_related("sector").first()
    return known | ({"organisation_name": last.organisation_name, "sector": last.sector.code} if last else {})


def _namesake(form: InterestForm | None, user: User | None) -> Organisation | None:
    """The organisation of the directory that is called like the one that was filled in, if it is nobody's here."""
    name = " ".join(form.data.get("organisation_name", "").split()) if form and form.is_bound else ""
    found = in_directory(name) if name else None
    return None if found and Organisation.objects.acted_for_by(user).filter(pk=found.pk).exists() else found


def _with_steps(request: HttpRequest, facts: dict[str, Any]) -> dict[str, Any]:
    """What a page shows, and what is open to this reader once an interest in its call was sent or confirmed."""
    user = request.user if isinstance(request.user, User) else None
    done = Done(Deed.INTEREST, (f"call:{facts['call'].pk}",), user, _reader_language())
    own = [Step(gettext("Back to the call"), facts["call_page"].url)] if facts["call_page"] else []
    return facts | {"steps": next_steps.after(done, *own)}


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
