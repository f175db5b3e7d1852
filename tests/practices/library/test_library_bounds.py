"""The library asks the database as often for five hundred practices as for one."""

import re
from collections.abc import Iterator
from itertools import cycle, islice, product
from typing import Any
from urllib.parse import quote_plus

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from hub.content_memory import content_version
from practices.practice.terms import Terms
from tests.factories.libraries import Made, days_later, make_library

pytestmark = pytest.mark.django_db

LIBRARY = "/en/practices/"
MOST = 25
ADDRESSES: dict[str, dict[str, Any]] = {
    "on arrival": {},
    "search": {"q": "shared garden"},
    "a term in another language": {"q": "logement"},
    "a word that nobody wrote": {"q": "gardn"},
    "theme and country": {"theme": "19", "country": "BE"},
    "search and filters": {"q": "garden", "theme": ["19", "3"], "country": "BE", "sector": "citizens", "stage": "5"},
    "everything": {
        "q": "garden",
        "kind": ["method", "tool"],
        "theme": ["19", "3"],
        "target": "everyone",
        "stage": ["5", "6"],
        "evidence": "2",
        "cost": "under-10k",
        "country": ["BE", "FI"],
        "region": "BE10",
        "sector": "citizens",
        "scaling": "out",
        "track": "training",
        "reach": "country",
        "sdg": "11",
        "language": ["en", "nl"],
        "year": ["2016", "1999"],
    },
    "alphabetical": {"sort": "title"},
    "best evidence": {"sort": "evidence", "theme": "19"},
}


def practices() -> Iterator[Made]:
    """As different as practices are, one after the other; the first fits every address above."""
    terms = {
        "theme": ["19", "3"],
        "target": ["everyone"],
        "country": ["BE"],
        "region": ["BE10"],
        "sector": ["citizens"],
        "scaling": ["out"],
        "track": ["training"],
        "sdg": ["11"],
    }
    ladders = cycle([("5", "2"), ("6", "1"), ("5", "3")])
    kinds = cycle(["method", "tool", "good-practice"])
    for number, ((stage, evidence), kind) in enumerate(zip(ladders, kinds, strict=False)):
        yield Made(
            slug=f"practice-{number}",
            codes={
                **{name: frozenset(codes) for name, codes in terms.items()},
                "kind": frozenset([kind]),
                "stage": frozenset([stage]),
                "evidence": frozenset([evidence]),
                "cost": frozenset(["under-10k"]),
                "reach": frozenset(["country"]),
                "year": frozenset(["2016"]),
            },
            titles={"en": f"A shared garden {number}", "nl": f"Een gedeelde tuin {number}"},
            published=days_later(number),
        )


def test_as_many_queries_for_1_as_for_3_and_500(visitor: Client) -> None:
    """Whatever the address asks, for the whole page and for the part that htmx asks for."""
    made = practices()
    counts: dict[tuple[str, str], list[int]] = {}
    for more in (1, 2, 497):
        make_library(islice(made, more))
        for (name, query), part in product(ADDRESSES.items(), ("page", "part")):
            content_version.forget()
            with CaptureQueriesContext(connection) as queries:
                answer = visitor.get(LIBRARY, query, headers={"HX-Request": "true"} if part == "part" else {})
            assert answer.status_code == 200, name
            counts.setdefault((name, part), []).append(len(queries))
    assert len(counts) == 2 * len(ADDRESSES)
    assert not {asked: each for asked, each in counts.items() if len(set(each)) > 1 or each[0] > MOST}


@pytest.mark.parametrize("query", [{}, {"q": "garden", "theme": "19"}], ids=["on arrival", "search and filter"])
def test_a_deep_page_costs_no_more_queries_than_the_first(visitor: Client, query: dict[str, str]) -> None:
    make_library(islice(practices(), 500))
    counts = []
    for page in ("1", "2", "25"):
        with CaptureQueriesContext(connection) as queries:
            assert visitor.get(LIBRARY, {**query, "page": page}).status_code == 200
        counts.append(len(queries))
    assert len(set(counts)) == 1, counts
    assert counts[0] <= MOST


def test_a_long_question_makes_no_long_page(visitor: Client) -> None:
    """What a reader asks stands in the page a few times, however many practices or choices there are."""
    make_library(islice(practices(), 50))
    plain = len(visitor.get(LIBRARY).content)
    long = "garden or " + "क" * 190
    found = visitor.get(LIBRARY, {"q": long, "unknown": "y" * 6_000})
    assert found.context["library"].rows
    assert len(found.content) < plain + 40_000
    assert found.content.count(quote_plus(long).encode()) < 20
    terms = Terms.load()
    everything = {
        name: [*terms.of(name)] for name in ("theme", "target", "country", "region", "sdg", "track", "sector")
    }
    assert len(visitor.get(LIBRARY, {**everything, "q": long}).content) < plain + 150_000


def test_keeping_comes_back_to_the_same_page_without_what_it_does_not_know(visitor: Client) -> None:
    make_library(islice(practices(), 50))
    page = visitor.get(LIBRARY, {"q": "garden", "theme": "19", "page": "2", "unknown": "y"}).content.decode()
    assert re.findall(r'name="next" value="([^"]*)"', page) == [f"{LIBRARY}?q=garden&amp;theme=19&amp;page=2"]
    assert len(re.findall(r'form="keep-form" name="practice" value="practice-\d+"', page)) == 20
