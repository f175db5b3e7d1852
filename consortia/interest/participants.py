"""Who showed interest in a call, for the centre to tell them when its dates change."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Count, IntegerField, OuterRef, Subquery
from django.db.models.functions import Coalesce

from calls.chain.models import Call
from calls.chain.participants import Provider
from consortia.interest.models import Interest


def interested(call: Call) -> Iterable[tuple[str, str]]:
    """Address and language of everyone with an interest that counts."""
    return Interest.objects.confirmed().filter(call=call).values_list("email", "language").order_by("pk")


def number() -> Any:
    """How many interests each call has."""
    of_call = Interest.objects.confirmed().filter(call=OuterRef("pk")).order_by().values("call")
    counted = Subquery(of_call.annotate(number=Count("pk")).values("number"), output_field=IntegerField())
    return Coalesce(counted, 0)


PROVIDER = Provider(people=interested, number=number)
