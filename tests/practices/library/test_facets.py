"""Every count on the page, held against counting one practice after another."""

from itertools import product
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.cache import SessionStore
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from hub.query_parsing.parsing import parse_query
from hub.query_parsing.text_queries import TextQueries
from practices.library import counting
from practices.library.counting import count_options
from practices.library.facets import FACETS
from practices.library.filters import PracticeFilterSet
from practices.library.presentation import open_library
from practices.mainstreaming.models import PolicyHook
from practices.practice.models.practice import ONE_OF, Practice
from practices.practice.terms import Terms
from practices.reuse.models.reuses import Reuse
from practices.search.lexicon import LEXICON
from practices.search.searching import Search, all_but_one
from tests.factories.mainstreaming import hook
from tests.factories.practices import PracticeFactory
from tests.factories.reuse import many

CODES = {
    "kind": ["good-practice", "method", "tool"],
    "stage": ["1", "5", "6"],
    "evidence": ["1", "4"],
    "reach": ["country", "region"],
    "cost": ["under-10k", "over-1m"],
    "theme": ["3", "16", "19"],
    "target": ["homeless", "children"],
    "sector": ["government", "citizens", "academia"],
    "country": ["BE", "FI"],
    "language": ["nl", "en", "fr"],
    "year": ["1999", "2016"],
    "uptake": ["yes", "unknown"],
    "outcome": ["works", "stopped"],
    "policy": ["municipality", "eu"],
}
FACTS: dict[str, st.SearchStrategy[Any]] = {
    "kind": st.sampled_from(CODES["kind"]),
    **{name: st.none() | st.sampled_from(CODES[name]) for name in ("stage", "evidence", "reach", "cost")},
    **{name: st.lists(st.sampled_from(CODES[name]), unique=True) for name in ("theme", "target", "sector", "country")},
    "since": st.none() | st.sampled_from([1999, 2016]),
    "texts": st.lists(st.sampled_from(CODES["language"]), unique=True, min_size=1).map(
        lambda codes: {code: {} for code in codes}
    ),
    "live": st.booleans(),
    "reused": st.lists(st.sampled_from(CODES["outcome"]), max_size=2),
    "hooks": st.lists(st.tuples(st.sampled_from(CODES["policy"]), st.sampled_from(["", "idea"])), max_size=2),
}
SELECTIONS = st.fixed_dictionaries(
    {}, optional={name: st.lists(st.sampled_from(codes), unique=True, min_size=1) for name, codes in CODES.items()}
)


def codes_of(practice: Practice) -> dict[str, set[str]]:
    """What a practice counts for, read row by row."""
    codes: dict[str, set[str]] = {facet.name: set() for facet in FACETS}
    for name in ONE_OF:
        if getattr(practice, name):
            codes[name].add(getattr(practice, name).code)
    for term in practice.terms.all():
        codes.setdefault(term.vocabulary, set()).add(term.code)
    codes["language"] = {text.language for text in practice.texts.all()}
    codes["year"] = {str(practice.since)} if practice.since else set()
    codes["outcome"] = {each.shown.outcome for each in Reuse.objects.public().filter(practice=practice) if each.shown}
    codes["uptake"] = {"yes" if codes["outcome"] else "unknown"}
    codes["policy"] = {each.level for each in PolicyHook.objects.public().filter(practices__practice=practice)}
    return codes


def naive_counts(chosen: dict[str, list[str]]) -> dict[str, dict[str, int]]:
    """One loop over everything for each facet, its own choice left out."""
    described = [codes_of(practice) for practice in Practice.objects.filter(live=True)]
    counts: dict[str, dict[str, int]] = {facet.name: {} for facet in FACETS}
    for facet in FACETS:
        for codes in described:
            if all(codes[name] & set(wanted) for name, wanted in chosen.items() if name != facet.name):
                for code in codes[facet.name]:
                    counts[facet.name][code] = counts[facet.name].get(code, 0) + 1
    return counts


@pytest.mark.parametrize("number", range(9))
def test_all_but_one_is_true_of_what_misses_one_at_most(number: int) -> None:
    for needs in product([True, False], repeat=number):
        assert all_but_one(needs, all, any) == (needs.count(False) <= 1)


