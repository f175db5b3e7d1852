"""An offer or request is made, changed, renewed, withdrawn, taken down by the centre, and forgotten in the end."""

from datetime import date, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.db.models.functions import Now
from django.utils import timezone

from accounts.privacy import erasing
from accounts.privacy.keeping import Moment
from accounts.users.models import User
from hub.vocabularies.models import Term
from notifications.outbox import outbox
from partners.exchange import emails
from partners.exchange.keeping_times import NOTICES
from partners.exchange.models import Notice, usual_end
from partners.organisations.locking import hold

# Of one organisation so many may stand at once.
MOST_STANDING = 20
# And so many may be published within a day, those that were withdrawn again included.
MOST_A_DAY = 20


class TooManyError(Exception):
    """So many of this organisation stand that one has to be withdrawn first."""


class TooManyTodayError(Exception):
    """This organisation published so many within a day that the next one has to wait."""


class WithdrawnError(Exception):
    """It was withdrawn or taken down: a new one is made instead."""


@transaction.atomic
def publish(notice: Notice, *, terms: list[Term], by: User) -> Notice:
    """Put it on the list; sent twice it is one. `notice` is valid and unsaved.

    Raises TooManyError and TooManyTodayError.
    """
    hold(notice.organisation)
    standing = Notice.objects.standing().filter(organisation=notice.organisation)
    if known := standing.filter(kind=notice.kind, title=notice.title, text=notice.text).first():
        return known
    if standing.count() >= MOST_STANDING:
        raise TooManyError
    today = Notice.objects.filter(organisation=notice.organisation, created_at__gt=Now() - timedelta(days=1))
    if today.count() >= MOST_A_DAY:
        raise TooManyTodayError
    notice.made_by, notice.renewed_at = by, timezone.now()
    notice.save()
    notice.terms.set(terms)
    return notice


@transaction.atomic
def change(notice: Notice, *, terms: list[Term]) -> None:
    """Save what the form put on it; the year counts from now. Raises WithdrawnError."""
    if _held(notice).is_withdrawn:
        raise WithdrawnError
    notice.renewed_at = timezone.now()
    notice.save(update_fields=["kind", "title", "text", "language", "country", "region", "call", "until", "renewed_at"])
    notice.terms.set(terms)


@transaction.atomic
def renew(notice: Notice, *, shown: date) -> bool:
    """Three months from now; False when it stands that long, or has another last day than was `shown`.

    Raises WithdrawnError.
    """
    found = _held(notice)
    if found.is_withdrawn:
        raise WithdrawnError
    if found.until != shown or not found.can_be_renewed:
        return False
    found.until, found.renewed_at = usual_end(), timezone.now()
    found.save(update_fields=["until", "renewed_at"])
    return True


@transaction.atomic
def withdraw(notice: Notice) -> bool:
    """Nobody sees it any more; False when that was so before."""
    return _withdraw(notice, reason="")


@transaction.atomic
def take_down(notice: Notice, *, reason: str) -> bool:
    """The centre withdraws it and its people hear why; False when it was withdrawn before."""
    if not _withdraw(notice, reason=reason):
        return False
    emails.taken_down(_held(notice))
    return True


def _withdraw(notice: Notice, *, reason: str) -> bool:
    standing = Notice.objects.filter(pk=notice.pk, withdrawn_at=None)
    if not standing.update(withdrawn_at=Now(), taken_down_reason=reason):
        return False
    outbox.withdraw(notice.about, reason=emails.WITHDRAWN)
    return True


def _held(notice: Notice) -> Notice:
    return Notice.objects.select_for_update(of=["self"], no_key=True).select_related("organisation").get(pk=notice.pk)


def due(at: Moment) -> QuerySet[Notice]:
    """Those that nobody has seen for a year at that moment."""
    return Notice.objects.over_since(at - NOTICES.span)


def forget() -> int:
    """Delete those that nobody has seen for a year."""
    return erasing.delete(due(Now()))
