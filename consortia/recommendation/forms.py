"""What a chair settles about a consortium."""

from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from consortia.consortium.stale import StaleForm
from consortia.outcomes.models import MOST_REASONS, MOST_REVISIONS, Outcome
from consortia.recommendation.settling import Settled


class SettleForm(StaleForm):
    """The outcome, and the words that partners read once it is released."""

    verdict = forms.ChoiceField(
        label=_("Outcome"),
        choices=lambda: [(value, capfirst(label)) for value, label in Outcome.Verdict.choices],
        widget=forms.RadioSelect,
    )
    reasons = forms.CharField(
        label=_("Reasons"),
        help_text=_("All partners read them, in the language in which you write."),
        max_length=MOST_REASONS,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    conditions = forms.CharField(
        label=_("Conditions"),
        help_text=_("Only if it is recommended with conditions."),
        required=False,
        max_length=MOST_REASONS,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=MOST_REVISIONS)

    def __init__(self, data: Any = None, *, outcome: Outcome | None) -> None:
        stands = {name: getattr(outcome, name) for name in ("verdict", "reasons", "conditions")} if outcome else {}
        super().__init__(data, initial=stands | {"seen": outcome.revision if outcome else 0})

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        with_conditions = cleaned.get("verdict") == Outcome.Verdict.CONDITIONS
        if with_conditions and not cleaned.get("conditions"):
            self.add_error("conditions", gettext("Say which conditions."))
        if cleaned.get("verdict") and not with_conditions and cleaned.get("conditions"):
            self.add_error("conditions", gettext("Choose “recommended with conditions”, or leave this empty."))
        return cleaned

    @property
    def settled(self) -> Settled:
        """Line ends as everywhere."""
        words = {name: self.cleaned_data[name].replace("\r\n", "\n") for name in ("reasons", "conditions")}
        return Settled(self.cleaned_data["verdict"], **words)
