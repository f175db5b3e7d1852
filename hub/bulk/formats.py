"""The form of actions that give many things as a file."""

from django import forms
from django.utils.translation import gettext_lazy as _

from hub.sheets import writing


class FormatForm(forms.Form):
    """As which kind of file."""

    kind = forms.ChoiceField(
        label=_("Format"),
        choices=[(kind, writing.LABELS[kind]) for kind in writing.FORMATS],
        initial=writing.XLSX,
        widget=forms.RadioSelect,
    )
