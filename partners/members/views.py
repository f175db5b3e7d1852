"""Where owners say who acts for their organisation, and where the link of an invitation leads."""

from collections.abc import Callable
from functools import wraps
from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.public_forms.throttling import allow_act
from accounts.users import addresses
from accounts.users.models import User
from hub.pages.renaming import follows_renaming
from partners.members import inviting, links, roles, rules
from partners.members.forms import InvitationForm, RoleForm
from partners.members.models import Invitation
from partners.organisations.models import Membership, Organisation

View = Callable[..., HttpResponse]


def crumbs(organisation: Organisation | None = None) -> list[dict[str, str]]:
    """The way to what is about one's own organisation."""
    found = [{"title": _("My page"), "url": reverse("accounts:my_page")}]
    if organisation:
        found.append({"title": organisation.name, "url": reverse("partners:manage", args=[organisation.slug])})
    return found


def owners_only(view: View) -> View:
    """For a view of one organisation: a stranger finds nothing, an editor is told whom to ask."""

    @never_cache
    @login_required
    @require_http_methods(["GET", "HEAD", "POST"])
    @follows_renaming(Organisation.objects.public)
    @wraps(view)
    def wrapped(request: HttpRequest, slug: str, **kwargs: Any) -> HttpResponse:
        organisation = rules.managed(request.user, slug)
        if rules.rights(request.user, organisation).decide:
            return view(request, organisation, **kwargs)
        owners = organisation.memberships.filter(role=Membership.Role.OWNER).select_related("user")[:20]
        facts = {"organisation": organisation, "owners": owners, "crumbs": crumbs(organisation)}
        return render(request, "partners/members/owners_only.html", facts, status=403)

    return wrapped


