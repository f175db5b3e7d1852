from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.public_forms.spam import GuardedForm
from calls.questions.keeping_times import ASKERS


class QuestionSearchForm(forms.Form):
    """What somebody looks for in the questions of a call; what cannot be meant counts as nothing."""

    q = forms.CharField(label=_("Search the questions"), max_length=200, required=False)
    question = forms.IntegerField(min_value=1, max_value=2**31 - 1, required=False)

    def chosen(self, name: str) -> Any:
        """The valid value of a field, or nothing."""
        self.is_valid()
        return self.cleaned_data.get(name) or ""


class AskForm(GuardedForm):
    """A question about a call; who asks stays between the asker and the centre."""

    question = forms.CharField(
        label=_("Your question"),
        error_messages={"required": _("Enter your question.")},
        help_text=_(
            "If we answer it, everybody can read question and answer on the page of the call. Leave out names."
        ),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    name = forms.CharField(
        label=_("Your name"),
        help_text=_("Only the centre sees it."),
        max_length=120,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    tell = forms.BooleanField(required=False)
    email = forms.EmailField(
        label=_("Your e-mail address"),
        help_text=format_lazy(
            _("Only needed if you want to hear the answer. Never shown, and deleted {days} days after the answer."),
            days=ASKERS.days,
        ),
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "inputmode": "email"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.consent = gettext("Tell me by mail when this question is answered. I can stop this with one click.")
        self.fields["tell"].label = self.consent

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("tell") and not cleaned.get("email") and "email" not in self.errors:
            self.add_error(
                "email", _("Fill in your e-mail address, or untick the box: without an address we cannot tell you.")
            )
        return cleaned

    @property
    def address(self) -> str:
        """Where to send the answer; an address without the wish to hear is not kept."""
        return self.cleaned_data["email"] if self.cleaned_data["tell"] else ""
