"""Somebody else reads a report before visitors do, and accepts it or sends it back; the centre takes one down."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from accounts.users.models import User
from notifications.outbox import outbox
from practices.reuse import emails, rules
from practices.reuse.models.reuses import Reuse
from practices.reuse.models.rows import ReuseCheck
from practices.reuse.models.versions import ReuseVersion
from practices.reuse.reporting import held, newest_of

# So long after a version was accepted its organisation is asked how it went on.
ASKED_AFTER = timedelta(days=365)


class DecidedError(Exception):
    """Somebody decided before, a newer version came, or the report was taken back."""


class NotAllowedError(Exception):
    """Nobody checks what their own organisation reported."""


@transaction.atomic
def accept(version: ReuseVersion, *, by: User) -> Reuse:
    """Visitors read it from now on. Raises DecidedError and NotAllowedError."""
    reuse = _decide(version, ReuseCheck.Verdict.ACCEPTED, by=by, reason="")
    reuse.state, reuse.shown = Reuse.State.ACCEPTED, version
    reuse.ask_at = None if version.has_ended else timezone.now() + ASKED_AFTER
    reuse.save(update_fields=["state", "shown", "ask_at"])
    emails.accepted(reuse, version)
    return reuse


@transaction.atomic
def send_back(version: ReuseVersion, *, by: User, reason: str) -> Reuse:
    """Who wrote it reads why and sends another one; a version accepted before goes on being shown.

    Raises DecidedError and NotAllowedError.
    """
    reuse = _decide(version, ReuseCheck.Verdict.RETURNED, by=by, reason=reason)
    reuse.state = Reuse.State.RETURNED
    reuse.save(update_fields=["state"])
    emails.returned(reuse, version, reason)
    return reuse


@transaction.atomic
def take_down(reuse: Reuse, *, reason: str) -> bool:
    """The centre takes it off the pages for good; its organisation reads why. False when it stood there no more."""
    standing = Reuse.objects.standing().filter(pk=reuse.pk)
    if not standing.update(state=Reuse.State.REMOVED, reason=reason, shown=None, ask_at=None, asked_at=None):
        return False
    outbox.withdraw(reuse.about, reason=emails.WITHDRAWN)
    emails.taken_down(held(reuse), reason)
    return True


def _decide(version: ReuseVersion, verdict: str, *, by: User, reason: str) -> Reuse:
    reuse = held(version.reuse)
    checked_as = rules.checks_as(by, reuse)
    if not checked_as:
        raise NotAllowedError
    newest = newest_of(reuse)
    if not reuse.is_waiting or newest is None or newest.pk != version.pk:
        raise DecidedError
    ReuseCheck.objects.create(version=version, verdict=verdict, checked_as=checked_as, reason=reason, by=by)
    outbox.withdraw(emails.about_check(reuse), reason=emails.DECIDED)
    return reuse
