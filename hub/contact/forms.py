"""How somebody writes to the centre."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.public_forms.spam import GuardedForm


class ContactForm(GuardedForm):
    """A question to the centre."""

    name = forms.CharField(
        label=_("Your name"),
        error_messages={"required": _("Enter your name.")},
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = forms.EmailField(
        label=_("Your e-mail address"),
        error_messages={"required": _("Enter your e-mail address.")},
        help_text=_("We use it to answer you, and for nothing else."),
        widget=forms.EmailInput(attrs={"autocomplete": "email", "inputmode": "email"}),
    )
    subject = forms.CharField(label=_("Subject"), error_messages={"required": _("Enter a subject.")}, max_length=120)
    message = forms.CharField(
        label=_("Your question or message"),
        error_messages={"required": _("Enter your question or message.")},
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    to = forms.IntegerField(required=False, min_value=1, max_value=2**31 - 1, widget=forms.HiddenInput)
