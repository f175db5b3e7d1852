"""How much the centre sees, as a choice of one."""

from copy import copy
from typing import Any, cast

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from consortia.consortium.models import Consortium


class ShareForm(forms.Form):
    """One of three; `seen` is what stood when the form was drawn."""

    use_required_attribute = False

    shown = forms.ChoiceField(
        label=_("What the centre sees of the draft"),
        choices=lambda: [(value, capfirst(label)) for value, label in Consortium.Shown.choices],
        widget=forms.RadioSelect,
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: Any = None, *, stands: str) -> None:
        super().__init__(data, initial={"shown": stands, "seen": stands})

    def show_again(self, seen: str) -> None:
        """After somebody else's change was told: sent once more, this choice takes its place."""
        typed = copy(self.data)
        cast(dict[str, Any], typed)["seen"] = seen
        self.data = typed