class CountsAreRight(TestCase):
    """Hypothesis makes libraries and selections."""

    @settings(max_examples=25, deadline=None)
    @given(library=st.lists(st.fixed_dictionaries(FACTS), max_size=6), chosen=SELECTIONS)
    def test_like_counting_one_by_one(self, library: list[dict[str, Any]], chosen: dict[str, list[str]]) -> None:
        for facts in library:
            reused, hooks = facts.pop("reused"), facts.pop("hooks")
            practice = PracticeFactory.create(**facts)
            for outcome in reused:
                why = "The grant ended." if outcome == "stopped" else ""
                many(practice, 1, outcome=outcome, why_stopped=why)
            for level, status in hooks:
                hook(level, status=status, practices=[practice])
        terms = Terms.load()
        naive = naive_counts(chosen)
        # A search takes another way to the same counts; every text has these words, however they are asked for.
        for words in ("", "shared", '"shared living"', "shared or nowhere", "shared -nowhere"):
            counted = count_options(Search(TextQueries(parse_query(words, LEXICON, terms), terms)), chosen, terms)
            assert counted.options == naive
            asked = PracticeFilterSet({**chosen, "q": words}, queryset=Practice.objects.public())
            assert counted.total == asked.qs.count()


@pytest.fixture
def three(db: None) -> None:
    PracticeFactory.create(slug="a", stage="5", theme=["19"], country=["BE"], texts={"nl": {}, "en": {}})
    PracticeFactory.create(slug="b", stage="6", theme=["19", "16"], country=["FI"], kind="method")
    PracticeFactory.create(slug="c", stage="6", theme=["16"], country=["BE", "FI"], kind="tool")
    PracticeFactory.create(slug="draft", live=False, stage="6", theme=["19"])


def ask(query: str) -> Any:
    request = RequestFactory().get(f"/en/practices/?{query}")
    request.user, request.session = AnonymousUser(), SessionStore()
    with override("en"):
        return open_library(request)


def found(query: str) -> set[str]:
    return {row["slug"] for row in ask(query).rows}


def shown(query: str, facet: str) -> dict[str, int]:
    options = {choice.name: choice.options for choice in ask(query).facets}
    return {option.code: option.count for option in options.get(facet, [])}


@pytest.mark.usefixtures("three")
class TestChoosing:
    def test_within_a_facet_or_across_facets_and(self) -> None:
        assert found("theme=19") == {"a", "b"}
        assert found("theme=19&theme=16") == {"a", "b", "c"}
        assert found("theme=19&stage=6") == {"b"}
        assert found("country=BE&stage=6&kind=tool") == {"c"}
        assert found("language=nl") == {"a"}

    def test_a_facet_does_not_narrow_itself(self) -> None:
        assert shown("stage=5", "stage") == {"5": 1, "6": 2}
        assert shown("stage=5", "theme") == {"19": 1}

    def test_what_would_find_nothing_is_hidden_unless_chosen(self) -> None:
        assert "tool" not in shown("theme=19", "kind")
        assert shown("theme=19&kind=tool", "kind") == {"good-practice": 1, "method": 1, "tool": 0}
        assert found("theme=19&kind=tool") == set()

    def test_unknown_values_are_left_out(self) -> None:
        assert found("theme=99&stage=banana&year=abcd&language=xx") == {"a", "b", "c"}
        assert found("theme=99&theme=16") == {"b", "c"}

    def test_chips_take_one_thing_away_each(self) -> None:
        library = ask("q=shared&theme=19&stage=6&sort=title&page=1")
        urls = [chip.url for chip in library.chips]
        assert urls == [
            "/en/practices/?theme=19&stage=6&sort=title",
            "/en/practices/?q=shared&stage=6&sort=title",
            "/en/practices/?q=shared&theme=19&sort=title",
        ]

    def test_an_option_carries_the_address_that_chooses_it(self) -> None:
        stages = next(choice for choice in ask("theme=19").facets if choice.name == "stage")
        with override("en"):
            assert stages.options[0].url == "/en/practices/?theme=19&stage=5"


def test_long_lists_begin_with_what_there_is_most_of_and_ladders_keep_their_order(db: None) -> None:
    PracticeFactory.create(stage="6", theme=["19"], country=["FI"])
    PracticeFactory.create(stage="6", theme=["19", "16"], country=["FI", "BE"])
    PracticeFactory.create(stage="5", theme=["1"], country=["BE", "FI"])
    assert next(iter(shown("", "theme").items())) == ("19", 2)
    assert list(shown("", "country")) == ["FI", "BE"]
    assert list(shown("", "stage")) == ["5", "6"]


@pytest.mark.usefixtures("three")
@pytest.mark.parametrize(("few", "searches"), [(3, 1), (2, 2)])
def test_what_counting_found_is_not_looked_for_again_if_it_is_few(
    few: int, searches: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(counting, "FEW", few)
    with CaptureQueriesContext(connection) as captured:
        assert found("q=shared&theme=19&theme=16") == {"a", "b", "c"}
    assert sum("practices_asked" in query["sql"] for query in captured) == searches
