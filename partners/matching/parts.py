"""The parts of a score, each with a name and a weight, and what they ask of the database.

Every weight is above zero: more in common never lowers a rank. `docs/matching.md` has the table; a test compares both.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q

from hub.vocabularies.models import Term
from partners.organisations.models import Organisation


@dataclass(frozen=True)
class Part:
    """One reason for which an organisation stands in a list, and what it adds to the score.

    `is_once`: it adds its weight once, however much of it there is; else for each thing found.
    """

    name: str
    weight: int
    is_once: bool = True

    def worth(self, found: Sequence[str]) -> int:
        """What these things add."""
        return self.weight * (min(1, len(found)) if self.is_once else len(found))


def total(found: Mapping[Part, Sequence[str]]) -> int:
    """The score of all that was found: what the database adds up, worked out from the words."""
    return sum(part.worth(things) for part, things in found.items())


def in_order(parts: Sequence[Part]) -> list[Part]:
    """The heaviest first; of two that weigh the same the one that is declared first."""
    return sorted(parts, key=lambda part: -part.weight)


def works_in(regions: Collection[int], path: str = "") -> Q:
    """Whether the organisation behind `path` (`organisation__`) has its seat or is active in one of these regions."""
    uses = Organisation.terms.through.objects.filter(organisation=OuterRef(f"{path}pk"), term__in=regions)
    return Q(**{f"{path}region__in": regions}) | Q(Exists(uses))


def in_networks(networks: Sequence[str], path: str = "") -> Q:
    """Whether the organisation behind `path` belongs to one of these networks."""
    return Q(**{f"{path}networks__has_any_keys": list(networks)})


def regions_of(organisation: Organisation) -> list[Term]:
    """Where it has its seat and where it is active, each once; prefetch `terms` for lists."""
    active = [term for term in organisation.terms.all() if term.vocabulary == "region"]
    seat = [organisation.region] if organisation.region else []
    return list({term.pk: term for term in [*seat, *active]}.values())


def networks_of(organisation: Organisation) -> list[str]:
    """The networks that it belongs to, as they are stored; what is no name is left out."""
    return [name for name in organisation.networks if isinstance(name, str)]
