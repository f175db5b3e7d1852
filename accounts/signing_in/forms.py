from django import forms
from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.public_forms.names import validate_name
from accounts.signing_in import proving
from accounts.users.models import User


class ProfileSignupForm(forms.Form):
    """What we ask besides address and password when somebody makes an account."""

    first_name = forms.CharField(
        label=_("First name"),
        error_messages={"required": _("Enter your first name.")},
        max_length=150,
        validators=[validate_name],
        widget=forms.TextInput(attrs={"autocomplete": "given-name"}),
    )
    last_name = forms.CharField(
        label=_("Last name"),
        required=False,
        help_text=_("Leave this empty if you have one name."),
        max_length=150,
        validators=[validate_name],
        widget=forms.TextInput(attrs={"autocomplete": "family-name"}),
    )

    def signup(self, request: HttpRequest, user: User) -> None:
        """Called by allauth once the user exists."""
        user.language = get_language() or ""
        user.save(update_fields=["language"])
        proving.made_here(request, user)
