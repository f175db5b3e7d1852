"""The mails that the portal itself writes about accounts; allauth writes those about signing in."""

from datetime import datetime
from uuid import uuid4

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.users import outgoing
from accounts.users.models import User


def invitation(user: User, *, url: str, days: int, expires_at: datetime) -> None:
    """Somebody works in the admin from now on, once they chose a password."""
    with override(user.mail_language):
        subject = _("Invitation to work on %(site)s") % {"site": settings.SITE_HOST}
        text = _(
            "You are invited to work on this portal. Choose your password and language here:\n\n%(url)s\n\n"
            "The link works once, for %(days)s days. You did not expect this? Then you need not do anything."
        ) % {"url": url, "days": days}
    _send(user, user.email, subject, text, expires_at=expires_at)


def address_changed(user: User, *, old: str) -> None:
    """To both mailboxes, so that whoever loses an account to a slip or worse can say so."""
    with override(user.mail_language):
        subject = _("The e-mail address of your account was changed")
        text = _(
            "An administrator changed the address of your account from %(old)s to %(new)s. You are signed out "
            "everywhere. Sign in with the new address from now on; the first time, a code goes there.\n\n"
            "Is this not right? Answer this mail or tell an administrator."
        ) % {"old": old, "new": user.email}
    for to in (old, user.email):
        _send(user, to, subject, text)


def factor_reset(user: User) -> None:
    """So that nobody's factor is taken away in silence."""
    with override(user.mail_language):
        subject = _("Your second factor was reset")
        text = _(
            "An administrator removed the second factor of your account; you are signed out everywhere. Sign in and "
            "set up a new one to open the admin again.\n\nYou did not ask for this? Tell an administrator at once."
        )
    _send(user, user.email, subject, text)


def _send(user: User, to: str, subject: str, text: str, *, expires_at: datetime | None = None) -> None:
    outgoing.hand_over(
        to=to, language=user.mail_language, subject=subject, text=text, key=f"account:{uuid4()}", expires_at=expires_at
    )
