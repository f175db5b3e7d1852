"""One side of a match: what an interest and its organisation bring and seek."""

from collections.abc import Iterable
from dataclasses import dataclass

from consortia.interest.models import Interest
from hub.vocabularies.models import Term
from partners.matching.parts import networks_of, regions_of
from partners.organisations.models import Organisation

_LEADS = {Interest.Role.LEAD, Interest.Role.EITHER}
_JOINS = {Interest.Role.PARTNER, Interest.Role.ASSOCIATE, Interest.Role.EITHER}


@dataclass(frozen=True)
class Side:
    """An interest as others are compared with it."""

    interest: Interest
    organisation: Organisation
    role: str
    sector: Term
    tracks: list[Term]
    sought_tracks: list[Term]
    sought_sectors: list[Term]
    themes: list[Term]
    regions: list[Term]
    networks: list[str]
    country: Term

    @property
    def fitting_roles(self) -> set[str]:
        """Roles that go with this one: of the two one can lead and the other can join."""
        joins = _JOINS if self.role in _LEADS else set()
        leads = _LEADS if self.role in _JOINS else set()
        return {str(role) for role in joins | leads}


def side(interest: Interest) -> Side:
    """Prefetch `completing.with_facts` for lists. Raises ValueError where it names no organisation of the directory."""
    organisation = interest.organisation
    if organisation is None:
        raise ValueError(f"{interest} names no organisation of the directory.")
    seeks, terms = list(interest.seeks.all()), list(organisation.terms.all())
    return Side(
        interest=interest,
        organisation=organisation,
        role=interest.role,
        sector=interest.sector,
        tracks=[each.track for each in interest.contributions.all()],
        sought_tracks=_of(seeks, "track"),
        sought_sectors=_of(seeks, "sector"),
        themes=_of(terms, "theme"),
        regions=regions_of(organisation),
        networks=networks_of(organisation),
        country=organisation.country,
    )


def _of(terms: Iterable[Term], vocabulary: str) -> list[Term]:
    return [term for term in terms if term.vocabulary == vocabulary]
