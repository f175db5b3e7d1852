"""What visitors fill in about a practice."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.public_forms.spam import GuardedForm


class QuestionForm(GuardedForm):
    """A question to whoever answers for a practice."""

    name = forms.CharField(
        label=_("Your name"),
        error_messages={"required": _("Enter your name.")},
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = forms.EmailField(
        label=_("Your e-mail address"),
        error_messages={"required": _("Enter your e-mail address.")},
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
        error_messages={"required": _("Enter your question.")},
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 8}),
    )

    def clean_name(self) -> str:
        """One line: it stands in the subject of a mail."""
        return " ".join(self.cleaned_data["name"].split())
