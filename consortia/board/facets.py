"""By what consortia are narrowed and counted: action tracks, sectors, and where the organisations are.

What a draft does not let the centre see finds it under no facet and counts in none.
"""

from dataclasses import dataclass

from django.db.models import Count, F, QuerySet
from django.db.models.functions import Coalesce

from calls.chain.models import Call
from consortia.board import stages
from consortia.consortium.models import ConsortiumQuerySet, Member
from consortia.coverage.coverage import asked_for
from consortia.interest.models import Contribution
from hub.vocabularies.models import Term
from partners.organisations.models import Organisation

TRACK, SECTOR, PLACE = "track", "sector", "place"
FACETS = (TRACK, SECTOR, PLACE)
# The province of an organisation in Belgium, the country of any other, or of one whose province nobody named.
AT = Coalesce("organisation__region", "organisation__country")
_KEYS = {TRACK: F("tracks"), SECTOR: F("organisation__sector"), PLACE: AT}


@dataclass(frozen=True)
class Chosen:
    """A term for each facet, or none."""

    track: Term | None = None
    sector: Term | None = None
    place: Term | None = None

    def __bool__(self) -> bool:
        return any(self.by_facet.values())

    @property
    def by_facet(self) -> dict[str, Term | None]:
        return {TRACK: self.track, SECTOR: self.sector, PLACE: self.place}


def choices(call: Call, facet: str) -> QuerySet[Term]:
    """What a facet offers: the tracks that the call asks for, all sectors, Belgian provinces and all countries."""
    if facet == TRACK:
        return asked_for(call)
    if facet == SECTOR:
        return Term.objects.of("sector")
    return places()


def places() -> QuerySet[Term]:
    """The provinces of Belgium, then all countries."""
    return Term.objects.filter(vocabulary__in=["region", "country"]).order_by("-vocabulary", "position", "pk")


def narrowed(consortia: ConsortiumQuerySet, chosen: Chosen) -> ConsortiumQuerySet:
    """Those that have all that is chosen, be it in different organisations."""
    counting = _counting(consortia)
    for facet, term in chosen.by_facet.items():
        if term:
            having = counting.annotate(key=_KEYS[facet]).filter(key=term.pk)
            consortia = consortia.filter(pk__in=having.order_by().values("consortium"))
    return consortia


def numbers(consortia: ConsortiumQuerySet, facet: str) -> dict[int, int]:
    """By the key of the term: how many consortia `narrowed` finds under it; in one query."""
    found = _counting(consortia).order_by().annotate(key=_KEYS[facet]).exclude(key=None).values_list("key")
    return dict(found.annotate(number=Count("consortium", distinct=True)))


def interested(call: Call, facet: str) -> dict[int, int]:
    """The same of interests; what has no profile is nowhere."""
    counting = stages.interests(call).order_by()
    if facet == TRACK:
        given = Contribution.objects.filter(interest__in=counting.values("pk")).order_by().values_list("track")
        return dict(given.annotate(number=Count("pk")))
    key = F("sector") if facet == SECTOR else AT
    found = counting.annotate(key=key).exclude(key=None).values_list("key")
    return dict(found.annotate(number=Count("pk")))


def _counting(consortia: ConsortiumQuerySet) -> QuerySet[Member]:
    """The organisations that count for the rules of the call: those in the directory, invited ones included."""
    standing = Member.objects.standing().filter(organisation__status=Organisation.Status.LISTED)
    return standing.filter(consortium__in=consortia.named_to_centre().order_by().values("pk"))
