from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    """People who sign in, and what the law lets them ask of us."""

    name = "accounts"
    verbose_name = _("Accounts")
    mails = {
        "accounts/mail": _("Signing in and account"),
    }
