"""What an owner says to the text of a consortium."""

from copy import copy
from typing import Any, cast

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from consortia.consortium.models import MOST_REASON


class SignForm(forms.Form):
    """Yes or no to the version that was read."""

    use_required_attribute = False

    answer = forms.ChoiceField(choices=[("confirm", "confirm"), ("decline", "decline")], widget=forms.HiddenInput)
    number = forms.IntegerField(widget=forms.HiddenInput)
    reason = forms.CharField(
        label=_("If you decline: why"),
        help_text=_("The people of the organisation that leads read it."),
        required=False,
        max_length=MOST_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("answer") == "decline" and not cleaned.get("reason"):
            self.add_error("reason", gettext("Say why in a few words: those who lead need to know."))
        return cleaned

    def show_again(self, number: int) -> None:
        """Beside another version than the one that was read."""
        typed = copy(self.data)
        cast(dict[str, Any], typed)["number"] = str(number)
        self.data = typed
