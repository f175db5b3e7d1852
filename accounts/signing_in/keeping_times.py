"""How long what belongs to signing in is kept."""

from datetime import timedelta

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from accounts.privacy.keeping import KeepingTime
from accounts.privacy.words import Ground, Subject

ACCOUNTS = KeepingTime(
    "accounts",
    _("people who sign in"),
    _("until you erase it, or an administrator deletes it"),
    subject=Subject.ACCOUNTS,
    ground=Ground.SERVICE,
    why=_("So that you can sign in and find what is yours."),
)
UNPROVED_ACCOUNTS = KeepingTime(
    "unproved_accounts",
    _("accounts whose address nobody proved"),
    _("after signing up"),
    timedelta(days=1),
    subject=Subject.ACCOUNTS,
    ground=Ground.SERVICE,
    why=_("So that you can still prove your address."),
)
SESSIONS = KeepingTime(
    "sessions",
    _("sessions: who is signed in, which practices a visitor keeps, what they said of their situation"),
    _("after the last change"),
    timedelta(seconds=settings.SESSION_COOKIE_AGE),
    subject=Subject.ACCOUNTS,
    ground=Ground.SERVICE,
    why=_("So that you stay signed in and find again what you chose."),
)
