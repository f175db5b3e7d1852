"""How staff edit the facts of a call and its chain, on one screen."""

from typing import Any, cast

from django import forms
from django.db import transaction
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, Panel

from calls.chain import chain_warnings
from calls.chain.guessing import Guess, guess
from calls.chain.models import Call, Deadline
from calls.moving import deadlines
from calls.staff import page_making
from hub.dates.brussels import BrusselsDateTimeField

WHEN = ("due_at", "has_time")
# What a new row leaves to its name; `governs` has a choice of its own for it, since nothing is an answer there.
FROM_NAME = "from-name"
_LEFT_OPEN = {"kind": "", "actor": "", "governs": FROM_NAME}
_UNTIL_GUESSED = {"kind": Deadline.Kind.OTHER, "actor": Deadline.Actor.PARTNERS, "governs": Deadline.Governs.NOTHING}


class DeadlineForm(WagtailAdminModelForm):
    """One row of the chain. A date that people may have read is moved on its own screen, which asks for a reason."""

    due_at = BrusselsDateTimeField(label=_("Date and time"), help_text=_("Brussels time."))

    class Meta(WagtailAdminModelForm.Meta):
        model = Deadline
        fields = ["kind", "label", "actor", "due_at", "has_time", "governs"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.left_open: list[str] = []
        if not self.instance.pk:
            self._offer_to_guess()
        if self.instance.pk and deadlines.is_announced(self.instance.call):
            for name in WHEN:
                self.fields[name].disabled = True
            self.fields["due_at"].help_text = _("People may know this date: move it with the button below.")

    def _offer_to_guess(self) -> None:
        for name, value in _LEFT_OPEN.items():
            field = cast(forms.ChoiceField, self.fields[name])
            choices = Deadline._meta.get_field(name).choices or []
            field.choices = [(value, _("as its name says")), *choices]
            field.required = False
            self.initial[name] = value

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        if not self.instance.pk:
            self.left_open = [name for name, value in _LEFT_OPEN.items() if cleaned.get(name) == value]
            cleaned.update({name: _UNTIL_GUESSED[name] for name in self.left_open})
        return cleaned

    def fill_in(self, guessed: Guess) -> None:
        """Take a guess over where the row left it open."""
        for name in self.left_open:
            self.cleaned_data[name] = getattr(guessed, name)
            setattr(self.instance, name, getattr(guessed, name))

    def _post_clean(self) -> None:
        super()._post_clean()
        if self.instance.due_at and not self.fields["due_at"].disabled:
            self.instance.due_at = deadlines.as_meant(
                self.instance, self.instance.due_at, has_time=self.instance.has_time
            )


class CallFactsForm(WagtailAdminModelForm):
    """A call with its chain; what moved or was withdrawn while somebody had the screen open is not undone by saving."""

    def is_valid(self) -> bool:
        is_valid = bool(super().is_valid()) and self._keeps_history()
        if is_valid:
            self._guess()
        return is_valid

    def _guess(self) -> None:
        """What new rows are whose name was to say it, in the order of the chain."""
        rows = self.formsets["deadlines"]
        kept = [row for row in rows.forms if row not in rows.deleted_forms and row.instance.due_at]
        kept.sort(key=lambda row: row.instance.due_at)
        for row in filter(lambda row: row.left_open, kept):
            names = row.instance.label.data
            row.fill_in(
                guess(
                    names.values() if isinstance(names, dict) else [str(names)],
                    kind="" if "kind" in row.left_open else row.instance.kind,
                    is_last=len(kept) > 1 and row is kept[-1],
                    taken=[other.instance.governs for other in kept if other is not row],
                )
            )

    def _keeps_history(self) -> bool:
        removed = [form.instance for form in self.formsets["deadlines"].deleted_forms if form.instance.pk]
        kept = [deadline for deadline in removed if deadlines.must_stay(deadline)]
        for deadline in kept:
            self.add_error(
                None,
                gettext("“%(label)s” cannot be removed: people may know this date. Move it, or withdraw the call.")
                % {"label": deadline.label},
            )
        return not kept

    @transaction.atomic
    def save(self, commit: bool = True) -> Call:  # Django's signature
        if self.instance.pk:
            stored = deadlines.lock_facts(self.instance)
            for form in self.formsets["deadlines"].forms:
                row = stored.get(form.instance.pk)
                if row is None:
                    continue
                form.instance.version = row.version
                if form.fields["due_at"].disabled:
                    form.instance.due_at, form.instance.has_time = row.due_at, row.has_time
        call: Call = super().save(commit)
        return call


class NewCallForm(WagtailAdminModelForm):
    """The least that a new call needs, where a page's editor makes one on the spot."""

    class Meta(WagtailAdminModelForm.Meta):
        model = Call
        fields = ["title", "programme"]
        formsets: dict[str, Any] = {}


class ChainPanel(InlinePanel):
    """The rows of the chain, each with our own form."""

    def get_form_options(self) -> dict[str, Any]:
        options: dict[str, Any] = super().get_form_options()
        options["formsets"][self.relation_name]["form"] = DeadlineForm
        return options


class MovePanel(Panel):
    """The button that moves one saved date."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "calls/admin/move_link.html"

        def is_shown(self) -> bool:
            return bool(self.form is not None and self.form.fields["due_at"].disabled)

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context: dict[str, Any] = super().get_context_data(parent_context)
            url = reverse("wagtailsnippets_calls_call:move", args=[self.instance.call_id, self.instance.pk])
            return context | {"url": url, "label": self.instance.label}


class OverviewPanel(Panel):
    """What is odd about the dates, and the ways to what is sent and to withdrawing."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "calls/admin/overview.html"

        def is_shown(self) -> bool:
            return bool(self.instance.pk)

        @cached_property
        def warnings(self) -> list[str]:
            stored = Deadline.objects.filter(call_id=self.instance.pk).order_by("due_at")
            return chain_warnings.of_chain(stored)

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context: dict[str, Any] = super().get_context_data(parent_context)
            urls = {name: reverse(f"wagtailsnippets_calls_call:{name}", args=[self.instance.pk]) for name in SCREENS}
            pages = page_making.pages_of(self.instance).overview(self.request.user) if self.request else []
            missing = any(each.may_make for each in pages)
            shown = {"call": self.instance, "urls": urls, "warnings": self.warnings}
            return context | shown | {"pages": pages, "missing": missing}


SCREENS = ("mails", "make_pages", "withdraw")
PANELS = [
    OverviewPanel(),
    MultiFieldPanel(
        [
            FieldPanel("title"),
            FieldRowPanel([FieldPanel("programme"), FieldPanel("reference")]),
            FieldRowPanel([FieldPanel("budget"), FieldPanel("funding_rate")]),
            FieldPanel("official_url"),
            FieldPanel("tracks", widget=forms.CheckboxSelectMultiple),
            FieldPanel("contact"),
        ],
        _("Facts"),
    ),
    ChainPanel(
        "deadlines",
        [
            FieldRowPanel([FieldPanel("kind"), FieldPanel("actor")]),
            FieldPanel("label"),
            FieldRowPanel([FieldPanel("due_at"), FieldPanel("has_time")]),
            MovePanel(),
            FieldPanel("governs"),
        ],
        heading=_("Chain of deadlines"),
        label=_("deadline"),
        help_text=_("Enter dates and times as they are in Brussels. The page shows them in order of time."),
    ),
    InlinePanel("documents", heading=_("Documents"), label=_("document")),
]
