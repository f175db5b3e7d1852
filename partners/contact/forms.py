"""What visitors write to an organisation."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.public_forms.spam import GuardedForm


class MessageForm(GuardedForm):
    """A message to an organisation."""

    name = forms.CharField(
        label=_("Your name"),
        error_messages={"required": _("Enter your name.")},
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = forms.EmailField(
        label=_("Your e-mail address"),
        error_messages={"required": _("Enter your e-mail address.")},
        help_text=_("The answer goes to this address. The organisation sees it, nobody else."),
        widget=forms.EmailInput(attrs={"autocomplete": "email", "inputmode": "email"}),
    )
    message = forms.CharField(
        label=_("Your message"),
        error_messages={"required": _("Enter your message.")},
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 8}),
    )

    def clean_name(self) -> str:
        """One line: it stands in the subject of a mail."""
        return " ".join(self.cleaned_data["name"].split())
