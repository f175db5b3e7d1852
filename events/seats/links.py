"""Signed addresses in mails about a registration."""

from datetime import timedelta

from django.core import signing

from events.seats.models import Registration

SALT = "events.cancel"
CONFIRM_SALT = "events.confirm"
MAX_AGE = timedelta(days=400)  # sign-up rarely opens more than a year ahead; after the event nothing is left to cancel


def cancel_token(registration: Registration) -> str:
    return signing.dumps(registration.uuid.hex, salt=SALT)


def confirm_token(registration: Registration) -> str:
    return signing.dumps(registration.uuid.hex, salt=CONFIRM_SALT)


def registration_for(token: str, *, salt: str = SALT) -> Registration | None:
    """The registration that a link names; None for a forged, old or superseded link."""
    try:
        name = signing.loads(token, salt=salt, max_age=MAX_AGE)
    except signing.BadSignature:
        return None
    return Registration.objects.select_related("event").filter(uuid=name).first()
