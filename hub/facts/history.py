"""What happened to a fact, with each value before and after; and taking one of these changes back."""

from typing import Any

from django.contrib.admin.utils import quote
from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic.history import HistoryView
from wagtail.log_actions import registry
from wagtail.models import ModelLogEntry

from hub.facts import record
from hub.facts.form_data import filled, form_of_row
from hub.facts.state import ROW, Change, FormClass, State, form_class_of
from hub.facts.views import SEEN
from hub.facts.words import Teller, Told, tell


class ChangesColumn(Column):
    """What changed, and the way to take it back."""

    cell_template_name = "hub/admin/changes_cell.html"

    def __init__(self, *args: Any, view: "FactHistoryView", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.view = view

    def get_cell_context_data(self, instance: ModelLogEntry, parent_context: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_cell_context_data(instance, parent_context)
        told = self.view.told(instance)
        return context | {"told": told, "take_back_url": self.view.take_back_url(instance) if told else ""}


class WholeHistoryView(HistoryView):
    """All that happened to a thing.

    Wagtail leaves only the latest entry of a request, over all that the request changed: after a change of several at
    once or an import, one of them would have it in its history.
    """

    def get_base_queryset(self) -> QuerySet[ModelLogEntry]:
        entries: QuerySet[ModelLogEntry] = self._annotate_queryset(registry.get_logs_for_instance(self.object))
        return entries


class FactHistoryView(WholeHistoryView):
    """Who did what when, with the values before and after."""

    view_name = "history"
    take_back_url_name: str | None = None

    @cached_property
    def columns(self) -> list[Column]:
        first, *rest = super().columns
        return [ChangesColumn("message", label=first.label, view=self), *rest]

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(*args, **kwargs)
        self._entries = list(context["object_list"])
        return context

    @cached_property
    def _teller(self) -> Teller:
        found = [change for entry in self._entries for change in record.changes_in(entry)]
        return Teller(self.model, form_class_of(self.model), found)

    def told(self, entry: ModelLogEntry) -> list[Told]:
        """What an entry says that changed, in words."""
        return [told for change in record.changes_in(entry) for told in self._teller.tell(change)]

    def take_back_url(self, entry: ModelLogEntry) -> str:
        """Where this change can be taken back; empty for who may not."""
        if not self.take_back_url_name or not self.user_has_permission("change"):
            return ""
        return reverse(self.take_back_url_name, args=[quote(self.object.pk), entry.pk])


class TakeBackMixin:
    """Puts the values back that one change replaced: asks first, then saves through the form that staff edit in.

    So its rules hold, and what people must be told of is not undone in silence: fields that the form keeps shut, and
    those that `told_fields` of the form's class names, stay as they are.
    """

    object: Any
    request: HttpRequest
    present: State

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)  # type: ignore[misc]  # Wagtail's views carry no types
        self.entry = get_object_or_404(record.entries(self.object).select_related("user"), pk=kwargs["entry"])

    def get_template_names(self) -> list[str]:
        if self.request.method == "POST":
            return super().get_template_names()  # type: ignore[misc]
        return ["hub/admin/take_back.html"]

    def get_form_kwargs(self) -> dict[str, Any]:
        kwargs: dict[str, Any] = super().get_form_kwargs()  # type: ignore[misc]
        if self.request.method == "POST" and "data" in kwargs:
            seen = kwargs["data"].get(SEEN, "")
            kwargs["data"] = self._data()
            kwargs["data"][SEEN] = seen
        return kwargs

    def get_editing_sessions(self) -> None:
        """Nobody edits here, and looking writes nothing."""

    def save_instance(self) -> Any:
        saved = super().save_instance()  # type: ignore[misc]
        entry = record.entries(saved).first()
        entry.action, entry.data = record.TAKEN_BACK, entry.data | {"entry": self.entry.pk}
        entry.save(update_fields=["action", "data"])
        return saved

    def get_success_message(self, *args: Any) -> str:
        return gettext("The change was taken back.")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)  # type: ignore[misc]
        if self.request.method == "POST":
            return context
        back, kept = self._sorted()
        form_class = type(context["form"])
        return context | {
            "entry": self.entry,
            "back": tell(type(self.object), form_class, back),
            "kept": tell(type(self.object), form_class, kept),
        }

    @cached_property
    def _plain_form(self) -> FormClass:
        kwargs = super().get_form_kwargs()  # type: ignore[misc]
        instance = type(self.object)._base_manager.get(pk=self.object.pk)
        form_class = self.get_form_class()  # type: ignore[attr-defined]
        return form_class(**{name: kwargs[name] for name in ("for_user",) if name in kwargs}, instance=instance)

    def _sorted(self) -> tuple[list[Change], list[Change]]:
        """From the values that stand there now to those before; and what stays, because other screens change it."""
        back: list[Change] = []
        kept: list[Change] = []
        for change in record.changes_in(self.entry):
            now = self._now(change)
            if now != change.before:
                turned = Change(**{**vars(change), "before": now, "after": change.before})
                (kept if self._is_told(change) else back).append(turned)
        return back, kept

    def _now(self, change: Change) -> Any:
        if not change.relation:
            return self.present.fields.get(change.name)
        row = self.present.rows.get(change.relation, {}).get(change.key)
        if change.name == ROW:
            return row
        return row.get(change.name) if row else change.before

    def _is_told(self, change: Change) -> bool:
        form = self._plain_form
        if not change.relation:
            shut = change.name not in form.fields or form.fields[change.name].disabled
            return shut or change.name in getattr(form, "told_fields", ())
        if change.name == ROW or change.relation not in form.formsets:
            return change.relation not in form.formsets
        row = form_of_row(form.formsets[change.relation], change.key)
        return bool(change.name in row.fields and row.fields[change.name].disabled)

    def _data(self) -> Any:
        """The form filled in with what is there now and, over it, the values from before."""
        fields = dict(self.present.fields)
        rows = {relation: {key: dict(row) for key, row in each.items()} for relation, each in self.present.rows.items()}
        for change in self._sorted()[0]:
            if not change.relation:
                fields[change.name] = change.after
            elif change.name == ROW and change.after is None:
                rows[change.relation].pop(change.key, None)
            elif change.name == ROW:
                rows[change.relation][change.key] = change.after
            else:
                rows[change.relation][change.key][change.name] = change.after
        return filled(self._plain_form, State(fields, rows), known=self.present)
