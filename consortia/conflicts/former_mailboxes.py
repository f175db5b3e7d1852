"""Where somebody had a mailbox before: remembered when an account gives an address up, of which the domain is kept.

Of everybody who has an account, since who reviews a call may be asked only afterwards.
"""

from collections.abc import Collection
from typing import Any

from allauth.account.models import EmailAddress
from django.db.models import QuerySet
from django.db.models.functions import Now

from accounts.privacy import erasing
from accounts.privacy.keeping import Moment
from accounts.users.models import User
from consortia.conflicts.keeping_times import MAILBOXES
from consortia.conflicts.models import FormerMailbox
from partners.organisations.domains import PUBLIC, of_mailbox


def remember_proved(instance: EmailAddress, origin: Any, **kwargs: Any) -> None:
    """After a proved address went by itself; not where the account went, and this with it."""
    model = origin.model if isinstance(origin, QuerySet) else type(origin)
    if model is EmailAddress and instance.verified:
        _remember(instance.user_id, instance.email)


def remember_name(
    instance: User, *, raw: bool = False, update_fields: Collection[str] | None = None, **kwargs: Any
) -> None:
    """Before an account gets another address for its name: who was invited under it may not have proved it."""
    if raw or instance._state.adding or (update_fields is not None and "email" not in update_fields):
        return
    was = User.objects.filter(pk=instance.pk).values_list("email", flat=True).first()
    if was and was != instance.email:
        _remember(instance.pk, was)


def due(at: Moment) -> QuerySet[FormerMailbox]:
    """Those that are older than they are kept at that moment."""
    return FormerMailbox.objects.filter(until__lt=at - MAILBOXES.span)


def forget() -> int:
    """Delete those that are older than they are kept."""
    return erasing.delete(due(Now()))


def _remember(user: int, email: str) -> None:
    domain = of_mailbox(email)
    if domain and domain not in PUBLIC:
        FormerMailbox.objects.update_or_create(user_id=user, domain=domain, defaults={"until": Now()})
