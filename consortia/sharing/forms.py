"""How much the centre sees, as a choice of one."""

from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from consortia.consortium.models import Consortium
from consortia.consortium.stale import StaleForm


class ShareForm(StaleForm):
    """One of three; `seen` is what stood when the form was drawn."""

    shown = forms.ChoiceField(
        label=_("What the centre sees of the draft"),
        error_messages={"required": _("Choose what the centre sees of the draft.")},
        choices=lambda: [(value, capfirst(label)) for value, label in Consortium.Shown.choices],
        widget=forms.RadioSelect,
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: Any = None, *, stands: str) -> None:
        super().__init__(data, initial={"shown": stands, "seen": stands})
