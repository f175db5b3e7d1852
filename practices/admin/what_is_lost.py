"""What is lost with a practice."""

from django.utils.translation import gettext, ngettext

from hub.changes import consequences
from hub.changes.consequences import Act, Consequence
from practices.choosing.models import ShortlistEntry
from practices.practice.models.practice import Practice


def of_practice(practice: Practice, act: Act, going: frozenset[int]) -> Consequence:
    """Its public page, who keeps it, and what the database deletes with it."""
    lost = [gettext("Its page disappears from the library and from the open data.")] if practice.live else []
    kept = ShortlistEntry.objects.filter(practice=practice).count()
    if kept:
        said = ngettext("%(number)d person keeps it on a shortlist.", "%(number)d people keep it on a shortlist.", kept)
        lost.append(said % {"number": kept})
    rest = consequences.of_relations(practice, act, going)
    return Consequence(str(practice), [*lost, *rest.lost], rest.refusal)
