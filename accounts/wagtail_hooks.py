"""What the accounts add to Wagtail: what is private to a group, second factors of colleagues, what is on record."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.forms.account import NameEmailForm
from wagtail.admin.menu import MenuItem
from wagtail.documents.models import AbstractDocument
from wagtail.log_actions import LogActionRegistry
from wagtail.models import BaseViewRestriction, Page
from wagtail.snippets.models import register_snippet

from accounts.colleagues import admin, administration
from accounts.day.panel import add_panel, drop_summary
from accounts.menu import groups
from accounts.my_data import admin as my_data
from accounts.privacy.admin import PERMISSION, what_is_kept
from accounts.second_factor import challenge
from accounts.users.models import User

# On the page of one's own account; Wagtail has no setting for it.
NameEmailForm.base_fields["last_name"].required = False


@hooks.register("before_serve_page")
def page_of_a_group(page: Page, request: HttpRequest, args: Any, kwargs: Any) -> HttpResponse | None:
    """A page that only some groups may read."""
    return _refused(request, page.get_view_restrictions())


@hooks.register("before_serve_document", order=-1)  # ahead of Wagtail's own check
def document_of_a_group(document: AbstractDocument, request: HttpRequest) -> HttpResponse | None:
    """A document in a collection that only some groups may read."""
    return _refused(request, document.collection.get_view_restrictions())


def _refused(request: HttpRequest, restrictions: Any) -> HttpResponse | None:
    """Groups of colleagues are rights of staff. Whoever is signed in and may not hears so: Wagtail would send them to
    sign in, which sends who is signed in back here.
    """
    if not isinstance(request.user, User):
        return None
    for restriction in restrictions:
        if restriction.restriction_type != BaseViewRestriction.GROUPS:
            continue
        if request.user.rights_withheld and request.user.is_colleague:
            return challenge.ask(request, request.user)
        if not restriction.accept_request(request):
            raise PermissionDenied
    return None


class FactorsMenuItem(MenuItem):
    """For who manages accounts."""

    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_perm("accounts.change_user")


@hooks.register(groups.PEOPLE.hook)
def factors_menu_item() -> MenuItem:
    """Beside the users."""
    return FactorsMenuItem(_("Second factors"), reverse("accounts_admin_factors"), icon_name="lock", order=610)


class KeptMenuItem(MenuItem):
    """For who may see how what is kept goes."""

    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_perm(PERMISSION)


@hooks.register(groups.PEOPLE.hook)
def kept_menu_item() -> MenuItem:
    """Beside what was erased."""
    return KeptMenuItem(
        _("What is kept, and how long"), reverse("accounts_admin_what_is_kept"), icon_name="time", order=1_100
    )


class EraseMenuItem(MenuItem):
    """For who may erase on request."""

    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_perm(my_data.MAY)


@hooks.register(groups.PEOPLE.hook)
def erase_menu_item() -> MenuItem:
    """Beside the record of it."""
    return EraseMenuItem(_("Erase on request"), reverse("accounts_admin_erase"), icon_name="bin", order=615)


for group in groups.OURS:
    hooks.register("register_admin_menu_item", group.item)
for group, items in groups.MOVED.items():
    for item in items:
        hooks.register(group.hook, item)
hooks.register("construct_main_menu", groups.leave_groups)
register_snippet(my_data.ErasureViewSet)
hooks.register("construct_homepage_panels", add_panel)
# After all that adds to it.
hooks.register("construct_homepage_summary_items", drop_summary, order=1_000)


@hooks.register("register_admin_urls")
def admin_urls() -> list[URLPattern]:
    """The screens about colleagues, and about what is kept."""
    return [
        path("what-is-kept/", what_is_kept, name="accounts_admin_what_is_kept"),
        path("erase/", my_data.erase, name="accounts_admin_erase"),
        path("second-factors/", admin.factors, name="accounts_admin_factors"),
        path("second-factors/<int:pk>/reset/", admin.reset, name="accounts_admin_reset_factor"),
        path("second-factors/<int:pk>/invite/", admin.invite_again, name="accounts_admin_invite_again"),
    ]


# After Wagtail's own, in whose place it comes.
hooks.register("register_bulk_action", admin.OpenOrShut, order=1)


@hooks.register("register_log_actions")
def log_actions(actions: LogActionRegistry) -> None:
    """What the history of an account says."""
    actions.register_action(administration.INVITED, _("Invite"), _("Invited by mail"))
    actions.register_action(administration.FACTOR_RESET, _("Reset the second factor"), _("Reset the second factor"))
    actions.register_action(administration.ADDRESS_CHANGED, _("Change the address"), _("Changed the e-mail address"))
