"""Who may take away what people can read: moderators. Everyone who writes may still delete a draft that nobody saw."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from wagtail.admin.forms.pages import WagtailAdminPageForm
from wagtail.models import PagePermissionTester

from hub.changes import consequences
from hub.changes.consequences import Act


class PortalPermissionTester(PagePermissionTester):
    """Wagtail's rules, and this one; every way to delete, unpublish, move or hide a page asks here."""

    def may_take_away(self) -> bool:
        """Whether the page may disappear from where people find it."""
        if self.user.is_superuser or not consequences.was_public(self.page):
            return True
        return "bulk_delete" in self.permissions

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        return bool(super().can_delete(ignore_bulk=ignore_bulk)) and self.may_take_away()

    def can_unpublish(self) -> bool:
        return bool(super().can_unpublish()) and self.may_take_away()

    def can_set_view_restrictions(self) -> bool:
        return bool(super().can_set_view_restrictions()) and self.may_take_away()


class PortalPageForm(WagtailAdminPageForm):
    """A page that goes by itself at a date goes by the same rules as one that somebody unpublishes."""

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        if "expire_at" in self.changed_data and cleaned.get("expire_at"):
            self._check_expiry()
        return cleaned

    def _check_expiry(self) -> None:
        if not self.instance.pk:
            return
        if not self.instance.permissions_for_user(self.for_user).may_take_away():
            said = gettext("Only moderators let a page disappear that people can read.")
            self.add_error("expire_at", ValidationError(said, code="moderators"))
        elif said := consequences.refusal([self.instance], Act.UNPUBLISH, with_what_is_below=False):
            self.add_error("expire_at", ValidationError(said, code="relied_on"))