@owners_only
def invite(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """Ask somebody by mail to act for the organisation."""
    form = InvitationForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and _invited(request, organisation, form):
        messages.success(request, _("The invitation is on its way to %(email)s.") % form.cleaned_data)
        return redirect("partners:manage", slug=organisation.slug)
    facts = {"organisation": organisation, "form": form, "crumbs": crumbs(organisation)}
    return render(request, "partners/members/invite.html", facts, status=422 if form.errors else 200)


def _invited(request: HttpRequest, organisation: Organisation, form: InvitationForm) -> bool:
    email = form.cleaned_data["email"]
    if not allow_act(request, f"invite:{organisation.pk}", person=email, act=form.cleaned_data):
        form.add_error(None, _("You sent several forms just now. Nothing is lost: try again in an hour."))
        return False
    try:
        inviting.invite(organisation, **form.cleaned_data, by=cast(User, request.user))
    except inviting.AlreadyMemberError:
        form.add_error("email", _("Whoever holds this address acts for the organisation already."))
    except inviting.TooManyError:
        form.add_error(None, _("Many invitations wait for an answer already. Take one of them back first."))
    return not form.errors


@owners_only
def withdraw_invitation(request: HttpRequest, organisation: Organisation, uuid: UUID) -> HttpResponse:
    """Asks once, then the link in the mail works no more."""
    found = get_object_or_404(Invitation.objects.waiting(), organisation=organisation, uuid=uuid)
    if request.method == "POST":
        inviting.withdraw(found)
        messages.success(request, _("The invitation to %(email)s is taken back.") % {"email": found.email})
        return redirect("partners:manage", slug=organisation.slug)
    facts = {"organisation": organisation, "invitation": found, "crumbs": crumbs(organisation)}
    return render(request, "partners/members/withdraw_invitation.html", facts)


@owners_only
def member(request: HttpRequest, organisation: Organisation, membership: int) -> HttpResponse:
    """The role of somebody; another one is told by mail."""
    found = _member(organisation, membership)
    form = RoleForm(request.POST if request.method == "POST" else None, initial={"role": found.role})
    if form.is_valid():
        try:
            roles.change_role(found, role=form.cleaned_data["role"], by=cast(User, request.user))
        except roles.LastOwnerError:
            form.add_error("role", last_owner_words())
        else:
            messages.success(request, _("The role of %(name)s is saved.") % {"name": found.user})
            return redirect(_after(request, organisation))
    facts = {"organisation": organisation, "membership": found, "form": form, "crumbs": crumbs(organisation)}
    return render(request, "partners/members/member.html", facts, status=422 if form.errors else 200)


@owners_only
def remove(request: HttpRequest, organisation: Organisation, membership: int) -> HttpResponse:
    """Asks once, then the person no longer acts for the organisation."""
    return _end(request, organisation, _member(organisation, membership))


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@follows_renaming(Organisation.objects.public)
def leave(request: HttpRequest, slug: str) -> HttpResponse:
    """Asks once, then one no longer acts for the organisation."""
    own = Membership.objects.select_related("user", "organisation")
    found = get_object_or_404(own, user=cast(User, request.user), organisation__slug=slug)
    return _end(request, found.organisation, found)


def _end(request: HttpRequest, organisation: Organisation, membership: Membership) -> HttpResponse:
    user = cast(User, request.user)
    is_own, is_last = membership.user_id == user.pk, roles.is_last_owner(membership, by=user)
    if request.method == "POST":
        try:
            roles.remove(membership, by=user)
        except roles.LastOwnerError:
            is_last = True
        else:
            said = _("You left %(organisation)s.") if is_own else _("%(name)s no longer acts for %(organisation)s.")
            messages.success(request, said % {"name": membership.user, "organisation": organisation.name})
            return redirect(_after(request, organisation))
    facts = {"organisation": organisation, "membership": membership, "is_own": is_own, "crumbs": crumbs(organisation)}
    facts["problem"] = last_owner_words() if is_last else ""
    status = 409 if is_last and request.method == "POST" else 200
    return render(request, "partners/members/end.html", facts, status=status)


def last_owner_words() -> str:
    # Staff are not refused, and who decides is an owner: nobody but the last owner is told this.
    return _("You are the last owner. Make somebody else an owner first: without one nobody could invite people.")


def _member(organisation: Organisation, key: int) -> Membership:
    return get_object_or_404(
        Membership.objects.select_related("user", "organisation"), pk=key, organisation=organisation
    )


def _after(request: HttpRequest, organisation: Organisation) -> str:
    """Back to the organisation, for who still manages it."""
    if Organisation.objects.managed_by(cast(User, request.user)).filter(pk=organisation.pk).exists():
        return reverse("partners:manage", args=[organisation.slug])
    return reverse("accounts:my_page")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Where the link in the mail leads: says who asks; only the button accepts."""
    found = links.invitation_of(token)
    if found is None:
        return render(request, "partners/members/invitation_over.html", status=404)
    user = request.user if isinstance(request.user, User) else None
    if found.status == Invitation.Status.ACCEPTED and rules.rights(user, found.organisation).leave:
        return redirect("partners:manage", slug=found.organisation.slug)
    if found.status != Invitation.Status.WAITING or found.is_late:
        return render(request, "partners/members/invitation_over.html", {"invitation": found}, status=410)
    if request.method == "POST" and user and addresses.holds(user, found.email):
        return _accepted(request, found, user)
    facts = {"invitation": found, "is_theirs": addresses.holds(user, found.email), "next": request.path}
    refused = request.method == "POST"
    return render(request, "partners/members/invitation.html", facts, status=403 if refused else 200)


def _accepted(request: HttpRequest, invitation: Invitation, user: User) -> HttpResponse:
    try:
        inviting.accept(invitation, by=user)
    except (inviting.OverError, inviting.WrongPersonError):
        return render(request, "partners/members/invitation_over.html", {"invitation": invitation}, status=410)
    organisation = invitation.organisation
    messages.success(request, _("You act for %(organisation)s now.") % {"organisation": organisation.name})
    return redirect("partners:manage", slug=organisation.slug)
