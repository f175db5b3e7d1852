"""allauth's form to make an account, with its guard hidden the way all our forms hide it."""

from typing import Any

from allauth.account.forms import SignupForm as AllauthSignupForm
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.spam import TRAP


class SignupForm(AllauthSignupForm):
    """Its own guard carries an inline style, which our content policy refuses, and no label."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        guard = self.fields[settings.ACCOUNT_SIGNUP_FORM_HONEYPOT_FIELD]
        guard.label = _("Leave this empty")
        guard.widget.attrs = dict(TRAP)

    def try_save(self, request: HttpRequest) -> tuple[User | None, HttpResponse | None]:
        """An address that has an account costs the same work as a new one: the clock must not tell them apart."""
        if self.account_already_exists:
            User().set_password(self.cleaned_data["password1"])
        user, response = super().try_save(request)
        return user, response
