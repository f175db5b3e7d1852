"""The forms in which staff say that something moved, on whose word, and where that can be read."""

from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hub.dates.fields import DayInput
from hub.vocabularies.models import Term
from partners.organisations.models import Organisation
from practices.mainstreaming.models import HookStatus, StageMove, Status
from practices.mainstreaming.moving import Told
from practices.mainstreaming.steps import Known, Step
from practices.practice.models.practice import Practice

_NEVER = gettext_lazy("It never happened")


def _field(name: str, **options: Any) -> Any:
    """A field as the model has it, so that words and limits stand in one place."""
    return StageMove._meta.get_field(name).formfield(**options)  # type: ignore[union-attr]


class StepForm(forms.Form):
    """A step; where it `corrects` another, with the reason, and it may say that the other never happened."""

    on = forms.DateField(label=gettext_lazy("When"), widget=DayInput)
    known = forms.ChoiceField(label=gettext_lazy("What of this day is known"), choices=Known.choices)
    word = _field("word", required=False)
    organisation = forms.ModelChoiceField(
        label=gettext_lazy("Organisation that says so"),
        help_text=gettext_lazy("When it is in the directory."),
        queryset=Organisation.objects.public().order_by("name"),
        required=False,
    )
    source_title, source_url = _field("source_title"), _field("source_url", assume_scheme="https")
    reason = _field("reason", required=True)

    first: tuple[str, ...] = ("to", "on", "known")
    to_label: Promise | str = ""

    def __init__(self, *args: Any, corrects: Step | None, **kwargs: Any) -> None:
        initial = {"known": Known.DAY, **kwargs.pop("initial", {})}
        if corrects:
            names = ("on", "known", "word", "organisation", "source_title", "source_url")
            initial |= {name: getattr(corrects, name) for name in names}
        super().__init__(*args, **kwargs, initial=initial)  # type: ignore[misc]  # taken out of these above
        self.corrects = corrects
        if corrects is None:
            del self.fields["reason"]
        self.fields["organisation"].widget = _chooser()
        self.order_fields([*self.first, *self.fields])

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not cleaned.get("word") and not cleaned.get("organisation") and "word" not in self.errors:
            self.add_error("word", _("Say on whose word: write it, or choose an organisation."))
        return cleaned

    @property
    def told(self) -> Told:
        """What the verbs want of it."""
        names = ("source_url", "source_title", "word", "organisation", "known")
        return Told(**{name: self.cleaned_data[name] for name in names})


def _chooser() -> forms.Widget:
    """Wagtail's chooser; a plain list would hold the whole directory."""
    viewset: Any = Organisation.snippet_viewset  # Wagtail puts it there
    widget: forms.Widget = viewset.chooser_viewset.widget_class
    return widget


def _stages() -> Any:
    return Term.objects.of("stage")


class MoveForm(StepForm):
    """A practice moves to a stage."""

    first = ("to", "before", "on", "known")
    before = forms.ModelChoiceField(
        label=gettext_lazy("Stage before"),
        help_text=gettext_lazy("Where it was until then. Empty when nobody knows."),
        queryset=Term.objects.none(),
        required=False,
    )
    to = forms.ModelChoiceField(label=gettext_lazy("To which stage"), queryset=Term.objects.none())

    def __init__(self, *args: Any, practice: Practice, corrects: StageMove | None = None, **kwargs: Any) -> None:
        initial = {"before": practice.stage_id}
        if corrects:
            initial = {"before": corrects.before_id, "to": corrects.stage_id}
        super().__init__(*args, corrects=corrects, initial=initial, **kwargs)
        for name in ("to", "before"):
            self.fields[name].queryset = _stages()  # type: ignore[attr-defined]
        if corrects:
            self.fields["to"].required = False
            self.fields["to"].empty_label = _NEVER  # type: ignore[attr-defined]
        # Of a history that has begun the first row says it.
        first = StageMove.objects.filter(practice=practice).counting().in_order().first()
        if first and first != corrects:
            del self.fields["before"]


class StatusForm(StepForm):
    """A policy hook comes into a status."""

    to = forms.ChoiceField(label=gettext_lazy("To which status"))

    def __init__(self, *args: Any, corrects: HookStatus | None = None, **kwargs: Any) -> None:
        initial = {"to": corrects.status} if corrects else {}
        super().__init__(*args, corrects=corrects, initial=initial, **kwargs)
        none = ("", _NEVER) if corrects else ("", "---------")
        self.fields["to"].choices = [none, *Status.choices]  # type: ignore[attr-defined]
        self.fields["to"].required = corrects is None
