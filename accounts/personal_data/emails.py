"""The mails about somebody's own data: a copy is ready, a link for who has no account, what was erased."""

import time
from datetime import timedelta

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.personal_data import forgotten_list, links, reading
from accounts.personal_data.keeping_times import DATA_COPIES
from accounts.personal_data.models import DataCopy, Erasure
from accounts.users import outgoing

# By which the outbox knows mails whose address goes as soon as they left.
LAST = "erased:"


def copy_ready(copy: DataCopy) -> None:
    """Where the copy is, and until when."""
    with override(copy.language):
        subject = _("The copy of your data on %(site)s is ready") % {"site": settings.SITE_HOST}
        text = _(
            "You asked for a copy of everything that the portal keeps about you. Fetch it here within %(days)s days:"
            "\n\n%(url)s\n\nYou did not ask for it? Then somebody else can read your mail or use your account."
        ) % {"days": DATA_COPIES.days, "url": links.copy_address(copy)}
    outgoing.hand_over(
        to=copy.email, language=copy.language, subject=subject, text=text, key=f"data-copy:{copy.uuid}",
        expires_at=copy.asked_at + DATA_COPIES.span,
    )  # fmt: skip


def guest_link(email: str, *, language: str, has_account: bool) -> None:
    """To whoever asked what is kept about this address: a link, or that it has an account to sign in with."""
    with override(language):
        subject = _("What %(site)s keeps about your address") % {"site": settings.SITE_HOST}
        if has_account:
            text = _(
                "Somebody asked what the portal keeps about this address. It has an account: sign in, and see, copy or "
                "erase everything there:\n\n%(url)s\n\nIt was not you? Then you need not do anything."
            ) % {"url": links.account_address(language)}
        else:
            text = _(
                "Somebody asked what the portal keeps about this address. See, copy or erase it here; the link works "
                "for a day:\n\n%(url)s\n\nIt was not you? Then you need not do anything."
            ) % {"url": links.guest_address(email, language)}
    outgoing.hand_over(
        to=email, language=language, subject=subject, text=text, key=_once(email),
        expires_at=timezone.now() + links.GUEST_LASTS,
    )  # fmt: skip


def _once(email: str) -> str:
    """The form sent several times gives one mail in ten minutes."""
    return f"guest-data:{forgotten_list.digests([email])[0]}:{int(time.time() // 600)}"


def certificate(erasure: Erasure, *, to: str, language: str) -> None:
    """The last mail to an address: what went, what stays and why."""
    with override(language):
        subject = _("Your data on %(site)s is erased") % {"site": settings.SITE_HOST}
        removed = [f"– {part.kind.name}: {part.number}" for part in reading.parts(erasure.removed)]
        kept = [f"– {part.kind.name}: {part.number}. {part.stays}" for part in reading.parts(erasure.kept)]
        text = _(
            "What the portal kept about you is erased. This is the last mail to this address.\n\n"
            "Erased:\n%(removed)s\n\nKept, without your name and address:\n%(kept)s\n\n"
            "If a backup is restored, your data is erased again. Number of this erasure: %(number)s"
        ) % {
            "removed": "\n".join(removed) or _("nothing"),
            "kept": "\n".join(kept) or _("nothing"),
            "number": erasure.uuid,
        }
    outgoing.hand_over(
        to=to, language=language, subject=subject, text=text, key=f"{LAST}{erasure.uuid}",
        expires_at=timezone.now() + timedelta(days=2),
    )  # fmt: skip
