"""What owners fill in about the people of their organisation."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.users.models import User
from partners.organisations.models import Membership

_ROLES = _("An editor keeps the profile. An owner also says who else acts for the organisation.")


def role_field(**options: Any) -> forms.ChoiceField:
    """Owner or editor, with what that means."""
    return forms.ChoiceField(
        label=_("Role"),
        error_messages={"required": _("Choose a role.")},
        help_text=_ROLES,
        choices=lambda: [(value, capfirst(label)) for value, label in reversed(Membership.Role.choices)],
        widget=forms.RadioSelect,
        **options,
    )


class InvitationForm(forms.Form):
    """Whom to ask, as what, in which language."""

    use_required_attribute = False

    email = forms.EmailField(
        label=_("E-mail address"),
        error_messages={"required": _("Enter an e-mail address.")},
        help_text=_("The invitation goes there. Only who can read mail at this address can accept it."),
        widget=forms.EmailInput(attrs={"autocomplete": "off", "inputmode": "email", "spellcheck": "false"}),
    )
    role = role_field(initial=Membership.Role.EDITOR)
    language = forms.ChoiceField(
        label=_("Language of the mail"),
        error_messages={"required": _("Choose the language of the mail.")},
        choices=lambda: settings.LANGUAGES,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].initial = get_language()

    def clean_email(self) -> str:
        return User.normalise_email(self.cleaned_data["email"])


class RoleForm(forms.Form):
    """What somebody is from now on."""

    use_required_attribute = False

    role = role_field()
