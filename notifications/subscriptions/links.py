"""The links that mails carry, and the signed keys inside them."""

from typing import Any
from urllib.parse import urljoin

from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils import translation

from notifications.subscriptions.models import Subscription

_STOP_SALT = "notifications.stop"
_CONFIRM_SALT = "notifications.confirm"
_MANAGE_SALT = "notifications.manage"
CONFIRM_DAYS = 3
# A link in an old mail that somebody else may have come by does not open the page for ever.
MANAGE_DAYS = 365


def stop_token(subscription: Subscription) -> str:
    """Stops one subscription. It never grows old: a mail of years ago must still be able to stop the next."""
    return _stop_signer().sign(str(subscription.uuid))


def read_stop_token(token: str) -> Subscription | None:
    """The subscription that this link stops, or None for a link that we did not make."""
    try:
        uuid = _stop_signer().unsign(token)
    except signing.BadSignature:
        return None
    return Subscription.objects.filter(uuid=uuid).first()


def manage_token(subscription: Subscription) -> str:
    """Opens the page of everything that this subscription's address follows; good for a year."""
    return _manage_signer().sign(subscription.uuid.hex)


def read_manage_token(token: str) -> Subscription | None:
    """The subscription whose address the link speaks for, or None for one that is too old or that we did not make."""
    try:
        uuid = _manage_signer().unsign(token, max_age=MANAGE_DAYS * 86_400)
    except signing.BadSignature:
        return None
    return Subscription.objects.filter(uuid=uuid).first()


def confirm_token(subscription: Subscription, *, language: str, offsets: list[int]) -> str:
    """Confirms one request, with the choices that it asked for; good for three days and for this request only."""
    asked = {"uuid": str(subscription.uuid), "state": state(subscription), "language": language, "offsets": offsets}
    return signing.dumps(asked, salt=_CONFIRM_SALT, compress=True)


def read_confirm_token(token: str) -> dict[str, Any] | None:
    """What the link asks to confirm, or None for one that is too old or that we did not make."""
    try:
        asked: dict[str, Any] = signing.loads(token, salt=_CONFIRM_SALT, max_age=CONFIRM_DAYS * 86_400)
    except signing.BadSignature:
        return None
    return asked


def state(subscription: Subscription) -> str:
    """Changes with each confirmation and each new request: what makes a link work once."""
    moment = subscription.confirmed_at or subscription.created_at
    return f"{subscription.status}:{moment.isoformat()}"


def link(view: str, token: str, language: str) -> str:
    """The full address of one of the pages that stand behind a signed key."""
    with translation.override(language):
        return urljoin(settings.SITE_URL, reverse(f"notifications:{view}", args=[token]))


def manage_address(subscription: Subscription, language: str) -> str:
    """The full address of the page where this receiver sees and changes all they follow."""
    return link("manage", manage_token(subscription), language)


def _manage_signer() -> signing.TimestampSigner:
    return signing.TimestampSigner(salt=_MANAGE_SALT, sep=".")


def _stop_signer() -> signing.Signer:
    return signing.Signer(salt=_STOP_SALT, sep=".")
