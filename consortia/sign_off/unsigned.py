"""Which organisations have not signed the text of their consortium as it is now."""

from django.db.models import Exists, OuterRef, Subquery

from consortia.consortium.models import MemberQuerySet
from consortia.sign_off.models import SignOff, Version


def unsigned(members: MemberQuerySet) -> MemberQuerySet:
    """Those of these members."""
    last = Version.objects.filter(consortium=OuterRef("consortium")).order_by("-number").values("pk")[:1]
    signed = SignOff.objects.filter(member=OuterRef("pk"), is_confirmed=True, version=OuterRef("last"))
    return members.annotate(last=Subquery(last)).exclude(Exists(signed))
