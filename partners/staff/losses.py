"""What is lost with a profile that staff delete, and what to do where it stays."""

from collections.abc import Sequence
from dataclasses import replace

from django.utils.translation import gettext

from hub.changes.consequences import Act, Consequence
from hub.changes.relations import of_relations
from partners.organisations.models import Organisation


def of_organisations(things: Sequence[Organisation], act: Act) -> list[Consequence]:
    """As of other facts; what others signed with it keeps it, for leaving is up to its own people."""
    way = gettext(
        "If it is there twice, merge the two. If it is not to be shown any more, hide it. To take it out of a "
        "consortium, let its people leave: all others hear of it then, and the record stays."
    )
    told = of_relations(things, act)
    return [replace(each, refusal=f"{each.refusal} {way}") if each.refusal else each for each in told]
