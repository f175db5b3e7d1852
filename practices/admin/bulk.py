"""What the buttons below the list of practices have in common."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext

from hub.bulk.actions import ConfirmedAction
from practices.editing.edit_locks import edit_locks
from practices.editing.versions import whole
from practices.practice.models.practice import Practice


class PracticeBulkAction(ConfirmedAction):
    """Who may, and for which practices it makes sense."""

    models = [Practice]
    needs = "change"

    def may_open(self, user: Any) -> bool:
        rights = ("view", "add", "change", "publish", "delete")
        return any(user.has_perm(f"practices.{right}_practice") for right in rights)

    def read(self, chosen: "QuerySet[Practice]") -> list[Practice]:
        return list(whole(Practice.objects.filter(pk__in=chosen.values("pk")).order_by("pk")))

    def reasons(self, practices: list[Practice]) -> dict[int, str]:
        words = gettext("You may not change it.")
        refused = {
            each.pk: words
            for each in practices
            if not self.user.has_perm(f"practices.{'publish' if each.live else self.needs}_practice")
        }
        return refused | edit_locks(practices, by=self.user)
