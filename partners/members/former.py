"""Who acted for an organisation before: remembered when it ends, as long as that says something about conflicts."""

from typing import Any

from django.db.models import QuerySet
from django.db.models.functions import Now

from accounts.privacy import erasing
from accounts.privacy.keeping import Moment
from partners.members.keeping_times import FORMER
from partners.members.models import FormerMembership
from partners.organisations.models import Membership


def remember(instance: Membership, origin: Any, **kwargs: Any) -> None:
    """After a membership ended by itself; not where the account or the organisation went, and this with it."""
    model = origin.model if isinstance(origin, QuerySet) else type(origin)
    if model is Membership:
        FormerMembership.objects.create(
            user_id=instance.user_id, organisation_id=instance.organisation_id, began_at=instance.created_at
        )


def due(at: Moment) -> QuerySet[FormerMembership]:
    """Those that are older than they are kept at that moment."""
    return FormerMembership.objects.filter(ended_at__lt=at - FORMER.span)


def forget() -> int:
    """Delete those that are older than they are kept."""
    return erasing.delete(due(Now()))
