"""What is lost with a practice."""

from collections.abc import Sequence

from django.db.models import prefetch_related_objects
from django.utils.translation import gettext, ngettext

from hub.changes import consequences
from hub.changes.consequences import Act, Consequence
from hub.changes.relations import of_relations
from hub.changes.sentences import followers
from practices.choosing.models import ShortlistEntry
from practices.practice.models.practice import Practice


def of_practices(practices: Sequence[Practice], act: Act) -> list[Consequence]:
    """Who follows each, its public page, who keeps it, and what the database deletes with it."""
    prefetch_related_objects(practices, "texts")  # their names
    kept = consequences.numbers(ShortlistEntry.objects.filter(practice__in=practices), by="practice")
    following = followers(practices)
    told = []
    for practice, rest in zip(practices, of_relations(practices, act), strict=True):
        gone = [gettext("Its page disappears from the library and from the open data.")] if practice.live else []
        told_first = following[practice]
        lost = [*told_first, *gone, *_of_shortlists(kept[practice.pk]), *rest.lost[len(told_first) :]]
        told.append(Consequence(str(practice), lost, rest.refusal))
    return told


def _of_shortlists(number: int) -> list[str]:
    said = ngettext("%(number)d person keeps it on a shortlist.", "%(number)d people keep it on a shortlist.", number)
    return [said % {"number": number}] if number else []
