"""Which sectors and action tracks the interested organisations of a call cover, and what nobody offers yet."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, QuerySet
from django.db.models.functions import Lower
from django.utils.translation import gettext

from calls.chain.models import Call
from consortia.interest.models import Contribution, Interest, InterestQuerySet
from consortia.interest.profiles import of_a_namesake
from hub.vocabularies.models import Term

LEADS = (Interest.Role.LEAD, Interest.Role.EITHER)


@dataclass(frozen=True)
class Covered:
    """A sector or an action track, and how many interested organisations are from it or contribute to it."""

    code: str
    label: str
    count: int


@dataclass(frozen=True)
class Coverage:
    """Of one call; `sectors` as `pentagon_chart` draws them."""

    number: int
    leading: int
    sectors: list[Covered]
    tracks: list[Covered]

    @property
    def corners(self) -> list[dict[str, Any]]:
        """For the pentagon."""
        return [{"code": each.code, "label": each.label, "count": each.count} for each in self.sectors]

    @property
    def missing(self) -> list[str]:
        """What is still missing, in sentences."""
        said = [] if self.leading else [gettext("Nobody offers to lead a partnership yet.")]
        nobody = gettext("Nobody offers “%(track)s” yet.")
        no_one_from = gettext("No organisation from “%(sector)s” yet.")
        said += [nobody % {"track": each.label} for each in self.tracks if not each.count]
        return said + [no_one_from % {"sector": each.label} for each in self.sectors if not each.count]


def coverage(call: Call, *, with_namesakes: bool = False) -> Coverage:
    """By what counts, whether or not others may see whose it is; in few queries, however many there are.

    What somebody without a profile registered under the name of an organisation of the directory is not told to
    visitors: it would count that one twice, or say what its people never said. Staff see it (`with_namesakes`).
    """
    counting = Interest.objects.confirmed().filter(call=call).order_by()
    if not with_namesakes:
        counting = counting.exclude(of_a_namesake())
    by_sector = dict(counting.values_list("sector").annotate(number=Count("pk")))
    roles = dict(counting.values_list("role").annotate(number=Count("pk")))
    contributions = Contribution.objects.filter(interest__in=counting.values("pk")).order_by()
    by_track = dict(contributions.values_list("track").annotate(number=Count("pk")))
    return Coverage(
        number=sum(roles.values()),
        leading=sum(roles.get(role, 0) for role in LEADS),
        sectors=_covered(Term.objects.of("sector"), by_sector),
        tracks=_covered(asked_for(call), by_track),
    )


def asked_for(call: Call) -> QuerySet[Term]:
    """The action tracks that a call asks for: all of them where it names none."""
    tracks: QuerySet[Term] = call.tracks.all()
    return tracks or Term.objects.of("track")


def seen(call: Call) -> InterestQuerySet:
    """Those whose organisation others may see, by name: in the directory, so that the centre knows who it is."""
    shown = Interest.objects.shown().filter(call=call, organisation__isnull=False)
    found = shown.select_related("organisation", "sector").prefetch_related("contributions__track")
    return found.order_by(Lower("organisation__name"), "pk")


def _covered(terms: Iterable[Term], numbers: dict[int, int]) -> list[Covered]:
    return [Covered(term.code, str(term), numbers.get(term.pk, 0)) for term in terms]
