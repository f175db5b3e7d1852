"""What the library knows of practices that a reader's situation can be held against."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from django.db.models import QuerySet

from practices.practice.models.details import PracticeUse
from practices.practice.models.practice import Practice
from practices.practice.terms import Terms


@dataclass(frozen=True)
class Elsewhere:
    """A place that took a practice up, as far as somebody told: what is empty is not known."""

    # In words, as a sentence can name it: "Aalst".
    where: str
    country: str = ""
    region: str = ""
    # Whole euros a year.
    cost: int | None = None
    # Until it ran.
    months: int | None = None
    # Where that can be read.
    url: str = ""


class Reuse(Protocol):
    """What a room knows of practices that were taken up elsewhere."""

    def told(self, practices: Sequence[int], /) -> Mapping[int, Sequence[Elsewhere]]:
        """What is told of these practices, by key, in a fixed number of queries."""

    def in_country(self, code: str, /) -> QuerySet[Any, Any]:
        """The keys of the practices that were taken up in this country: rows of one value, for a subquery.

        It is asked of public practices alone, so that it may name others as well.
        The same as `told` says of each, or the order of the library would not be that of its words.
        """


_sources: list[Reuse] = []


def register(source: Reuse) -> None:
    """Have this room asked as well; called once when Django starts."""
    if source not in _sources:
        _sources.append(source)


def taken_up_in(country: str) -> list[QuerySet[Any, Any]]:
    """The keys of practices that are said to be used in this country, beside those whose own it is."""
    used = PracticeUse.objects.filter(country__vocabulary="country", country__code=country)
    return [used.values("practice_id"), *(source.in_country(country) for source in _sources)]


@dataclass(frozen=True)
class Facts:
    """One practice; what is empty is not known."""

    targets: tuple[str, ...] = ()
    sectors: tuple[str, ...] = ()
    # Where it is its own, or where a region of it is.
    countries: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    # Where somebody else uses it.
    used_in: tuple[str, ...] = ()
    cost: str = ""
    reach: str = ""
    months: int | None = None
    elsewhere: tuple[Elsewhere, ...] = ()


def read(practices: Sequence[int], terms: Terms) -> dict[int, Facts]:
    """What is known of the practices with these keys, in a fixed number of queries."""
    described: dict[int, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    through = Practice.terms.through.objects.filter(practice_id__in=practices).order_by("term__position", "term_id")
    for practice, key in through.values_list("practice_id", "term_id"):
        term = terms.get(key)
        if term:
            described[practice][term.vocabulary].append(term.code)
    used: dict[int, list[str]] = defaultdict(list)
    uses = PracticeUse.objects.filter(practice_id__in=practices, country__isnull=False).order_by("sort_order", "pk")
    for practice, country in uses.values_list("practice_id", "country__code"):
        used[practice].append(country)
    told = [source.told(practices) for source in _sources]
    columns = Practice.objects.filter(pk__in=practices).values_list("pk", "cost_id", "reach_id", "months")
    return {
        key: Facts(
            targets=tuple(described[key]["target"]),
            sectors=tuple(described[key]["sector"]),
            countries=_each_once([*described[key]["country"], *countries_of(described[key]["region"], terms)]),
            regions=tuple(described[key]["region"]),
            used_in=_each_once(used[key]),
            cost=_code(cost, terms),
            reach=_code(reach, terms),
            months=months,
            elsewhere=tuple(each for source in told for each in source.get(key, ())),
        )
        for key, cost, reach, months in columns
    }


def countries_of(regions: Iterable[str], terms: Terms) -> list[str]:
    """The countries that these regions are part of."""
    known = terms.of("region")
    parents = (terms.get(known[code].parent_id) for code in regions if code in known)
    return [parent.code for parent in parents if parent]


def _code(key: int | None, terms: Terms) -> str:
    term = terms.get(key)
    return term.code if term else ""


def _each_once(codes: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(codes))
