"""The admin's forms of facts: who saves what somebody else changed meanwhile is told first, and keeps their words."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django import forms
from django.contrib.admin.utils import unquote
from django.core import signing
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.utils.functional import cached_property
from django.utils.translation import gettext
from wagtail.models import ModelLogEntry
from wagtail.snippets.views.snippets import EditView

from hub.facts import record
from hub.facts.merging import Place, merged
from hub.facts.state import Change, FormClass, State, changes, from_json, read, to_json
from hub.facts.words import Told, tell

SEEN = "facts_seen"
_SALT = "hub.facts"

View = Callable[..., HttpResponse]


@dataclass(frozen=True)
class TheirChange:
    """What somebody else changed while a form was open, and whose words stand in the form now."""

    told: Told
    entry: ModelLogEntry | None
    is_theirs_in_form: bool


class SeenField(forms.CharField):
    """What the form held when it was loaded; never a change by itself."""

    widget = forms.HiddenInput

    def has_changed(self, initial: Any, data: Any) -> bool:
        return False


def holding(model: type[Model], view: View, *, key: str = "pk") -> View:
    """A view that saves a fact while it holds the fact's row: two who save at once come one after the other."""

    @wraps(view)
    def held(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method != "POST":
            return view(request, *args, **kwargs)
        with transaction.atomic():
            hold(model, kwargs.get(key))
            return view(request, *args, **kwargs)

    return held


def hold(model: type[Model], quoted: Any) -> None:
    """Wait for whoever is saving this fact, and keep it until the transaction ends."""
    try:
        pk = model._meta.pk.to_python(unquote(str(quoted)))
    except ValidationError:
        return  # the view says that there is no such fact
    list(model._base_manager.select_for_update(no_key=True, of=("self",)).filter(pk=pk).values_list("pk"))


class FactFormMixin:
    """Saving a fact: what changed meanwhile is told, what changes now goes on record.

    For an edit view of Wagtail's, called through `holding`.
    """

    object: Any
    request: HttpRequest
    produced_error_message: str | None
    their_changes: list[TheirChange]
    form_again: FormClass

    @cached_property
    def present(self) -> State:
        """The fact as it is, before the form puts anything into it."""
        return read(type(self.object)._base_manager.get(pk=self.object.pk), self.get_form_class())  # type: ignore[attr-defined]

    def get_form(self, form_class: FormClass | None = None) -> FormClass:
        form = super().get_form(form_class)  # type: ignore[misc]  # Wagtail's views carry no types
        form.fields[SEEN] = SeenField(required=False, initial=self._seen_now())
        return form

    def is_valid(self, form: FormClass) -> bool:
        loaded, last_entry = self._seen(form)
        if loaded == self.present:
            return bool(super().is_valid(form))  # type: ignore[misc]
        self._come_back(form, loaded, last_entry)
        self.produced_error_code = "changed_meanwhile"
        self.produced_error_message = gettext(
            "Not saved yet: somebody changed this while you had it open. Nothing of yours is lost; see below."
        )
        return False

    def form_invalid(self, form: FormClass) -> HttpResponse:
        return super().form_invalid(getattr(self, "form_again", form))  # type: ignore[misc]

    def save_instance(self) -> Any:
        before = self.present
        saved = super().save_instance()  # type: ignore[misc]
        record.note(saved, self.get_form_class(), before)  # type: ignore[attr-defined]
        return saved

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)  # type: ignore[misc]
        return context | {"their_changes": getattr(self, "their_changes", None)}

    def _seen_now(self) -> str:
        newest = record.entries(self.object).values_list("pk", flat=True).first()
        return signing.dumps([to_json(self.present), newest or 0], salt=_SALT, compress=True)

    def _seen(self, form: FormClass) -> tuple[State | None, int]:
        """What the form held when it was loaded. One that does not say comes from no page of ours: it saw all."""
        sent = form.data.get(SEEN)
        if not sent:
            return self.present, 0
        try:
            state, last_entry = signing.loads(sent, salt=_SALT)
        except signing.BadSignature:
            return None, 0  # from before the portal's key changed: what it held is not known any more
        return from_json(state), last_entry

    def _come_back(self, form: FormClass, loaded: State | None, last_entry: int) -> None:
        """The form with the sender's words, and the other's where the sender wrote none; and what the other changed."""
        data, found = form.data.copy(), []
        taken: set[Place] = set()
        if loaded is not None:
            data, taken = merged(form, loaded, self.present)
            found = list(changes(loaded, self.present))
        data[SEEN] = self._seen_now()
        self.form_again = type(form)(**self.get_form_kwargs() | {"data": data})  # type: ignore[attr-defined]
        self.form_again.fields[SEEN] = SeenField(required=False)
        entries = list(record.entries(self.object).filter(pk__gt=last_entry).select_related("user")[:50])
        self.their_changes = [
            TheirChange(told, _by(told.change, entries), is_theirs_in_form=told.change.place in taken)
            for told in tell(type(self.object), type(form), found)
        ]


def _by(change: Change, entries: Iterable[ModelLogEntry]) -> ModelLogEntry | None:
    """Who last changed this, as far as it is on record."""
    for entry in entries:
        if any(change.place == each.place for each in record.changes_in(entry)):
            return entry
    return next((entry for entry in entries if record.CHANGES not in entry.data), None)


class FactEditView(FactFormMixin, EditView):
    """A fact that is there."""
