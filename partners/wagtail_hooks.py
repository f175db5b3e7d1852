from django.urls import URLPattern
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry
from wagtail.snippets.models import register_snippet

from accounts.day import work
from accounts.menu.groups import PARTNERS
from partners.claims import admin as claims
from partners.claims.deciding import VERIFY
from partners.exchange import admin as exchange
from partners.merging import admin as merging
from partners.merging.merging import MERGE
from partners.sheets import importing
from partners.sheets.screens import SCREENS
from partners.staff import bulk_actions
from partners.staff.admin import OrganisationViewSet
from partners.to_do import views as to_do
from partners.to_do.work import work as of_organisations


@hooks.register("register_log_actions")
def log_actions(actions: LogActionRegistry) -> None:
    """What the history of an organisation says besides."""
    actions.register_action(VERIFY, _("Verify an organisation"), _("Verified the organisation"))
    actions.register_action(importing.LOG_ACTION, _("Import"), _("Imported from a spreadsheet"))
    actions.register_action(MERGE, _("Merge two organisations"), _("Merged another profile into it"))


@hooks.register("register_admin_urls")
def admin_urls() -> list[URLPattern]:
    return [*claims.urlpatterns, *exchange.urlpatterns, *merging.urlpatterns, *to_do.urlpatterns]


hooks.register(PARTNERS.hook, to_do.menu_item)
hooks.register(PARTNERS.hook, SCREENS.menu_item)
for action in bulk_actions.ALL:
    hooks.register("register_bulk_action", action)
register_snippet(OrganisationViewSet)
register_snippet(claims.ClaimViewSet)
register_snippet(exchange.NoticeViewSet)
work.register(of_organisations)
