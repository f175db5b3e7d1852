"""What is lost with an indicator, and which of them stay."""

from collections.abc import Sequence

from django.utils.translation import gettext

from hub.changes.consequences import Act, Consequence
from hub.changes.relations import staying_or_of_relations
from monitoring.indicators.models import Indicator


def of_indicators(things: Sequence[Indicator], act: Act) -> list[Consequence]:
    """What the portal counts would be back with the next setup: it is taken out of use instead."""
    said = gettext("“%(name)s” is counted by the portal and cannot be deleted. Take it out of use instead.")
    staying = {
        each: Consequence(str(each), refusal=said % {"name": each})
        for each in things
        if act is Act.DELETE and each.is_counted
    }
    return staying_or_of_relations(things, act, staying)
