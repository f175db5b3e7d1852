"""What other apps' pages show of interests."""

from django import template

from calls.chain.models import Call
from consortia.interest.models import Interest

register = template.Library()


@register.simple_tag
def interest_count(call: Call) -> int:
    """How many confirmed interests a call has."""
    return Interest.objects.confirmed().filter(call=call).count()
