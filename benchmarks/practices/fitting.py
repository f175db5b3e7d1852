"""The library in the order of what fits a reader, and narrowed by what became of practices.

"By fit" asks for the first page for forty readers who say different things, beside the rules of
`practices.context.rules` written as one statement (`benchmarks/by_hand/fitting.py`). "Outcomes" narrows by what records
tell: who took it up, what came of it, which policy. Its numbers by hand are one statement for each choice that is left
out.
"""

import time
from collections.abc import Mapping
from itertools import cycle, product
from random import Random
from typing import TYPE_CHECKING, Any

from benchmarks.ground.describing import COUNTRIES
from benchmarks.ground.measured import Measured, measure

if TYPE_CHECKING:
    from practices.context.situation import Situation

SEED = 2029
PAGE_SIZE = 20
RECORDS = ("uptake", "outcome", "policy")


def situations(number: int) -> "list[Situation]":
    """Readers who say much or little; most are in the countries that most practices are from."""
    from practices.context.situation import Situation
    from practices.practice.terms import Terms

    chance, terms = Random(SEED), Terms.load()
    targets, sectors = [*terms.of("target")], [*terms.of("sector")]

    def some(codes: list[str]) -> tuple[str, ...]:
        return tuple(chance.sample(codes, chance.randint(0, 3)))

    return [
        Situation(
            country=(country := chance.choice(["", *COUNTRIES[:8]])),
            region=chance.choice(["", "BE21", "BE10"]) if country == "BE" else "",
            reach=chance.choice(["", *terms.of("reach")]),
            targets=some(targets),
            sectors=some(sectors),
            budget=chance.choice([None, 5_000, 30_000, 100_000]),
            months=chance.choice([None, 3, 6, 12]) if place else 6,
        )
        for place in range(number)
    ]


def by_fit(times: int) -> Measured:
    """The first page of the library for each of these readers."""
    from benchmarks.by_hand import fitting as by_hand
    from practices.practice.terms import Terms

    readers = [each for each in situations(times) if each]
    mine, theirs = cycle(readers), cycle(readers)
    terms = Terms.load()

    def rows(situation: "Situation") -> list[int]:
        return [entry.practice_id for entry in _library({"sort": "context"}, situation).page.object_list]

    same = all(rows(each) == by_hand.by_fit(each, terms) for each in readers)
    measured = measure(
        lambda: _library({"sort": "context"}, next(mine)), lambda: by_hand.page(next(theirs), terms), same, times=times
    )
    measured.times["page"] = _pages([({"sort": "context"}, each) for each in readers])
    return measured


def outcomes(times: int) -> Measured:
    """The first page of the library narrowed by what records tell."""
    from benchmarks.by_hand import fitting as by_hand
    from practices.practice.terms import Terms

    terms = Terms.load()
    asked = _narrowed()[:times]
    mine, theirs = cycle(asked), cycle(asked)

    def told(chosen: Mapping[str, str]) -> Any:
        found = _library(chosen)
        numbers = {facet.name: {each.code: each.count for each in facet.options} for facet in found.facets}
        return [entry.practice_id for entry in found.page.object_list], {
            name: {code: number for code, number in numbers.get(name, {}).items() if number} for name in RECORDS
        }

    same = all(told(each) == by_hand.narrowed(each, terms) for each in asked)
    measured = measure(lambda: _library(next(mine)), lambda: by_hand.narrowed(next(theirs), terms), same, times=times)
    measured.times["page"] = _pages([(each, None) for each in asked])
    return measured


def _narrowed() -> list[dict[str, str]]:
    """Each of the three alone and with another."""
    from practices.search.keys import RECORDS as CHOICES

    codes = {name: choices.values for name, choices in CHOICES.items()}
    alone = [{name: code} for name in RECORDS for code in codes[name]]
    pairs = [
        {one: first, other: second}
        for one, other in (("outcome", "policy"), ("uptake", "policy"), ("uptake", "outcome"))
        for first, second in product(codes[one], codes[other])
    ]
    return [*alone, *pairs]


def _library(asked: Mapping[str, str], situation: "Situation | None" = None) -> Any:
    """What the page shows, found and counted, before it becomes HTML."""
    from django.contrib.auth.models import AnonymousUser
    from django.test import RequestFactory
    from django.utils.translation import override

    from practices.library.presentation import open_library

    request: Any = RequestFactory().get("/en/practices/", asked)
    request.user = AnonymousUser()
    request.session = {"situation": situation.as_json()} if situation else {}
    with override("en"):
        return open_library(request)


def _pages(asked: "list[tuple[Mapping[str, str], Situation | None]]") -> list[float]:
    """Milliseconds of each page, as somebody with a session gets it; the first one is not counted."""
    from importlib import import_module

    from django.conf import settings
    from django.test import Client
    from django.urls import reverse
    from django.utils.translation import override

    import_module("nccsi.wsgi")  # as a web server loads it
    client = Client(headers={"host": settings.SITE_HOST})
    with override("en"):
        address = reverse("practices:library")
    times = []
    for question, situation in [asked[0], *asked]:
        session = client.session
        session["situation"] = situation.as_json() if situation else {}
        session.save()
        started = time.perf_counter()
        if client.get(address, question).status_code != 200:
            raise SystemExit(f"{address} is no page for {question}.")
        times.append(1000 * (time.perf_counter() - started))
    return times[1:]
