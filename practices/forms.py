"""What visitors fill in about a practice, and which practices they choose."""

from typing import Any

from django import forms
from django.core.validators import slug_re
from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _

from accounts.spam import GuardedForm


class QuestionForm(GuardedForm):
    """A question to whoever answers for a practice."""

    name = forms.CharField(label=_("Your name"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    email = forms.EmailField(
        label=_("Your e-mail address"),
        help_text=_("The answer goes to this address; it is shown to nobody else."),
        widget=forms.EmailInput(attrs={"autocomplete": "email", "inputmode": "email"}),
    )
    organisation = forms.CharField(
        label=_("Your organisation"),
        max_length=160,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    question = forms.CharField(
        label=_("Your question"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 8}),
    )

    def clean_name(self) -> str:
        """One line: it stands in the subject of a mail."""
        return " ".join(self.cleaned_data["name"].split())


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
