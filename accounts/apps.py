from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from wagtail.users.apps import WagtailUsersAppConfig


class AccountsConfig(AppConfig):
    """People who sign in, and what the law lets them ask of us."""

    name = "accounts"
    default = True
    verbose_name = _("Accounts")
    mails = {
        "accounts/mail": _("Signing in and account"),
    }
    not_shown = ("*",)

    def ready(self) -> None:
        from allauth.account.signals import email_confirmed, password_reset

        from accounts.my_data import copies
        from accounts.personal_data import declarations, erasing
        from accounts.personal_data.keeping_times import DATA_COPIES, ERASURES
        from accounts.personal_data.of_accounts import DECLARED
        from accounts.privacy import keeping
        from accounts.public_forms.keeping_times import COUNTERS
        from accounts.signing_in import keeping_times, proving, sessions

        keeping.register(keeping_times.ACCOUNTS)
        keeping.register(keeping_times.UNPROVED_ACCOUNTS, erase=proving.forget_unproved, due=proving.due)
        keeping.register(keeping_times.SESSIONS, erase=sessions.forget_over, due=sessions.due)
        keeping.register(COUNTERS)
        keeping.register(DATA_COPIES, erase=copies.forget, due=copies.due)
        keeping.register(ERASURES, erase=erasing.forget_old, due=erasing.due)
        declarations.register(DECLARED)
        email_confirmed.connect(proving.on_address_proved)
        password_reset.connect(proving.on_password_reset)


class ColleaguesConfig(WagtailUsersAppConfig):
    """Wagtail's users with our own pages: people are invited."""

    group_viewset = "accounts.colleagues.admin.ColleagueGroupViewSet"
    user_viewset = "accounts.colleagues.admin.ColleagueViewSet"
