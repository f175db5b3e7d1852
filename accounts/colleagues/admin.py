"""Colleagues in Wagtail's admin: invited instead of created, and a screen of who has a second factor."""

from typing import Any, cast

from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe
from wagtail.users.views.bulk_actions import SetActiveStateBulkAction
from wagtail.users.views.groups import GroupViewSet
from wagtail.users.views.users import CreateView, EditView, UserViewSet

from accounts.colleagues import administration, inviting
from accounts.colleagues.forms import ColleagueForm, InvitationForm
from accounts.menu.groups import PEOPLE
from accounts.users.models import User

PER_PAGE = 50


class InviteView(CreateView):
    """Wagtail's page for a new user sends an invitation."""

    page_title = gettext_lazy("Colleagues")
    page_subtitle = gettext_lazy("Invite a colleague")
    submit_button_label = gettext_lazy("Send the invitation")
    success_message = gettext_lazy("'%(object)s' is invited by mail.")

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "by": self.request.user}

    def save_instance(self) -> User:
        with transaction.atomic():
            user: User = super().save_instance()
            administration.invite(user, by=self.request.user)
        return user


class ChangeView(EditView):
    """Wagtail's page of a user; a new address replaces the old one everywhere."""

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "by": self.request.user}

    def save_instance(self) -> User:
        with transaction.atomic():
            old = User.objects.select_for_update().get(pk=self.object.pk).email
            user: User = super().save_instance()
            if user.email != old:
                administration.replace_address(user, old=old, by=self.request.user)
        return user


class OpenOrShut(SetActiveStateBulkAction):
    """Wagtail's own for many accounts at once, with our rule about administrators."""

    def check_perm(self, obj: User) -> bool:
        return administration.may_manage(obj, by=self.request.user)


class ColleagueViewSet(UserViewSet):
    """Wagtail's users, with our forms."""

    menu_hook = PEOPLE.hook
    add_view_class = InviteView
    edit_view_class = ChangeView

    def get_form_class(self, for_update: bool = False) -> type[ColleagueForm | InvitationForm]:
        return ColleagueForm if for_update else InvitationForm


class ColleagueGroupViewSet(GroupViewSet):
    """Wagtail's groups, beside the users."""

    menu_hook = PEOPLE.hook


def _manager(request: HttpRequest) -> User:
    user = cast(User, request.user)
    if not user.has_perm("accounts.change_user"):
        raise PermissionDenied
    return user


@require_safe
def factors(request: HttpRequest) -> HttpResponse:
    """Who works in the admin, with which second factor, and who has not followed the invitation yet."""
    by = _manager(request)
    page = Paginator(administration.colleagues(), PER_PAGE).get_page(request.GET.get("p"))
    known: dict[int, list[Authenticator]] = {}
    for factor in Authenticator.objects.filter(user__in=list(page)).exclude(type=Authenticator.Type.RECOVERY_CODES):
        known.setdefault(factor.user_id, []).append(factor)
    rows = [
        {
            "person": person,
            "factors": [str(factor.get_type_display()) for factor in known.get(person.pk, [])],
            "is_invited": inviting.is_open(person),
            "may_manage": person.pk in known and administration.may_manage(person, by=by),
        }
        for person in page
    ]
    return _screen(request, "factors", _("Second factors"), rows=rows, page_obj=page)


def reset(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks, names the consequence, and does it on the button."""
    by, person = _manager(request), get_object_or_404(User, pk=pk)
    if not administration.may_manage(person, by=by):
        raise PermissionDenied
    if request.method != "POST":
        return _screen(request, "reset_factor", _("Reset a second factor"), person=person)
    if administration.reset_factor(person, by=by):
        messages.success(request, _("The second factor of %(name)s is reset; a mail says so.") % {"name": person})
    else:
        messages.info(request, _("%(name)s has no second factor.") % {"name": person})
    return redirect("accounts_admin_factors")


@require_POST
def invite_again(request: HttpRequest, pk: int) -> HttpResponse:
    """A fresh link for somebody who has not followed the first one."""
    by, person = _manager(request), get_object_or_404(User, pk=pk)
    if inviting.is_open(person):
        administration.invite(person, by=by)
        messages.success(request, _("%(name)s is invited again; the earlier link no longer works.") % {"name": person})
    else:
        messages.info(request, _("%(name)s has an account already.") % {"name": person})
    return redirect("accounts_admin_factors")


def _screen(request: HttpRequest, template: str, title: str, **facts: Any) -> HttpResponse:
    return render(request, f"accounts/admin/{template}.html", {"title": title} | facts)
