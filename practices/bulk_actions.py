"""The buttons below the list of practices; each leads to a page that says what will happen to how many."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from wagtail.snippets.bulk_actions.snippet_bulk_action import SnippetBulkAction

from accounts.models import User
from hub.models import Term, Vocabulary
from practices import bulk_changes, exporting
from practices.complete import lacking
from practices.models import Practice
from practices.obstacles import locked, obstacles
from practices.terms import Terms
from practices.versions import newest, whole

# Each practice costs some forty queries: more than this would keep people waiting.
MOST = 200
_TERMS_OF = ("theme", "track")
NAMES = "wagtailsnippets_practices_practice"


class PracticeBulkAction(SnippetBulkAction):
    """What the buttons have in common: who may, for which practices it makes sense, and at most how many at once."""

    models = [Practice]
    template_name = "practices/admin/bulk.html"
    needs = "change"
    button = _("Yes, do it")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        rights = ("view", "add", "change", "publish", "delete")
        if not any(request.user.has_perm(f"practices.{right}_practice") for right in rights):
            raise PermissionDenied
        response: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        return response

    @cached_property
    def user(self) -> User:
        """Staff: the admin lets nobody else in."""
        user: User = self.request.user
        return user

    def sentence(self, number: int) -> str:
        """What will happen, and to how many."""
        raise NotImplementedError

    def done(self, number: int) -> str:
        """What happened, and to how many."""
        raise NotImplementedError

    def change(self, practices: list[Practice]) -> int:
        """Does it, and says to how many it made a difference."""
        raise NotImplementedError

    def reasons(self, practices: list[Practice]) -> dict[int, str]:
        """Why not, for each practice to which it cannot be done."""
        words = gettext("You may not do this to it.")
        refused = {
            each.pk: words
            for each in practices
            if not self.user.has_perm(f"practices.{'publish' if each.live else self.needs}_practice")
        }
        return refused | obstacles(practices, by=self.user)

    @cached_property
    def keys(self) -> list[int]:
        """The practices that were chosen: those that were ticked, or all that the list shows with its filters."""
        given = self.request.GET.getlist("id")
        if "all" in given:
            view = Practice.snippet_viewset.index_view
            listing = view.view_class(**view.view_initkwargs)
            listing.setup(self.request)
            return list(listing.get_queryset().values_list("pk", flat=True)[: MOST + 1])
        ticked = {int(key) for key in given if key.isascii() and key.isdigit() and len(key) < 19}
        return sorted(Practice.objects.filter(pk__in=ticked).values_list("pk", flat=True))

    @property
    def too_many(self) -> bool:
        """Whether one go takes so many."""
        return len(self.keys) > MOST

    def judged(self, *, lock: bool = False) -> tuple[list[Practice], list[tuple[Practice, str]]]:
        """Those to which it can be done, and the others with the reason."""
        if self.too_many:
            return [], []
        chosen = Practice.objects.filter(pk__in=self.keys).order_by("pk")
        if lock:
            list(chosen.select_for_update().values_list("pk", flat=True))
        practices = list(whole(chosen))
        reasons = self.reasons(practices)
        able = [each for each in practices if each.pk not in reasons]
        return able, [(each, reasons[each.pk]) for each in practices if each.pk in reasons]

    def get_actionable_objects(self) -> tuple[list[Practice], dict[str, Any]]:
        able, left_out = self.judged()
        return able, {"items_with_no_access": [], "left_out": left_out}

    def object_context(self, practice: Practice) -> dict[str, Any]:
        return {"item": practice, "edit_url": reverse(f"{NAMES}:edit", args=[practice.pk])}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        sentence = self.sentence(len(context["items"]))
        return context | {"action": self, "sentence": sentence, "most": MOST, "next": self.next_url}

    def prepare_action(self, objects: list[Practice], objects_without_access: Any) -> HttpResponseBase | None:
        """Goes back where there is nothing to do, as when the form comes a second time."""
        if objects:
            return None
        messages.warning(self.request, gettext("There is none to which this can be done."))
        return redirect(self.next_url)

    @classmethod
    def execute_action(cls, objects: list[Practice], **kwargs: Any) -> tuple[int, int]:
        """In one transaction, with nobody else changing the practices; they may have changed since the page."""
        action: PracticeBulkAction = kwargs["self"]
        able, left_out = action.judged(lock=True)
        return action.change(able), len(left_out)

    def get_success_message(self, num_parent_objects: int, num_child_objects: int) -> str:
        return self.done(num_parent_objects)


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
            hidden |= {each.pk: gettext("You may not do this to it.") for each in practices}
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


class TermForm(forms.Form):
    """Which theme or action track."""

    term = forms.TypedChoiceField(label=_("Theme or action track"), coerce=int)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        terms = Terms.load()
        field: Any = self.fields["term"]
        field.choices = [
            (str(Vocabulary(name).label), [(term.pk, str(term)) for term in terms.of(name).values()])
            for name in _TERMS_OF
        ]

    @property
    def chosen(self) -> Term:
        """The term itself."""
        return Terms.load().by_id[self.cleaned_data["term"]]


class AddTermAction(PracticeBulkAction):
    """Describes practices with one theme or track more."""

    display_name = _("Add a theme or track")
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
        return changed(number)


class RemoveTermAction(AddTermAction):
    """Describes practices with one theme or track less."""

    display_name = _("Remove a theme or track")
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


class FormatForm(forms.Form):
    """As which kind of file."""

    kind = forms.ChoiceField(
        label=_("Format"),
        choices=[(kind, kind.upper()) for kind in exporting.FORMATS],
        initial=exporting.XLSX,
        widget=forms.RadioSelect,
    )


class ExportAction(PracticeBulkAction):
    """The chosen practices as a file; changes nothing."""

    display_name = _("Export")
    action_type = "export"
    aria_label = _("Export the chosen practices")
    action_priority = 35
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
        try:
            return exporting.export(chosen, self.cleaned_form.cleaned_data["kind"], to=self.user)
        except ValidationError as error:
            messages.error(self.request, " ".join(error.messages))
            return redirect(self.next_url)


def changed(number: int) -> str:
    """What edits say afterwards; those that said so already do not count."""
    if not number:
        return gettext("Nothing changed: they said so already.")
    return ngettext("%(number)d practice changed.", "%(number)d practices changed.", number) % {"number": number}


ALL = [PublishAction, CheckedAction, UnpublishBulkAction, AddTermAction, RemoveTermAction, ExportAction]
