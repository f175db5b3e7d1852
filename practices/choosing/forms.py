"""Which practices a visitor chooses, to compare or to keep them."""

from typing import Any

from django import forms
from django.core.validators import slug_re
from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme

_LONGEST_SLUG = 80


class SlugsField(forms.Field):
    """Practices by the last part of their address, each once; which of them exist is for the library to say."""

    widget = forms.SelectMultiple

    def __init__(self, *, most: int, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.most = most

    def to_python(self, value: Any) -> list[str]:
        """Those that could be one, as many as are looked at."""
        values = value if isinstance(value, (list, tuple)) else []
        slugs = [each for each in map(str, values) if len(each) <= _LONGEST_SLUG and slug_re.fullmatch(each)]
        return list(dict.fromkeys(slugs))[: self.most]


class ComparisonForm(forms.Form):
    """What the address of a comparison holds."""

    practice = SlugsField(most=20, required=False)
    differs = forms.BooleanField(required=False)


class KeepForm(forms.Form):
    """Practices to keep or to take off the shortlist, and where the reader goes on."""

    practice = SlugsField(most=50, required=False)
    next = forms.CharField(required=False)

    def __init__(self, request: HttpRequest) -> None:
        super().__init__(request.POST if request.method == "POST" else request.GET)
        self._host = request.get_host()

    def clean_next(self) -> str:
        """A path of the portal itself, or nothing."""
        path: str = self.cleaned_data["next"]
        ours = url_has_allowed_host_and_scheme(path, allowed_hosts={self._host}) and path.startswith("/")
        return path if ours else ""
