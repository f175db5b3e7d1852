"""Colleagues are invited: a link to their mailbox, behind which they choose their own password and language.

Following the link proves the address. It works once, for a while, and an invitation sent again takes its place.
"""

from datetime import timedelta
from urllib.parse import urljoin

from allauth.account.models import EmailAddress
from django.conf import settings
from django.core import signing
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import override

from accounts.colleagues import emails
from accounts.users.models import User

DAYS = 14
SALT = "accounts.invitation"


@transaction.atomic
def invite(user: User) -> None:
    """Send the link; one that was sent before no longer works."""
    user.set_unusable_password()
    user.save(update_fields=["password"])
    with override(user.mail_language):
        path = reverse("accounts:invitation", args=[_token(user)])
    expires_at = timezone.now() + timedelta(days=DAYS)
    emails.invitation(user, url=urljoin(settings.SITE_URL, path), days=DAYS, expires_at=expires_at)


def is_open(user: User) -> bool:
    """Whether this person was invited and has not followed the link yet."""
    return user.is_active and user.last_login is None and not user.has_usable_password()


def invited(token: str) -> User | None:
    """Whose invitation this is; None when it is too old, used, replaced or not ours."""
    try:
        key, state = signing.loads(token, salt=SALT, max_age=timedelta(days=DAYS))
    except (signing.BadSignature, ValueError, TypeError):
        return None
    user = User.objects.filter(pk=key).first()
    return user if user and is_open(user) and constant_time_compare(state, _state(user)) else None


@transaction.atomic
def accept(token: str, *, password: str, language: str) -> User | None:
    """The person behind the mailbox takes the account; None when somebody was faster or the link is over."""
    found = invited(token)
    if found is None:
        return None
    User.objects.select_for_update().get(pk=found.pk)
    user = invited(token)
    if user is None:
        return None
    user.set_password(password)
    user.language = language
    user.save(update_fields=["password", "language"])
    EmailAddress.objects.filter(user=user).delete()
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


def _token(user: User) -> str:
    return signing.dumps([user.pk, _state(user)], salt=SALT)


def _state(user: User) -> str:
    # An unusable password is a random one: each invitation, and the password that is chosen, changes it.
    return salted_hmac(SALT, f"{user.password}{user.email}").hexdigest()[:24]
