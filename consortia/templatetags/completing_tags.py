"""What other apps' pages show of matches."""

from typing import Any

from django import template

from accounts.users.models import User
from calls.chain.models import Call
from consortia.interest.models import Interest

register = template.Library()
_SHOWN = 5


@register.simple_tag
def own_interests(call: Call, user: Any) -> list[Interest]:
    """The interests by which organisations that a person acts for take part in a call: each has its list of matches."""
    if not isinstance(user, User):
        return []
    own = Interest.objects.taking_part().filter(call=call, organisation__memberships__user=user)
    return list(own.select_related("organisation")[:_SHOWN])
