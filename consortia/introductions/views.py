"""Where members ask for an introduction, and the page of one, on which the other side answers."""

from typing import Any, cast

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language, gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.public_forms import throttling
from accounts.users.models import User
from consortia.interest.emails import call_words
from consortia.interest.models import Interest
from consortia.introductions import answering, asking, rules
from consortia.introductions.forms import AnswerForm, AskForm
from consortia.introductions.models import Introduction
from hub.pages.renaming import follows_renaming
from partners.organisations.models import Organisation

DAY = 24 * 3600
# So many different organisations one person may ask in a day, whatever the call.
MOST_A_DAY = 10


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@follows_renaming(Organisation.objects.public)
def ask(request: HttpRequest, call_id: int, slug: str, organisation: int) -> HttpResponse:
    """Write to another interested organisation; what was asked before opens instead."""
    interest = rules.own_interest(request, call_id, slug)
    own = cast(Organisation, interest.organisation)
    shown = Interest.objects.shown().filter(call=interest.call).values("organisation")
    other = get_object_or_404(Organisation.objects.public().filter(pk__in=shown).exclude(pk=own.pk), pk=organisation)
    if known := asking.standing(interest.call, own, other):
        return redirect(known)
    form = AskForm(request.POST if request.method == "POST" else None)
    made = _asked(request, interest, own, other, form) if form.is_valid() else None
    if made:
        messages.success(request, gettext("Your message is on its way. You hear from us when they answer."))
        return redirect(made)
    facts = {
        "form": form,
        "call_id": call_id,
        "organisation": own,
        "other": other,
        "call": call_words(interest.call, _language()),
        "is_possible": asking.is_possible(interest.call, own, other),
        "crumbs": [_my_page(), {"title": gettext("Who completes you"), "url": _matches(interest, own)}],
    }
    return render(request, "consortia/introductions/ask.html", facts, status=422 if form.errors else 200)


def _asked(
    request: HttpRequest, interest: Interest, own: Organisation, other: Organisation, form: AskForm
) -> Introduction | None:
    """The introduction; what stands against it stands in the form."""
    user = cast(User, request.user)
    if not throttling.allow("introductions", str(user.pk), limit=MOST_A_DAY, per=DAY):
        form.add_error(None, gettext("You asked for many introductions today. Nothing is lost: send this tomorrow."))
        return None
    try:
        return asking.ask(interest.call, on_behalf_of=own, to=other, message=form.cleaned_data["message"], by=user)
    except (asking.NotPossibleError, asking.DeclinedError):
        form.add_error(None, gettext("This is not possible any more: something changed meanwhile. Nothing was sent."))
        return None


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def introduction(request: HttpRequest, pk: int) -> HttpResponse:
    """One introduction, for the people of the two: the message, the answer, and after a yes the contact."""
    found = rules.seen(request, pk)
    allowed = rules.rights(found, cast(User, request.user))
    form = AnswerForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        _act(request, found, allowed, form)
        return redirect(found)
    own = {each.pk for each in Organisation.objects.filter(memberships__user=cast(User, request.user))}
    facts: dict[str, Any] = {
        "introduction": found,
        "rights": allowed,
        "form": form,
        "is_ours": found.from_organisation_id in own,
        "is_theirs": found.to_organisation_id in own,
        "call": call_words(found.call, _language()),
        "crumbs": [_my_page()],
    }
    if found.status == Introduction.Status.ACCEPTED:
        facts["asker"] = rules.contact(found.asked_by, found.from_organisation)
        facts["goes_on"] = asking.takes_introductions(found.call)
        facts["answerer"] = rules.contact(found.answered_by, found.to_organisation)
    return render(request, "consortia/introductions/introduction.html", facts, status=422 if form.errors else 200)


def _act(request: HttpRequest, found: Introduction, allowed: rules.Rights, form: AnswerForm) -> None:
    """Do what the button says, once; sent again it changes nothing, and the page shows what holds."""
    user, note = cast(User, request.user), form.cleaned_data["note"]
    names = {"asks": found.from_organisation.name, "asked": found.to_organisation.name}
    match form.cleaned_data["answer"]:
        case "accept" if allowed.answer and answering.accept(found, by=user, note=note):
            messages.success(request, gettext("You are in touch with %(asks)s now.") % names)
        case "decline" if allowed.answer and answering.decline(found, by=user, note=note):
            messages.success(request, gettext("You said no to %(asks)s. They hear it politely.") % names)
        case "withdraw" if allowed.withdraw and asking.withdraw(found):
            messages.success(request, gettext("Your message to %(asked)s is taken back.") % names)
        case _:
            messages.info(request, gettext("Nothing was changed: see below what holds now."))


def _language() -> str:
    return get_language() or settings.LANGUAGE_CODE


def _my_page() -> dict[str, str]:
    return {"title": gettext("My page"), "url": reverse("accounts:my_page")}


def _matches(interest: Interest, own: Organisation) -> str:
    return reverse("consortia:matches", args=[interest.call_id, own.slug])
