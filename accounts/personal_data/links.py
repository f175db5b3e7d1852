"""The links that mails carry: to a copy, and for people without an account to the page about their address."""

from datetime import UTC, datetime, timedelta
from urllib.parse import urljoin

from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from accounts.personal_data import forgotten_list
from accounts.personal_data.keeping_times import DATA_COPIES
from accounts.personal_data.models import DataCopy, Erasure

COPY_SALT, GUEST_SALT = "accounts.data_copy", "accounts.guest_data"
GUEST_LASTS = timedelta(days=1)


def copy_address(copy: DataCopy) -> str:
    """Where the file is, until it is deleted."""
    token = signing.dumps(copy.uuid.hex, salt=COPY_SALT)
    with override(copy.language):
        return urljoin(settings.SITE_URL, reverse("accounts:data_copy", args=[token]))


def copy_of(token: str) -> DataCopy | None:
    """The copy that is ready behind this link, or None for one that is too old or not ours."""
    try:
        uuid = signing.loads(token, salt=COPY_SALT, max_age=DATA_COPIES.span)
    except signing.BadSignature:
        return None
    return DataCopy.objects.filter(uuid=uuid).exclude(ready_at=None).first()


def account_address(language: str) -> str:
    """The same page for who signs in."""
    with override(language):
        return urljoin(settings.SITE_URL, reverse("accounts:my_data"))


def guest_address(email: str, language: str) -> str:
    """Opens the page about this address for a day, as far as nobody erases it before."""
    token = signing.dumps([email, timezone.now().timestamp()], salt=GUEST_SALT)
    with override(language):
        return urljoin(settings.SITE_URL, reverse("accounts:guest_data", args=[token]))


def opened_by(token: str) -> str | None:
    """The address that a guest's link is about; None for one too old, not ours, or from before it was erased."""
    try:
        email, made = signing.loads(token, salt=GUEST_SALT, max_age=GUEST_LASTS)
    except signing.BadSignature:
        return None
    names = forgotten_list.all_digests(email)
    erased = Erasure.objects.filter(digests__overlap=names, at__gte=datetime.fromtimestamp(made, UTC))
    return None if erased.exists() else str(email)
