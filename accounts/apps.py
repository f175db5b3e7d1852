from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    """People who sign in, and what the law lets them ask of us."""

    name = "accounts"
    verbose_name = _("Accounts")
    mails = {
        "accounts/mail": _("Signing in and account"),
    }

    def ready(self) -> None:
        from allauth.account.signals import email_confirmed, password_reset

        from accounts import proving

        email_confirmed.connect(proving.on_address_proved)
        password_reset.connect(proving.on_password_reset)
