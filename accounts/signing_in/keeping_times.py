"""How long what belongs to signing in is kept."""

from datetime import timedelta

from django.conf import settings

from accounts.privacy.keeping import KeepingTime

ACCOUNTS = KeepingTime("accounts", "people who sign in", "until deleted by an administrator")
UNPROVED_ACCOUNTS = KeepingTime(
    "unproved_accounts", "accounts whose address nobody proved", "after signing up", timedelta(days=1)
)
SESSIONS = KeepingTime(
    "sessions",
    "sessions: who is signed in, which practices a visitor keeps, what they said of their situation",
    "after the last change",
    timedelta(seconds=settings.SESSION_COOKIE_AGE),
)
