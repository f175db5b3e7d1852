"""The buttons below the list of practices."""

from typing import Any

from django.http import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from hub.bulk.formats import FormatForm
from hub.bulk.terms import TermForm, added, removed
from practices.admin import bulk_changes
from practices.admin.bulk import PracticeBulkAction
from practices.editing.completeness import lacking
from practices.editing.edit_locks import locked
from practices.editing.versions import newest
from practices.import_export import exporting
from practices.practice.models.practice import Practice
from practices.practice.terms import Terms
from practices.submissions.models import Submission


class PublishAction(PracticeBulkAction):
    """Shows visitors the newest version."""

    display_name = _("Publish")
    action_type = "publish"
    aria_label = _("Publish the chosen practices")
    action_priority = 10
    needs = "publish"

    def reasons(self, practices: list[Practice]) -> dict[int, str]:
        versions = newest(practices, Terms.load())
        shown = gettext("It is published already, and no changes wait.")
        unfit = {each.pk: " ".join(lacking(each).values()) for each in versions if lacking(each)}
        unfit |= {each.pk: shown for each in practices if each.live and not each.has_unpublished_changes}
        unfit |= _turned_away(practices)
        return unfit | super().reasons(practices)

    def sentence(self, number: int) -> str:
        return ngettext(
            "%(number)d practice will be published, with the changes that wait.",
            "%(number)d practices will be published, with the changes that wait.",
            number,
        ) % {"number": number}

    def change(self, practices: list[Practice]) -> int:
        return bulk_changes.publish(practices, by=self.user)

    def done(self, number: int) -> str:
        return ngettext("%(number)d practice published.", "%(number)d practices published.", number) % {
            "number": number
        }


def _turned_away(practices: list[Practice]) -> dict[int, str]:
    """The reason for those that came from outside, were refused or withdrawn, and must not be published."""
    hidden = [each.pk for each in practices if not each.live]
    words = {
        Submission.Status.REFUSED: gettext("It came from outside and was refused."),
        Submission.Status.WITHDRAWN: gettext("Who sent it took it back."),
    }
    found = Submission.objects.turned_away().filter(practice__in=hidden).values_list("practice_id", "status")
    return {pk: words[Submission.Status(status)] for pk, status in found if pk}


class UnpublishBulkAction(PracticeBulkAction):
    """Takes practices away from visitors."""

    display_name = _("Unpublish")
    action_type = "unpublish"
    aria_label = _("Unpublish the chosen practices")
    action_priority = 20
    needs = "publish"

    def reasons(self, practices: list[Practice]) -> dict[int, str]:
        hidden = {each.pk: gettext("It is not published.") for each in practices if not each.live}
        if not self.user.has_perm("practices.publish_practice"):
            hidden |= {each.pk: gettext("You may not change it.") for each in practices}
        return hidden | locked(practices, by=self.user)

    def sentence(self, number: int) -> str:
        return ngettext(
            "%(number)d practice will no longer be visible to anybody but staff. It stays here as a draft.",
            "%(number)d practices will no longer be visible to anybody but staff. They stay here as drafts.",
            number,
        ) % {"number": number}

    def change(self, practices: list[Practice]) -> int:
        return bulk_changes.unpublish(practices, by=self.user)

    def done(self, number: int) -> str:
        return ngettext("%(number)d practice unpublished.", "%(number)d practices unpublished.", number) % {
            "number": number
        }


class CheckedAction(PracticeBulkAction):
    """Notes that what they say was checked today."""

    display_name = _("Checked today")
    action_type = "checked"
    aria_label = _("Note that the chosen practices were checked today")
    action_priority = 15

    def reasons(self, practices: list[Practice]) -> dict[int, str]:
        today, words = timezone.localdate(), gettext("It says so already.")
        said = {each.pk: words for each in newest(practices, Terms.load()) if each.checked_on == today}
        return said | super().reasons(practices)

    def sentence(self, number: int) -> str:
        return ngettext(
            "%(number)d practice will say that it was last checked today. Changes that wait stay waiting.",
            "%(number)d practices will say that they were last checked today. Changes that wait stay waiting.",
            number,
        ) % {"number": number}

    def change(self, practices: list[Practice]) -> int:
        return bulk_changes.set_checked(practices, on=timezone.localdate(), by=self.user)

    def done(self, number: int) -> str:
        return changed(number)


class AddTermAction(PracticeBulkAction):
    """Describes practices with one theme or track more."""

    display_name = _("Add a term")
    action_type = "add-term"
    aria_label = _("Add a theme or action track to the chosen practices")
    action_priority = 25
    form_class = TermForm

    def sentence(self, number: int) -> str:
        return ngettext(
            "%(number)d practice will have this theme or track as well. Changes that wait stay waiting.",
            "%(number)d practices will have this theme or track as well. Changes that wait stay waiting.",
            number,
        ) % {"number": number}

    def change(self, practices: list[Practice]) -> int:
        return bulk_changes.add_term(practices, self.cleaned_form.chosen, by=self.user)

    def done(self, number: int) -> str:
        return added(self.cleaned_form.chosen, number, chosen=len(self.acted_on))


class RemoveTermAction(AddTermAction):
    """Describes practices with one theme or track less."""

    display_name = _("Remove a term")
    action_type = "remove-term"
    aria_label = _("Remove a theme or action track from the chosen practices")
    action_priority = 26

    def sentence(self, number: int) -> str:
        return ngettext(
            "%(number)d practice will no longer have this theme or track. Changes that wait stay waiting.",
            "%(number)d practices will no longer have this theme or track. Changes that wait stay waiting.",
            number,
        ) % {"number": number}

    def change(self, practices: list[Practice]) -> int:
        return bulk_changes.remove_term(practices, self.cleaned_form.chosen, by=self.user)

    def done(self, number: int) -> str:
        return removed(self.cleaned_form.chosen, number, chosen=len(self.acted_on))


class ExportAction(PracticeBulkAction):
    """The chosen practices as a file; changes nothing."""

    display_name = _("Export")
    action_type = "export"
    aria_label = _("Export the chosen practices")
    action_priority = 22
    form_class = FormatForm
    button = _("Download the file")

    def reasons(self, practices: list[Practice]) -> dict[int, str]:
        return {}

    def sentence(self, number: int) -> str:
        return ngettext(
            "The file will hold %(number)d practice. Nothing is changed.",
            "The file will hold %(number)d practices. Nothing is changed.",
            number,
        ) % {"number": number}

    def prepare_action(self, objects: list[Practice], objects_without_access: Any) -> HttpResponseBase | None:
        chosen = Practice.objects.filter(pk__in=[each.pk for each in objects])
        return self.download(exporting.export, chosen)


def changed(number: int) -> str:
    """What edits say afterwards; those that said so already do not count."""
    if not number:
        return gettext("Nothing changed: they said so already.")
    return ngettext("%(number)d practice changed.", "%(number)d practices changed.", number) % {"number": number}


ALL = [PublishAction, CheckedAction, UnpublishBulkAction, AddTermAction, RemoveTermAction, ExportAction]
