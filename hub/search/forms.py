from django import forms
from django.utils.translation import gettext_lazy as _


class SearchForm(forms.Form):
    """The words that somebody looks for, on the whole site."""

    LONGEST = 200

    q = forms.CharField(
        label=_("Search the whole site"),
        max_length=LONGEST,
        required=False,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )
