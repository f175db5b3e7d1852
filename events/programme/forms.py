"""How the rows of an event's programme are edited within the form of the event."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.models import WagtailAdminModelForm

from events.programme.models import ProgrammeItem, Speaker
from hub.dates.brussels import BrusselsDateTimeField


class ProgrammeItemForm(WagtailAdminModelForm):
    """One item; its speakers are those of its event that are saved already."""

    starts_at = BrusselsDateTimeField(label=_("Starts at"), help_text=_("Brussels time."))
    ends_at = BrusselsDateTimeField(label=_("Ends at"), help_text=_("Brussels time."))
    speakers = forms.ModelMultipleChoiceField(
        label=_("Speakers"),
        queryset=Speaker.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta(WagtailAdminModelForm.Meta):
        model = ProgrammeItem
        fields = ["title", "starts_at", "ends_at", "room", "speakers"]

    def __init__(self, *args: Any, event: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        event_id = event.pk if event else self.instance.event_id
        if event_id:
            self.fields["speakers"].queryset = Speaker.objects.filter(event=event_id)


def _items(form: Any) -> Any:
    return getattr(form, "formsets", {}).get("programme")


def give_speakers(form: Any) -> None:
    """Let the rows of an event's form know whose speakers they offer; called before the rows are made."""
    if items := _items(form):
        items.form_kwargs = {**items.form_kwargs, "event": form.instance}


def keeps_times(form: Any) -> bool:
    """Whether every item lies inside the event's time; an error at the field says so where one does not."""
    event, kept = form.instance, True
    for row in _items(form).forms if _items(form) else ():
        item = row.instance
        if row.cleaned_data.get("DELETE") or (not row.has_changed() and not item.pk):
            continue
        if item.starts_at and item.ends_at and not item.is_within(event.starts_at, event.ends_at):
            name = "ends_at" if item.starts_at >= event.starts_at else "starts_at"
            row.add_error(name, gettext("This lies outside of the event's time."))
            kept = False
    return kept


def drop_removed_speakers(form: Any) -> None:
    """Who is taken off the event's speakers in the same form speaks at no item any more."""
    items = _items(form)
    if not items:
        return
    removed = {row.instance.pk for row in form.formsets["speakers"].deleted_forms}
    for row in items.forms:
        if speakers := row.cleaned_data.get("speakers"):
            row.cleaned_data["speakers"] = [each for each in speakers if each.pk not in removed]
