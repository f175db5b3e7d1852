from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.spam import GuardedForm
from hub.chain import STATE_LABELS
from hub.models.vocabularies import Term, Vocabulary


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


class CallFilterForm(forms.Form):
    """Which calls to show; a value that does not exist is as good as none."""

    state = forms.ChoiceField(label=_("State"), required=False)
    programme = forms.ChoiceField(label=_("Programme"), required=False)
    track = forms.ChoiceField(label=_("Action track"), required=False)

    def __init__(self, *args: Any, programmes: Iterable[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        tracks = Term.objects.public().of(Vocabulary.TRACK)
        self._offer("state", STATE_LABELS.items())
        self._offer("programme", [(name, name) for name in programmes])
        self._offer("track", [(term.code, str(term.label)) for term in tracks])

    def _offer(self, name: str, choices: Iterable[tuple[str, Any]]) -> None:
        self.fields[name].choices = [("", _("All")), *choices]  # type: ignore[attr-defined]

    def chosen(self) -> dict[str, str]:
        """The valid values; what is not valid counts as nothing."""
        self.is_valid()
        return {name: self.cleaned_data[name] for name in self.fields if self.cleaned_data.get(name)}


class ContactForm(GuardedForm):
    """A question to the centre."""

    name = forms.CharField(label=_("Your name"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    email = forms.EmailField(
        label=_("Your e-mail address"),
        help_text=_("We use it to answer you, and for nothing else."),
        widget=forms.EmailInput(attrs={"autocomplete": "email", "inputmode": "email"}),
    )
    subject = forms.CharField(label=_("Subject"), max_length=120)
    message = forms.CharField(
        label=_("Your question or message"), max_length=5000, widget=forms.Textarea(attrs={"rows": 8})
    )
    to = forms.IntegerField(required=False, min_value=1, max_value=2**31 - 1, widget=forms.HiddenInput)
