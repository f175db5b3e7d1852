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

from accounts.users.models import User
from calls.chain.models import Call
from consortia.interest.emails import call_words
from consortia.interest.models import Interest
from consortia.introductions import answering, asking, rules
from consortia.introductions.forms import AnswerForm, AskForm
from consortia.introductions.models import Introduction
from hub.dates.words import day
from hub.pages.renaming import follows_renaming
from partners.organisations.models import Organisation


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
    form = AskForm(request.POST if request.method == "POST" else None)
    if known := asking.standing(interest.call, own, other):
        return _known(request, known, own, form)
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
        "acts_for_both": rules.act_for_both(cast(User, request.user), own, other),
        "crumbs": [_my_page(), _who_completes(interest, own)],
    }
    return render(request, "consortia/introductions/ask.html", facts, status=422 if form.errors else 200)


def _known(request: HttpRequest, known: Introduction, own: Organisation, form: AskForm) -> HttpResponse:
    """What was asked before; other words than those are not sent, and not lost."""
    is_repeated = known.from_organisation_id == own.pk and form["message"].value() == known.message
    if not form.is_valid() or is_repeated:
        return redirect(known)
    return _page(request, known, AnswerForm(), unsent=form.cleaned_data["message"], status=409)


def _asked(
    request: HttpRequest, interest: Interest, own: Organisation, other: Organisation, form: AskForm
) -> Introduction | None:
    """The introduction; what stands against it stands in the form."""
    user = cast(User, request.user)
    try:
        return asking.ask(interest.call, on_behalf_of=own, to=other, message=form.cleaned_data["message"], by=user)
    except asking.TooManyError:
        said = gettext("You asked %(number)d organisations in 24 hours, the most. Nothing is lost: send this tomorrow.")
        form.add_error(None, said % {"number": asking.MOST_A_DAY})
        return None
    except asking.TooSoonError:
        said = gettext(
            "You asked %(name)s less than 24 hours ago and took it back. Nothing is lost: send this tomorrow."
        )
        form.add_error(None, said % {"name": other.name})
        return None
    except (asking.NotPossibleError, asking.DeclinedError):
        form.add_error(None, gettext("This is not possible any more: something changed meanwhile. Nothing was sent."))
        return None


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def introduction(request: HttpRequest, pk: int) -> HttpResponse:
    """One introduction, for the people of the two: the message, the answer, and after a yes the contact."""
    found = rules.seen(request, pk)
    form = AnswerForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        _act(request, found, rules.rights(found, cast(User, request.user)), form)
        return redirect(found)
    return _page(request, found, form, status=422 if form.errors else 200)


def _page(
    request: HttpRequest, found: Introduction, form: AnswerForm, *, unsent: str = "", status: int = 200
) -> HttpResponse:
    """`unsent` are words that were written when the two had been asked already."""
    user = cast(User, request.user)
    own = {each.pk for each in Organisation.objects.filter(memberships__user=user)}
    is_ours, is_theirs = found.from_organisation_id in own, found.to_organisation_id in own
    own_one = found.from_organisation if is_ours else found.to_organisation
    facts: dict[str, Any] = {
        "introduction": found,
        "rights": rules.rights(found, user),
        "form": form,
        "unsent": unsent,
        "is_ours": is_ours,
        "is_theirs": is_theirs,
        "call": call_words(found.call, _language()),
        "crumbs": [_my_page(), *_own_matches(found, own_one)],
    }
    if found.status == Introduction.Status.ACCEPTED:
        facts["asker"] = rules.contact(found.asked_by, found.from_organisation)
        facts["goes_on"] = asking.takes_introductions(found.call)
        interest = rules.interest_of(own_one, found.call)
        facts["own_interests"] = [interest] if interest else []
        facts["answerer"] = rules.contact(found.answered_by, found.to_organisation)
    return render(request, "consortia/introductions/introduction.html", facts, status=status)


def _own_matches(found: Introduction, own: Organisation) -> list[dict[str, str]]:
    """The list of its matches, as long as an organisation takes part in a call that has a page."""
    interest = rules.interest_of(own, found.call) if own.status != Organisation.Status.HIDDEN else None
    is_public = interest is not None and Call.objects.public().filter(pk=found.call_id).exists()
    return [_who_completes(interest, own)] if interest and is_public else []


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
            found.refresh_from_db()
            said = {
                Introduction.Status.ACCEPTED: gettext("Nothing was changed: %(asked)s already said yes on %(day)s."),
                Introduction.Status.DECLINED: gettext("Nothing was changed: %(asked)s already said no on %(day)s."),
            }.get(Introduction.Status(found.status), gettext("Nothing was changed: see below what holds now."))
            messages.info(request, said % (names | {"day": day(found.answered_at)}))


def _language() -> str:
    return get_language() or settings.LANGUAGE_CODE


def _my_page() -> dict[str, str]:
    return {"title": gettext("My page"), "url": reverse("accounts:my_page")}


def _who_completes(interest: Interest, own: Organisation) -> dict[str, str]:
    title = gettext("Who completes %(name)s") % {"name": own.name}
    return {"title": title, "url": reverse("consortia:matches", args=[interest.call_id, own.slug])}
