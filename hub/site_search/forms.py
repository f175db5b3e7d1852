from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class PageNumberField(forms.Field):
    """The number of a page of a list; whatever is none is the first."""

    def to_python(self, value: Any) -> int:
        """At least 1, and no longer than numbers of pages are."""
        written = str(value or "")
        number = int(written) if written.isascii() and written.isdigit() and len(written) < 10 else 1
        return max(number, 1)


class SearchForm(forms.Form):
    """The words that somebody looks for, on the whole site."""

    LONGEST = 200

    q = forms.CharField(
        label=_("Search the whole site"),
        max_length=LONGEST,
        required=False,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )
    page = PageNumberField(required=False)
