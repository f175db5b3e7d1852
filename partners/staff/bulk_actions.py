"""The buttons below the list of organisations."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponseBase
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from hub.bulk.actions import ConfirmedAction
from hub.bulk.formats import FormatForm
from hub.bulk.terms import TermForm, added, removed
from partners.organisations.models import Organisation
from partners.sheets import exporting
from partners.staff import bulk_changes


class OrganisationBulkAction(ConfirmedAction):
    """For those who edit organisations."""

    models = [Organisation]

    def may_open(self, user: Any) -> bool:
        return any(user.has_perm(f"partners.{right}_organisation") for right in ("view", "add", "change", "delete"))

    def read(self, chosen: "QuerySet[Organisation]") -> list[Organisation]:
        return list(chosen.prefetch_related("terms"))

    def reasons(self, organisations: list[Organisation]) -> dict[int, str]:
        if self.user.has_perm("partners.change_organisation"):
            return {}
        return {each.pk: gettext("You may not change it.") for each in organisations}


class ListAction(OrganisationBulkAction):
    """Shows organisations in the directory."""

    display_name = _("Show in the directory")
    action_type = "list"
    aria_label = _("Show the chosen organisations in the directory")
    action_priority = 10
    status = Organisation.Status.LISTED

    def reasons(self, organisations: list[Organisation]) -> dict[int, str]:
        words = gettext("It is in the directory already.")
        listed = {each.pk: words for each in organisations if each.status == self.status}
        # Who proposed it waits for an answer, which the decision about the claim is.
        claimed = gettext("A claim to it waits: decide about that.")
        proposed = [each.pk for each in organisations if each.status == Organisation.Status.PROPOSED]
        waiting = Organisation.objects.filter(pk__in=proposed, claims__status="waiting").values_list("pk", flat=True)
        return listed | dict.fromkeys(waiting, claimed) | super().reasons(organisations)

    def sentence(self, number: int) -> str:
        return ngettext(
            "%(number)d organisation will be shown in the directory.",
            "%(number)d organisations will be shown in the directory.",
            number,
        ) % {"number": number}

    def change(self, organisations: list[Organisation]) -> int:
        return bulk_changes.set_status(organisations, self.status, by=self.user)

    def done(self, number: int) -> str:
        return ngettext(
            "%(number)d organisation is in the directory now.",
            "%(number)d organisations are in the directory now.",
            number,
        ) % {"number": number}


class HideAction(OrganisationBulkAction):
    """Takes organisations away from visitors."""

    display_name = _("Hide")
    action_type = "hide"
    aria_label = _("Hide the chosen organisations")
    action_priority = 20
    status = Organisation.Status.HIDDEN

    def reasons(self, organisations: list[Organisation]) -> dict[int, str]:
        words = gettext("It is hidden already.")
        hidden = {each.pk: words for each in organisations if each.status == self.status}
        return hidden | super().reasons(organisations)

    def sentence(self, number: int) -> str:
        return ngettext(
            "%(number)d organisation will no longer be visible to visitors, nor will its offers and requests.",
            "%(number)d organisations will no longer be visible to visitors, nor will their offers and requests.",
            number,
        ) % {"number": number}

    def change(self, organisations: list[Organisation]) -> int:
        return bulk_changes.set_status(organisations, self.status, by=self.user)

    def done(self, number: int) -> str:
        return ngettext("%(number)d organisation hidden.", "%(number)d organisations hidden.", number) % {
            "number": number
        }


class AddTermAction(OrganisationBulkAction):
    """Describes organisations with one theme or track more."""

    display_name = _("Add a term")
    action_type = "add-term"
    aria_label = _("Add a theme or action track to the chosen organisations")
    action_priority = 25
    form_class = TermForm

    def sentence(self, number: int) -> str:
        return ngettext(
            "%(number)d organisation will have this theme or track as well.",
            "%(number)d organisations will have this theme or track as well.",
            number,
        ) % {"number": number}

    def change(self, organisations: list[Organisation]) -> int:
        term = self.cleaned_form.chosen
        self.changed = tuple(each for each in organisations if term not in each.terms.all())
        return bulk_changes.add_term(organisations, term, by=self.user)

    def done(self, number: int) -> str:
        return added(self.cleaned_form.chosen, number, chosen=len(self.acted_on))


class RemoveTermAction(AddTermAction):
    """Describes organisations with one theme or track less."""

    display_name = _("Remove a term")
    action_type = "remove-term"
    aria_label = _("Remove a theme or action track from the chosen organisations")
    action_priority = 26

    def sentence(self, number: int) -> str:
        return ngettext(
            "%(number)d organisation will no longer have this theme or track.",
            "%(number)d organisations will no longer have this theme or track.",
            number,
        ) % {"number": number}

    def change(self, organisations: list[Organisation]) -> int:
        term = self.cleaned_form.chosen
        self.changed = tuple(each for each in organisations if term in each.terms.all())
        return bulk_changes.remove_term(organisations, term, by=self.user)

    def done(self, number: int) -> str:
        return removed(self.cleaned_form.chosen, number, chosen=len(self.acted_on))


class ExportAction(OrganisationBulkAction):
    """The chosen organisations as a file; changes nothing."""

    display_name = _("Export")
    action_type = "export"
    aria_label = _("Export the chosen organisations")
    action_priority = 22
    form_class = FormatForm
    button = _("Download the file")

    def reasons(self, organisations: list[Organisation]) -> dict[int, str]:
        return {}

    def sentence(self, number: int) -> str:
        return ngettext(
            "The file will hold %(number)d organisation. Nothing is changed.",
            "The file will hold %(number)d organisations. Nothing is changed.",
            number,
        ) % {"number": number}

    def prepare_action(self, objects: list[Organisation], objects_without_access: Any) -> HttpResponseBase | None:
        chosen = Organisation.objects.filter(pk__in=[each.pk for each in objects])
        return self.download(exporting.export, chosen)


ALL = [ListAction, HideAction, AddTermAction, RemoveTermAction, ExportAction]
