"""What members see of their organisation, and the form of its profile."""

from typing import Any, cast

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.users.models import User
from hub.pages.renaming import follows_renaming
from partners.members import rules
from partners.members.views import crumbs
from partners.organisations.locking import hold
from partners.organisations.models import Membership, Organisation
from partners.profile import editing
from partners.profile.completeness import lacks
from partners.profile.forms import ProfileForm

_SHOWN = 100


@never_cache
@login_required
@require_safe
@follows_renaming(Organisation.objects.public)
def manage(request: HttpRequest, slug: str) -> HttpResponse:
    """One's organisation: what its profile lacks, who acts for it, who is invited."""
    organisation = rules.managed(request.user, slug)
    rights = rules.rights(request.user, organisation)
    members = organisation.memberships.select_related("user").order_by("-role", "user__first_name", "pk")
    facts = {
        "organisation": organisation,
        "rights": rights,
        "lacks": lacks(organisation, get_language() or settings.LANGUAGE_CODE),
        "members": members[:_SHOWN],
        "owner": Membership.Role.OWNER,
        "invitations": organisation.invitations.waiting()[:_SHOWN] if rights.decide else [],
        "crumbs": crumbs(),
    }
    return render(request, "partners/profile/manage.html", facts)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@follows_renaming(Organisation.objects.public)
def profile(request: HttpRequest, slug: str) -> HttpResponse:
    """The form; when somebody else saved meanwhile it comes back with both people's words."""
    organisation = rules.managed(request.user, slug)
    if request.method == "POST":
        with transaction.atomic():
            hold(organisation)
            return _sent(request, Organisation.objects.get(pk=organisation.pk))
    form = ProfileForm(instance=organisation, initial=editing.shown(organisation))
    return _page(request, organisation, form)


def _sent(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    now, before = editing.shown(organisation), editing.loaded(request.POST)
    form = ProfileForm(request.POST, request.FILES, instance=organisation, initial=now)
    if before is not None and before != now:
        data, told = editing.merged(form, request.POST, before, now)
        again = ProfileForm(data, instance=organisation, initial=now)
        return _page(request, organisation, again, status=409, their_changes=told)
    if form.is_valid() and _saved(request, organisation, form):
        messages.success(request, gettext("The profile is saved."))
        return redirect("partners:manage", slug=organisation.slug)
    return _page(request, organisation, form, status=422)


def _saved(request: HttpRequest, organisation: Organisation, form: ProfileForm) -> bool:
    try:
        with transaction.atomic():
            editing.save(organisation, form, by=cast(User, request.user))
    except IntegrityError:
        # Somebody took the same number for another profile in this very moment: the form says so when it is sent again.
        form.add_error(None, gettext("Somebody saved something at the same moment. Nothing is lost: send it again."))
    return not form.errors


def _page(
    request: HttpRequest, organisation: Organisation, form: ProfileForm, *, status: int = 200, **more: Any
) -> HttpResponse:
    stored = Organisation.objects.with_facts().get(pk=organisation.pk)
    facts = {
        "organisation": stored,
        "form": form,
        "seen": editing.signed(editing.shown(stored)),
        "lacks": lacks(stored, get_language() or settings.LANGUAGE_CODE),
        "crumbs": crumbs(stored),
    }
    return render(request, "partners/profile/profile.html", facts | more, status=status)
