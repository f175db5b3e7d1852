from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.public_forms.spam import GuardedForm
from accounts.users.models import User


class DataLinkForm(GuardedForm):
    """Ask for a link to the page of what is kept about an address."""

    email = forms.EmailField(
        label=_("E-mail address"),
        error_messages={"required": _("Enter your e-mail address.")},
        widget=forms.EmailInput(attrs={"autocomplete": "email", "inputmode": "email"}),
    )


class ErasingForm(forms.Form):
    """Who erases types the address: nothing of it can be undone."""

    address = forms.EmailField(
        label=_("Type your e-mail address to confirm"),
        error_messages={"required": _("Enter your e-mail address to confirm.")},
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, *args: Any, emails: tuple[str, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.emails = emails

    def clean_address(self) -> str:
        address = User.normalise_email(self.cleaned_data["address"])
        if address not in self.emails:
            raise forms.ValidationError(_("This is not the address whose data is erased."))
        return address


class RequestForm(forms.Form):
    """What staff fill in for somebody who asked to be erased."""

    email = forms.EmailField(label=_("E-mail address"))
    reason = forms.CharField(
        label=_("How the request came"),
        max_length=300,
        help_text=_("For example “letter of 3 March, identity checked by telephone”. Write no name and no address."),
    )
    is_sure = forms.BooleanField(label=_("Yes, erase it; this cannot be undone"), required=False)

    def clean_email(self) -> str:
        return User.normalise_email(self.cleaned_data["email"])
