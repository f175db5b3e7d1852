"""What is lost with a report, and which of them stay."""

from collections.abc import Sequence

from django.utils.translation import gettext

from hub.changes.consequences import Act, Consequence
from hub.changes.relations import staying_or_of_relations
from monitoring.reports.models import Report


def of_reports(things: Sequence[Report], act: Act) -> list[Consequence]:
    """What was published stays."""
    said = gettext("“%(name)s” is published and stays. Publish another one that says what was wrong.")
    staying = {each: Consequence(str(each), refusal=said % {"name": each}) for each in things if each.is_published}
    return staying_or_of_relations(things, act, staying)
