"""Who reviews a call, for the centre to tell them when its dates change."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Count, IntegerField, OuterRef, Subquery
from django.db.models.functions import Coalesce

from accounts.users import addresses
from accounts.users.models import User
from calls.chain.models import Call
from calls.chain.participants import Provider
from consortia.reviewers.models import Reviewer


def people(call: Call) -> Iterable[tuple[str, str]]:
    """Address and language of everybody who judges or settles."""
    seats = Reviewer.objects.active().filter(call=call)
    for user in addresses.with_proved_name(User.objects.filter(pk__in=seats.values("user"))).order_by("pk"):
        yield user.email, user.mail_language


def number() -> Any:
    """How many each call has."""
    of_call = Reviewer.objects.active().filter(call=OuterRef("pk")).order_by().values("call")
    counted = Subquery(of_call.annotate(number=Count("pk")).values("number"), output_field=IntegerField())
    return Coalesce(counted, 0)


PROVIDER = Provider(people=people, number=number)
