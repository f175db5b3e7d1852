"""What fits whom, from a table, with its words in four languages."""

from typing import Any

import pytest
from django.utils.translation import override
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hub.vocabularies.models import Term, Vocabulary
from practices.context import rules
from practices.context.facts import Facts
from practices.context.rules import Criterion, Verdict, Why
from practices.context.situation import Situation
from practices.context.words import SENTENCES, tell
from practices.practice.terms import Terms
from tests.practices.context import cases
from tests.practices.context.cases import Case

CASES = cases.read()
LANGUAGES = ("en", "nl", "fr", "de")
everything = pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)


def test_the_table_has_forty_cases_and_every_reason() -> None:
    assert len(CASES) >= 40
    assert len({case.name for case in CASES}) == len(CASES)
    reasons = {each.finding.why for case in CASES for each in rules.judge(case.situation, case.facts)}
    assert reasons == set(Why) == set(SENTENCES)
    assert all(set(case.words) == set(LANGUAGES) for case in CASES)


@everything
def test_the_verdict_on_each_point(case: Case) -> None:
    judged = rules.judge(case.situation, case.facts)
    assert {each.criterion: each.verdict for each in judged} == case.verdicts
    assert [each.criterion for each in judged] == [each for each in Criterion if each in case.verdicts]


@pytest.mark.django_db
@everything
def test_its_words_in_each_language(case: Case) -> None:
    terms = Terms.load()
    for language in LANGUAGES:
        with override(language):
            points = tell(case.situation, case.facts, terms).points
            said = [" ".join(filter(None, (point.sentence, point.elsewhere))) for point in points]
        assert [_plain(words) for words in said] == case.words[language]


def _plain(words: str) -> str:
    """With every space as a common one: which of them is which does not show in a table."""
    return " ".join(words.split())


unhurried = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
several = st.lists(st.sampled_from(["everyone", "young-people", "refugees"]), max_size=2, unique=True).map(tuple)
sectors = st.lists(st.sampled_from(["government", "business"]), max_size=2, unique=True).map(tuple)
situations = st.builds(
    Situation,
    country=st.sampled_from(["", "BE", "FI"]),
    reach=st.sampled_from(["", *rules.REACHES]),
    targets=several,
    sectors=sectors,
    budget=st.none() | st.integers(0, 2_000_000),
    months=st.none() | st.integers(0, 30),
)


@unhurried
@given(situation=situations)
def test_unknown_never_counts_as_a_fit(situation: Situation) -> None:
    assert {each.verdict for each in rules.judge(situation, Facts())} <= {Verdict.UNKNOWN}
    assert {each.verdict for each in rules.judge(situation, Facts(cost="unknown"))} <= {Verdict.UNKNOWN}


@unhurried
@given(situation=situations, known=st.sampled_from([case.facts for case in CASES]))
def test_who_has_more_never_loses_a_fit(situation: Situation, known: Facts) -> None:
    """More money, more time and more sectors keep what fitted before."""

    def fitting(told: Situation) -> set[Criterion]:
        return {each.criterion for each in rules.judge(told, known) if each.verdict is Verdict.FITS}

    more: dict[str, Any] = {
        "budget": None if situation.budget is None else situation.budget + 10_000,
        "months": None if situation.months is None else situation.months + 1,
        "sectors": ("government", "business") if situation.sectors else (),
    }
    assert fitting(situation) <= fitting(Situation(**{**vars(situation), **more}))


@pytest.mark.django_db
def test_the_rules_know_every_band_and_every_reach() -> None:
    assert {*rules.COSTS, "unknown"} == set(Term.objects.of(Vocabulary.COST).values_list("code", flat=True))
    assert tuple(Term.objects.of(Vocabulary.REACH).values_list("code", flat=True)) == rules.REACHES
    assert Term.objects.of(Vocabulary.TARGET).filter(code=rules.EVERYONE).exists()
    highest = 0
    for lowest, top in rules.COSTS.values():
        assert lowest == highest, "the bands lie side by side"
        highest = top or 0
