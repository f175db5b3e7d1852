from typing import Any

from allauth.account.models import EmailAddress
from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import password_validators_help_text_html, validate_password
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.users.forms import UserCreationForm, UserEditForm

from accounts.colleagues import administration
from accounts.users.models import User

ONE_NAME = _("Leave this empty if the person has one name.")


class _ColleagueForm(forms.ModelForm):
    """What inviting and changing share. Nobody types a password for somebody else."""

    password_enabled = False

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by = by
        if "is_superuser" in self.fields and not by.is_superuser:
            self.fields["is_superuser"].disabled = True
            self.fields["is_superuser"].help_text = _("Only administrators make somebody an administrator.")
        self.fields["last_name"].required = False
        self.fields["last_name"].help_text = ONE_NAME

    def clean_email(self) -> str:
        email = User.normalise_email(self.cleaned_data["email"])
        if EmailAddress.objects.filter(email=email, verified=True).exclude(user=self.instance.pk).exists():
            raise forms.ValidationError(_("Another account has this address."), code="taken")
        return email


class InvitationForm(_ColleagueForm, UserCreationForm):
    """Wagtail's form for a new user, without a password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].help_text = _(
            "An invitation goes there. Behind its link the person chooses a password and a language."
        )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not (cleaned.get("groups") or cleaned.get("is_superuser")):
            missing = _("Choose at least one role: without one an invitation leads nowhere.")
            self.add_error("groups", forms.ValidationError(missing, code="no_role"))
        return cleaned


class ColleagueForm(_ColleagueForm, UserEditForm):
    """Wagtail's form for a user, without a password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].help_text = _(
            "A new address replaces the old one everywhere: the person is signed out, both mailboxes are told, and the "
            "next sign-in proves the new address."
        )
        if "is_active" in self.fields:  # Wagtail leaves it out of one's own page
            self.fields["is_active"].help_text = _("Untick this instead of deleting the account.")
        if self.instance == self.by:
            self._shut("email", _("Change your own address on the page of your account."))
        elif not administration.may_manage(self.instance, by=self.by):
            for name in ("email", "is_active"):
                self._shut(name, _("Only administrators change this for an administrator."))

    def _shut(self, name: str, why: Promise | str) -> None:
        self.fields[name].disabled = True
        self.fields[name].help_text = str(why)


class AcceptanceForm(forms.Form):
    """What an invited colleague chooses."""

    language = forms.ChoiceField(label=_("Language of the mails and of the admin"), choices=lambda: settings.LANGUAGES)
    password = forms.CharField(
        label=_("Password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        self.fields["password"].help_text = password_validators_help_text_html()

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        validate_password(password, user=self.user)
        return password
