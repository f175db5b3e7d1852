"""What other apps' pages show of matches, and of what organisations lead already."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django import template

from accounts.users.models import User
from calls.chain.models import Call
from consortia.consortium.models import Consortium, Member
from consortia.drafting.beginning import MOST
from consortia.interest.models import Interest
from partners.organisations.models import Organisation

register = template.Library()
_SHOWN = 5


@dataclass(frozen=True)
class Leading:
    """What the organisation of an interest leads in its call, and whether it may begin one more."""

    interest: Interest
    consortia: list[Consortium]

    @property
    def may_begin(self) -> bool:
        return sum(each.status == Consortium.Status.DRAFT for each in self.consortia) < MOST


@register.simple_tag
def own_interests(call: Call, user: Any) -> list[Interest]:
    """The interests by which organisations that a person acts for take part in a call: each has its list of matches."""
    if not isinstance(user, User):
        return []
    own = Organisation.objects.acted_for_by(user).values("pk")
    interests = Interest.objects.taking_part().filter(call=call, organisation__in=own)
    return list(interests.select_related("organisation")[:_SHOWN])


@register.simple_tag
def led_for(interests: Collection[Interest]) -> list[Leading]:
    """For interests of the reader's own organisations, which see what they lead; in one query."""
    calls = {each.call_id for each in interests}
    organisations = {each.organisation_id for each in interests}
    rows = Member.objects.filter(is_lead=True, organisation__in=organisations, consortium__call__in=calls)
    led: dict[tuple[int, int | None], list[Consortium]] = defaultdict(list)
    going_on = rows.filter(consortium__in=Consortium.objects.going_on())
    for member in going_on.select_related("consortium").order_by("consortium__pk"):
        led[member.consortium.call_id, member.organisation_id].append(member.consortium)
    return [Leading(each, led[each.call_id, each.organisation_id]) for each in interests]
