"""What staff say of two profiles that may be one."""

from django.db import transaction
from django.db.models.functions import Now

from accounts.users.models import User
from partners.duplicates.models import LikelyPair
from partners.organisations.models import Organisation


@transaction.atomic
def say(pair: LikelyPair, *, two: bool, by: User) -> None:
    """They are two and nobody is asked again; or, taken back, somebody has to look."""
    said: dict[str, object] = {"two_at": Now(), "two_by": by} if two else {"two_at": None, "two_by": None}
    LikelyPair.objects.filter(pk=pair.pk, two_at__isnull=two).update(**said)


def give_way(gone: LikelyPair, kept: Organisation) -> None:
    """One of the two, which `gone` names already, became one with `kept`, of which there is the same pair.

    What staff said of either holds: they are not asked again.
    """
    if gone.two_at and gone.first_id != gone.second_id:
        pair = [gone.first_id, gone.second_id]
        same = LikelyPair.objects.undecided().filter(first__in=pair, second__in=pair).exclude(pk=gone.pk)
        same.update(two_at=gone.two_at, two_by=gone.two_by)
    LikelyPair.objects.filter(pk=gone.pk).delete()
