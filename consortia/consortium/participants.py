"""Who is in a consortium for a call, for the centre to tell them when its dates change."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Count, Exists, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from accounts.users import addresses
from accounts.users.models import User
from calls.chain.models import Call
from calls.chain.participants import Provider
from consortia.consortium.models import Consortium, Member
from consortia.interest.models import Interest
from partners.organisations.models import Membership


def people(call: Call) -> Iterable[tuple[str, str]]:
    """Address and language of everybody who acts for an organisation in it, asked ones included."""
    acting = Membership.objects.filter(organisation__in=_in_one().filter(consortium__call=call).values("organisation"))
    users = addresses.with_proved_name(User.objects.filter(is_active=True, pk__in=acting.values("user")))
    for user in users.order_by("pk").iterator():
        yield user.email, user.mail_language


def number() -> Any:
    """How many organisations are in consortia of each call without an interest of their own, which counts already."""
    interested = Interest.objects.confirmed().filter(
        call=OuterRef("consortium__call"), organisation=OuterRef("organisation")
    )
    without = _in_one().filter(~Exists(interested), consortium__call=OuterRef("pk"))
    of_call = without.order_by().values("consortium__call")
    counted = of_call.annotate(number=Count("organisation", distinct=True)).values("number")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


def _in_one() -> QuerySet[Member]:
    return Member.objects.standing().exclude(consortium__status=Consortium.Status.GIVEN_UP)


PROVIDER = Provider(people=people, number=number)
