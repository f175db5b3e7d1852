"""Whatever the library holds and whatever is chosen: what the page counts and lists is what counting by hand gives.

Hypothesis makes libraries and selections; the page is read as a browser gets it and held against plain Python over
what was made, so nothing that the portal works with can be wrong on both sides.
"""

import html
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any
from unittest.mock import patch
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import override
from hypothesis import HealthCheck, Phase, event, given, note, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from practices.library import counting
from practices.library.facets import FACETS
from practices.practice.models.practice import ONE_OF
from tests.factories.libraries import Made, days_later, make_library
from tests.faults.figures import number

LANGUAGES = ["nl", "fr", "de", "en"]
NAMES = [facet.name for facet in FACETS]
# What practices are made of, and what is only ever asked for.
USED = {
    "kind": ["good-practice", "method"],
    "theme": ["1", "3", "19", "20"],
    "target": ["children", "homeless", "everyone"],
    "stage": ["1", "5", "6"],
    "evidence": ["1", "4"],
    "cost": ["under-10k", "unknown"],
    "country": ["BE", "FI", "IE"],
    "region": ["BE10", "BE23"],
    "sector": ["government", "citizens", "academia"],
    "scaling": ["out", "deep"],
    "track": ["training", "government"],
    "reach": ["country", "region"],
    "sdg": ["1", "11"],
    "language": LANGUAGES,
    "year": ["1999", "2016", "2024"],
}
# What records beside a practice would say: here there are none.
BESIDE = {"uptake": frozenset(["unknown"]), "outcome": frozenset[str](), "policy": frozenset[str]()}
ONLY_ASKED = {
    "uptake": ["yes"],
    "outcome": ["works", "failed"],
    "policy": ["region"],
    "kind": ["tool"],
    "theme": ["7"],
    "country": ["MT"],
    "stage": ["2"],
    "year": ["1890"],
    "language": ["fi"],
    "sdg": ["17"],
}
# Neither like each other nor like any label, so that a search for one of them can only mean that one.
WORDS = ["quxamba", "zorblike", "fnordheim"]

SEVERAL = [name for name in USED if name not in {*ONE_OF, "year", "language"}]


def some(codes: list[str]) -> st.SearchStrategy[frozenset[str]]:
    """Some of them, often none."""
    return st.frozensets(st.sampled_from(codes), max_size=2)


def one(codes: list[str]) -> st.SearchStrategy[frozenset[str]]:
    """One of them or none."""
    return st.frozensets(st.sampled_from(codes), max_size=1)


CODES = st.fixed_dictionaries(
    {"kind": st.sampled_from(USED["kind"]).map(lambda code: frozenset([code]))}
    | {name: one(USED[name]) for name in [*ONE_OF[1:], "year"]}
    | {name: some(USED[name]) for name in SEVERAL}
)
# Practices of one sort: what they have in common, how many there are, and when they came.
SORTS_OF_PRACTICE: st.SearchStrategy[dict[str, Any]] = st.fixed_dictionaries(
    {
        "codes": CODES,
        "languages": st.lists(st.sampled_from(LANGUAGES), min_size=1, max_size=3, unique=True),
        "word": st.sampled_from([*WORDS, ""]),
        "live": st.sampled_from([True, True, True, False]),
        "count": st.integers(1, 20),
        "day": st.none() | st.integers(0, 2),
    }
)


@st.composite
def scenarios(draw: st.DrawFn) -> tuple[list[dict[str, Any]], list[tuple[str, dict[str, list[str]]]]]:
    """A library and what three people asked it: words and choices, mostly such that there is an answer."""
    sorts = draw(st.lists(SORTS_OF_PRACTICE, min_size=2, max_size=6))
    return sorts, [draw(questions(sorts)) for _person in range(3)]


@st.composite
def questions(draw: st.DrawFn, sorts: list[dict[str, Any]]) -> tuple[str, dict[str, list[str]]]:
    """One question: often what one of the practices has, sometimes anything."""
    wanted = draw(st.sampled_from(sorts))
    own = {**wanted["codes"], "language": wanted["languages"], **BESIDE}
    chosen = {}
    for name in draw(st.lists(st.sampled_from(NAMES), max_size=3, unique=True)):
        used = USED.get(name, [])
        others = st.lists(st.sampled_from([*used, *ONLY_ASKED.get(name, [])]), max_size=2)
        likely = st.lists(st.sampled_from(sorted(own[name]) or used), max_size=1) if own[name] or used else st.just([])
        codes = list(dict.fromkeys([*draw(likely), *draw(others)]))
        if codes:
            chosen[name] = codes
    # Only words that the library knows: for others it is allowed to be clever.
    known = sorted({sort["word"] for sort in sorts if sort["live"] and sort["word"]})
    return draw(st.sampled_from(["", *known])), chosen


def made_of(sorts: Iterable[Mapping[str, Any]]) -> list[Made]:
    """The practices of all sorts; titles repeat, so that every order has ties to break."""
    return [
        Made(
            slug=f"p{position}-{copy}",
            codes={**sort["codes"], "language": frozenset(sort["languages"]), **BESIDE},
            titles={language: f"{sort['word']} Tie {copy % 3}".strip() for language in sort["languages"]},
            live=sort["live"],
            published=None if sort["day"] is None else days_later(sort["day"]),
        )
        for position, sort in enumerate(sorts)
        for copy in range(sort["count"])
    ]


