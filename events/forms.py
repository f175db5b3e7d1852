from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.spam import GuardedForm
from events.models import Registration

CONSENT_WORDING: Promise = _(
    "We use what you fill in to organise this event and to mail you about it, for nothing else. "
    "What you need to take part is deleted 30 days after the event."
)


class SignUpForm(GuardedForm, forms.ModelForm):
    """What we ask for a seat."""

    class Meta:
        model = Registration
        fields = ["name", "email", "organisation_name", "access_needs"]
        labels = {"name": _("Your name"), "email": _("E-mail address"), "organisation_name": _("Organisation")}
        help_texts = {"email": _("The confirmation with the calendar file goes there.")}
        widgets = {
            "name": forms.TextInput(attrs={"autocomplete": "name"}),
            "email": forms.EmailInput(attrs={"autocomplete": "email", "inputmode": "email", "spellcheck": "false"}),
            "organisation_name": forms.TextInput(attrs={"autocomplete": "organization"}),
            "access_needs": forms.Textarea(attrs={"rows": 3}),
        }

    def clean_email(self) -> str:
        return User.normalise_email(self.cleaned_data["email"])

    def answers(self) -> dict[str, Any]:
        """What the person filled in, without the guards."""
        return {name: self.cleaned_data[name] for name in self.Meta.fields}
