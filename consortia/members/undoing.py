"""A withdrawal is taken back: the same answers stand again, without a new form."""

from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from accounts.users.models import User
from calls.chain.models import Call
from consortia.interest import emails
from consortia.interest.models import Interest, InterestQuerySet
from consortia.interest.registration import is_open
from hub.dates import database_clock


def can_stand_again(interest: Interest, arrived: datetime | None = None) -> bool:
    """Whether the call still takes interest, and the organisation began no other one meanwhile."""
    return _withdrawn(interest).exists() and is_open(interest.call, arrived) and not _others(interest).exists()


def withdrawn_by(user: User) -> InterestQuerySet:
    """What this person may let stand again, as far as no other one stands in its place; the call decides besides."""
    same = Interest.objects.standing().filter(call=OuterRef("call"), organisation=OuterRef("organisation"))
    mine = Interest.objects.of_person(user).filter(status=Interest.Status.WITHDRAWN, merged_into=None)
    return mine.exclude(Exists(same)).order_by("-created_at", "-pk")


@transaction.atomic
def let_stand_again(interest: Interest) -> bool:
    """What counted counts again and its contact gets a receipt; what waited for its mail waits again.

    False when it is too late, when another one stands in its place, or when it stands already.
    """
    arrived = database_clock.now()
    interest.call = Call.objects.select_for_update(no_key=True).get(pk=interest.call_id)
    if not can_stand_again(interest, arrived):
        return False
    counted = interest.confirmed_at is not None
    status = Interest.Status.CONFIRMED if counted else Interest.Status.PENDING
    if not _withdrawn(interest).update(status=status):
        return False
    interest.refresh_from_db()
    if counted:
        emails.interest_received(interest, again=True)
    return True


def _withdrawn(interest: Interest) -> InterestQuerySet:
    return Interest.objects.filter(
        pk=interest.pk, uuid=interest.uuid, status=Interest.Status.WITHDRAWN, merged_into=None
    )


def _others(interest: Interest) -> InterestQuerySet:
    same = Q(organisation=interest.organisation_id, organisation__isnull=False)
    return Interest.objects.standing().filter(same, call=interest.call_id)
