"""What staff say of two profiles that may be one."""

from django.db import transaction
from django.db.models.functions import Now

from accounts.users.models import User
from partners.duplicates.models import LikelyPair


@transaction.atomic
def say(pair: LikelyPair, *, two: bool, by: User) -> None:
    """They are two and nobody is asked again; or, taken back, somebody has to look."""
    said: dict[str, object] = {"two_at": Now(), "two_by": by} if two else {"two_at": None, "two_by": None}
    LikelyPair.objects.filter(pk=pair.pk, two_at__isnull=two).update(**said)
