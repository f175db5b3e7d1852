from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.public_forms.names import validate_name
from accounts.users.models import User


class ProfileForm(forms.ModelForm):
    """What a person may change about themselves here; addresses and passwords have pages of their own."""

    language = forms.ChoiceField(
        label=_("Language of the mails"),
        error_messages={"required": _("Choose the language of the mails.")},
        choices=lambda: settings.LANGUAGES,
    )

    class Meta:
        model = User
        fields = ("first_name", "last_name", "language")
        error_messages: ClassVar[dict[str, dict[str, Promise]]] = {
            "first_name": {"required": _("Enter your first name.")}
        }
        help_texts: ClassVar[dict[str, Promise]] = {"last_name": _("Leave this empty if you have one name.")}
        widgets = {
            "first_name": forms.TextInput(attrs={"autocomplete": "given-name"}),
            "last_name": forms.TextInput(attrs={"autocomplete": "family-name"}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["first_name"].required = True
        for name in ("first_name", "last_name"):
            self.fields[name].validators.append(validate_name)