def fitting(library: Iterable[Made], word: str, chosen: Mapping[str, list[str]], *, but: str = "") -> list[Made]:
    """What a reader may see of the selection, one facet left out: "or" within a facet, "and" across."""
    return [
        made
        for made in library
        if made.live
        and (not word or any(word in title for title in made.titles.values()))
        and all(made.codes[name] & set(codes) for name, codes in chosen.items() if name != but)
    ]


def counted(library: list[Made], word: str, chosen: Mapping[str, list[str]]) -> dict[str, dict[str, int]]:
    """Every option that must be on the page, facet by facet, and its count."""
    counts = {}
    for name in NAMES:
        found = Counter(code for made in fitting(library, word, chosen, but=name) for code in made.codes[name])
        counts[name] = dict.fromkeys(chosen.get(name, []), 0) | dict(found)
    return {name: options for name, options in counts.items() if options}


def options_on(page: str) -> dict[str, dict[str, int]]:
    """The options of each facet on the page, and their counts."""
    found: dict[str, dict[str, int]] = {}
    pattern = r'<input type="checkbox"[^>]* name="(\w+)" value="([^"]+)"[^>]*>(?:(?!<input).)*?facet__count">\s*(\d+)'
    for name, code, count in re.findall(pattern, page, re.DOTALL):
        assert code not in found.setdefault(name, {}), f"{name}={code} stands on the page twice"
        found[name][html.unescape(code)] = int(count)
    return found


def ticked_on(page: str) -> set[tuple[str, str]]:
    """What the page shows as chosen."""
    return set(re.findall(r'<input type="checkbox"[^>]* name="(\w+)" value="([^"]+)"[^>]* checked', page))


def rows_on(page: str) -> list[str]:
    """The slugs of the page's practices."""
    return re.findall(r'row__title">\s*<a href="[^"]*/([\w-]+)/"', page)


def total_on(page: str) -> int:
    """The number in the heading above the results."""
    heading = re.search(r'id="library-count"[^>]*>\s*(\d+)', page)
    assert heading, "the page does not say how many there are"
    return int(heading[1])


class TheLibraryIsRight(TestCase):
    """One library and one selection after the other."""

    @settings(
        max_examples=number(40, 1_000),
        deadline=None,
        phases=set(Phase) - {Phase.explain},
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )
    @given(
        scenario=scenarios(),
        language=st.sampled_from(LANGUAGES),
        order=st.sampled_from(["match", "newest", "evidence", "title"]),
        few=st.sampled_from([5, counting.FEW]),
    )
    def test_counts_total_and_pages(
        self,
        scenario: tuple[list[dict[str, Any]], list[tuple[str, dict[str, list[str]]]]],
        language: str,
        order: str,
        few: int,
    ) -> None:
        with patch.object(counting, "FEW", few):
            self._hold(scenario, language, order)

    def _hold(
        self, scenario: tuple[list[dict[str, Any]], list[tuple[str, dict[str, list[str]]]]], language: str, order: str
    ) -> None:
        sorts, asked = scenario
        library = made_of(sorts)
        make_library(library)
        for word, chosen in asked:
            expected = fitting(library, word, chosen)
            note(f"{len(library)} practices, q={word!r}, {chosen}")
            event(f"pages: {-(-len(expected) // 20)}")
            page = self._open(language, word, chosen)
            assert options_on(page) == counted(library, word, chosen)
            assert ticked_on(page) == {(name, code) for name, codes in chosen.items() for code in codes}
            assert total_on(page) == len(expected)
        slugs = self._all_pages(language, word, chosen, order)
        assert sorted(slugs) == sorted(made.slug for made in expected)

    def _all_pages(self, language: str, word: str, chosen: Mapping[str, list[str]], sort: str) -> list[str]:
        """The rows of page after page, until there is no next one."""
        slugs: list[str] = []
        for place in range(1, 20):
            status, page = self._get(language, [*self._pairs(word, chosen), ("sort", sort), ("page", str(place))])
            if status == 404 and place > 1:
                break
            assert status == 200
            slugs += rows_on(page)
        return slugs

    def _open(self, language: str, word: str, chosen: Mapping[str, list[str]]) -> str:
        status, page = self._get(language, self._pairs(word, chosen))
        assert status == 200
        return page

    @staticmethod
    def _pairs(word: str, chosen: Mapping[str, list[str]]) -> list[tuple[str, str]]:
        words = [("q", word)] if word else []
        return words + [(name, code) for name, codes in chosen.items() for code in codes]

    def _get(self, language: str, pairs: list[tuple[str, str]]) -> tuple[int, str]:
        with override(language):
            address = f"{reverse('practices:library')}?{urlencode(pairs)}"
        # As htmx asks for it: the part of the page that changes, without the frame around it.
        response = self.client.get(address, headers={"HX-Request": "true"})
        return response.status_code, response.content.decode()
