"""What reviewers say about conflicts, and why a chair lifts one."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from consortia.consortium.models import MOST_REASON


class StateForm(forms.Form):
    """Before reading: none besides those that are known, or one, with its reason."""

    use_required_attribute = False

    answer = forms.ChoiceField(choices=[("none", "none"), ("conflict", "conflict")], widget=forms.HiddenInput)
    reason = forms.CharField(
        label=_("If you have a conflict: which"),
        help_text=_("The chairs of this call read it."),
        required=False,
        max_length=MOST_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("answer") == "conflict" and not cleaned.get("reason"):
            self.add_error("reason", gettext("Say in a few words which conflict you have."))
        if cleaned.get("answer") == "none" and cleaned.get("reason"):
            self.add_error(
                "reason", gettext("You wrote about a conflict and said that there is none. Which of the two is it?")
            )
        return cleaned


class LiftForm(forms.Form):
    """Why somebody may read in spite of a conflict."""

    use_required_attribute = False

    reason = forms.CharField(
        label=_("Why this is no hindrance"),
        help_text=_("It stays on record with your name."),
        max_length=MOST_REASON,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
