"""allauth's form to make an account, guarded like all our forms."""

from typing import Any

from allauth.account.forms import SignupForm as AllauthSignupForm
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from accounts.public_forms.spam import TrappedForm
from accounts.users.models import User


class SignupForm(TrappedForm, AllauthSignupForm):
    """allauth's own guard would pretend to whoever falls into it that a code is on its way."""

    account_already_exists: bool

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].error_messages["required"] = _("Enter your e-mail address.")
        self.fields["password1"].error_messages["required"] = _("Enter a password.")

    def try_save(self, request: HttpRequest) -> tuple[User | None, HttpResponse | None]:
        """An address that has an account costs the same work as a new one: the clock must not tell them apart."""
        if self.account_already_exists:
            User().set_password(self.cleaned_data["password1"])
        try:
            with transaction.atomic():
                user, response = super().try_save(request)
        except IntegrityError:
            # The account was made in this very moment, as by a double click: from now on the address has one.
            self.account_already_exists = True
            user, response = super().try_save(request)
        return user, response
