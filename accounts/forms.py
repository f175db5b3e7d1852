from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts import proving
from accounts.models import User
from accounts.names import validate_name


class ProfileSignupForm(forms.Form):
    """What we ask besides address and password when somebody makes an account."""

    first_name = forms.CharField(
        label=_("First name"),
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


class ProfileForm(forms.ModelForm):
    """What a person may change about themselves here; addresses and passwords have pages of their own."""

    language = forms.ChoiceField(label=_("Language of the mails"), choices=lambda: settings.LANGUAGES)

    class Meta:
        model = User
        fields = ("first_name", "last_name", "language")
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
