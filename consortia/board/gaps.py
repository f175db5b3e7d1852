"""What the consortia of a call cover at each stage, and what nobody takes: every figure is that of a list."""

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.records import lists
from calls.chain.models import Call
from consortia.board import facets, stages
from consortia.interest.models import Interest
from hub.vocabularies.models import Term

_LABELS: dict[str, Promise] = {
    facets.TRACK: _("Action tracks"),
    facets.SECTOR: _("Sectors"),
    facets.PLACE: _("Provinces and countries"),
}
# What the list of interests calls the same.
_OF_INTERESTS = {facets.TRACK: "tracks", facets.SECTOR: "sector", facets.PLACE: "place"}


@dataclass(frozen=True)
class Figure:
    """A number and the list that it counts."""

    code: str
    label: str
    number: int
    url: str


@dataclass(frozen=True)
class Gap:
    """What nobody takes at a stage."""

    stage: str
    missing: list[str]


@dataclass(frozen=True)
class Covered:
    """A facet: its terms with a figure for each stage, and what is missing."""

    label: str
    rows: list[tuple[str, list[Figure]]]
    gaps: list[Gap]


def list_url(call: Call, **chosen: object) -> str:
    """Where the consortia of a call are listed; of a stage, a term."""
    place = reverse("consortia_admin_consortia", args=[call.pk])
    return f"{place}?{urlencode(chosen)}" if chosen else place


def interests_url(call: Call, **chosen: object) -> str:
    """The list of the interests that count."""
    place = lists.url(Interest)
    return f"{place}?{urlencode({'call': call.pk, 'status': 'confirmed'} | chosen)}"


def figures(call: Call) -> list[Figure]:
    """From interests to proposals."""
    interested = stages.interests(call).count()
    first = Figure(stages.INTERESTS, gettext("Interests"), interested, interests_url(call))
    return [first, *(_figure(call, stage) for stage in stages.STAGES.values())]


def _figure(call: Call, stage: stages.Stage) -> Figure:
    return Figure(stage.code, str(stage.label), stage.rows(call).count(), list_url(call, stage=stage.code))


def gaps(call: Call) -> list[Covered]:
    """Tracks, sectors and places over all stages; in a fixed number of queries."""
    return [_covered(call, facet) for facet in facets.FACETS]


def _covered(call: Call, facet: str) -> Covered:
    numbers = {code: facets.numbers(stage.rows(call), facet) for code, stage in stages.STAGES.items()}
    numbers = {stages.INTERESTS: facets.interested(call, facet)} | numbers
    terms = list(facets.choices(call, facet))
    # Countries only where somebody is: all others would be a gap nearly everywhere.
    always = [term for term in terms if term.vocabulary != "country"]
    shown = [term for term in terms if term in always or any(each.get(term.pk) for each in numbers.values())]
    rows = [(str(term), list(_figures(call, facet, term, numbers))) for term in shown]
    labels = {stages.INTERESTS: gettext("Interests")} | {
        code: str(stage.label) for code, stage in stages.STAGES.items()
    }
    missing = {code: [str(term) for term in always if not each.get(term.pk)] for code, each in numbers.items()}
    gaps = [Gap(labels[code], said) for code, said in missing.items() if said and numbers[code]]
    return Covered(str(_LABELS[facet]), rows, gaps)


def _figures(call: Call, facet: str, term: Term, numbers: dict[str, dict[int, int]]) -> Iterator[Figure]:
    for code, each in numbers.items():
        if code == stages.INTERESTS:
            url = interests_url(call, **{_OF_INTERESTS[facet]: term.pk})
        else:
            url = list_url(call, stage=code, **{facet: term.pk})
        yield Figure(code, str(term), each.get(term.pk, 0), url)
