"""What other apps' pages show of matches."""

from typing import Any

from django import template

from accounts.users.models import User
from calls.chain.models import Call
from consortia.interest.models import Interest
from partners.organisations.models import Organisation

register = template.Library()
_SHOWN = 5


@register.simple_tag
def own_interests(call: Call, user: Any) -> list[Interest]:
    """The confirmed interests in a call of the organisations that a person acts for: each has its list of matches."""
    if not isinstance(user, User):
        return []
    own = Organisation.objects.acted_for_by(user).values("pk")
    interests = Interest.objects.confirmed().filter(call=call, organisation__in=own)
    return list(interests.select_related("organisation")[:_SHOWN])
