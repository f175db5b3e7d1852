"""Where somebody asks to manage a profile, or proposes one."""

from typing import Any, cast

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language, gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.public_forms.throttling import allow_act
from accounts.users import addresses
from accounts.users.models import User
from hub.pages.renaming import follows_renaming
from partners.claims import claiming
from partners.claims.duplicates import Suggestion
from partners.claims.forms import ClaimForm, ProposalForm, SimilarForm
from partners.claims.models import Claim
from partners.members.views import crumbs
from partners.organisations.domains import of_website
from partners.organisations.models import Organisation


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@follows_renaming(Organisation.objects.public)
def claim(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask to manage a profile of the directory."""
    user = cast(User, request.user)
    organisation = get_object_or_404(Organisation.objects.public(), slug=slug)
    if organisation.memberships.filter(user=user).exists():
        return redirect("partners:manage", slug=slug)
    form = ClaimForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and _claimed(request, organisation, form):
        messages.success(request, gettext("The centre looks at it and writes to you."))
        return redirect("accounts:my_page")
    facts = {
        "organisation": organisation,
        "form": form,
        "from_elsewhere": claiming.is_from_elsewhere(user, organisation.website),
        "domain": of_website(organisation.website),
        "waits": Claim.objects.waiting().filter(user=user, organisation=organisation).exists(),
        "crumbs": _crumbs(organisation),
    }
    return render(request, "partners/claims/claim.html", facts, status=422 if form.errors else 200)


def _claimed(request: HttpRequest, organisation: Organisation, form: ClaimForm) -> bool:
    user = cast(User, request.user)
    if not _may_act(request, form, form.cleaned_data):
        return False
    try:
        claiming.claim(organisation, by=user, **form.cleaned_data)
    except claiming.TooManyError:
        form.add_error(None, _too_many())
    return not form.errors


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def propose(request: HttpRequest) -> HttpResponse:
    """Propose a profile: asked first whether it is not one of those that are there.

    What is known from elsewhere, as from an interest in a call, stands in the address: `name`, `sector` by its code.
    """
    user = cast(User, request.user)
    new = Organisation(original_language=get_language() or settings.LANGUAGE_CODE)
    known = {"name": request.GET.get("name", "")[:160], "sector": request.GET.get("sector", "")[:40]}
    form = ProposalForm(request.POST if request.method == "POST" else None, instance=new, initial=known)
    similar: list[Suggestion] = []
    elsewhere = False
    if request.method == "POST":
        similar = SimilarForm(request.POST).found(_mailboxes(user))
        website = request.POST.get("website", "")
        elsewhere = bool(of_website(website)) and claiming.is_from_elsewhere(user, website)
        is_sure = form.is_valid() and (form.cleaned_data["sure"] or not (similar or elsewhere))
        if is_sure and _proposed(request, form):
            messages.success(request, gettext("The centre looks at it and writes to you."))
            return redirect("accounts:my_page")
    asks = form.is_bound and not form.errors
    facts = {"form": form, "similar": similar, "from_elsewhere": elsewhere, "asks": asks, "crumbs": crumbs()}
    return render(request, "partners/claims/propose.html", facts, status=422 if form.is_bound else 200)


def _proposed(request: HttpRequest, form: ProposalForm) -> bool:
    answers = form.cleaned_data
    if not _may_act(request, form, answers):
        return False
    told = {name: answers[name] for name in ("summary", "position", "message")}
    try:
        with transaction.atomic():
            claiming.propose(form.instance, by=cast(User, request.user), **told)
    except claiming.TooManyError:
        form.add_error(None, _too_many())
    except IntegrityError:
        form.add_error(None, gettext("Somebody saved something at the same moment. Nothing is lost: send it again."))
    return not form.errors


@never_cache
@login_required
@require_safe
def similar(request: HttpRequest) -> HttpResponse:
    """Likely duplicates while somebody types."""
    found = SimilarForm(request.GET).found(_mailboxes(cast(User, request.user)))
    return render(request, "partners/claims/similar.html", {"similar": found})


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, claim: int) -> HttpResponse:
    """Asks once, then nobody looks at the claim any more."""
    own = Claim.objects.select_related("organisation")
    found = get_object_or_404(own, pk=claim, user=cast(User, request.user))
    if request.method == "POST" and claiming.withdraw(found):
        messages.success(request, gettext("Nobody looks at it any more."))
    if request.method == "POST" or found.status != Claim.Status.WAITING:
        return redirect("accounts:my_page")
    return render(request, "partners/claims/withdraw.html", {"claim": found, "crumbs": crumbs()})


def _mailboxes(user: User) -> list[str]:
    return list(addresses.proved_by(user))


def _may_act(request: HttpRequest, form: Any, act: dict[str, Any]) -> bool:
    if allow_act(request, "claim", person=cast(User, request.user).email, act=act):
        return True
    form.add_error(None, gettext("You sent several forms just now. Nothing is lost: try again in an hour."))
    return False


def _too_many() -> str:
    return gettext("Several of your claims wait for the centre already. Take one back on your page, or wait a little.")


def _crumbs(organisation: Organisation) -> list[dict[str, str]]:
    directory = {"title": gettext("Partners"), "url": reverse("partners:directory")}
    return [directory, {"title": organisation.name, "url": organisation.get_absolute_url()}]
