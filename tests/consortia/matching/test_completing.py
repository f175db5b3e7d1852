"""Who completes an interest: in order, for reasons that add up to the score, the same way for everybody."""

import tomllib
from typing import Any

import pytest
from django.utils.translation import override
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from consortia.interest.models import Interest
from consortia.introductions.models import Introduction
from consortia.matching.completing import found, ranked, reasons, with_facts
from consortia.matching.parts import MUTUAL, NEW_SECTOR, SEEKS_TRACK, SOUGHT_TRACK
from consortia.matching.side import Side, side
from partners.matching.parts import total
from tests.environment import BASE_DIR
from tests.factories.hub import CallFactory
from tests.factories.matching import add_tracks, interest, terms
from tests.factories.partners import OrganisationFactory

# Examples are rows: making them smaller takes minutes and tells little more.
PHASES = [Phase.explicit, Phase.reuse, Phase.generate]
CASES = tomllib.loads((BASE_DIR / "tests/consortia/matching/cases.toml").read_text())["case"]
TRACKS = ["financing", "training", "regional"]
SECTORS = ["academia", "citizens", "business"]
SOUGHT = [f"track:{code}" for code in TRACKS] + [f"sector:{code}" for code in SECTORS]
TERMS = ["theme:19", "theme:3", "region:BE33", "region:BE10"]
TOLD = st.fixed_dictionaries(
    {
        "role": st.sampled_from(["lead", "partner", "associate", "either"]),
        "sector": st.sampled_from(SECTORS),
        "tracks": st.lists(st.sampled_from(TRACKS), unique=True),
        "seeks": st.lists(st.sampled_from(SOUGHT), unique=True),
        "terms": st.lists(st.sampled_from(TERMS), unique=True),
        "region": st.sampled_from([None, "BE33", "BE10"]),
        "networks": st.lists(st.sampled_from(["insisst", "wise"]), unique=True),
        "country": st.sampled_from(["BE", "FI"]),
    }
)
# What somebody may come to bring, seek or have besides: none of it makes them fit less.
MORE = st.sampled_from(
    [("tracks", code) for code in TRACKS] + [("seeks", name) for name in SOUGHT] + [("terms", name) for name in TERMS]
)


def fresh(made: Interest) -> Side:
    return side(with_facts(Interest.objects.all()).get(pk=made.pk))


def scores(made: Interest) -> dict[int, int]:
    """By the key of each candidate its score, in the order of the list."""
    return {each.pk: each.score for each in ranked(fresh(made))}  # type: ignore[attr-defined]


class AnyInterestsTest(TestCase):
    """Whatever organisations take part."""

    @given(told=st.lists(TOLD, min_size=2, max_size=4))
    @settings(max_examples=30, deadline=None, phases=PHASES)
    def test_the_score_is_the_sum_of_the_reasons(self, told: list[dict[str, Any]]) -> None:
        call = CallFactory.create()
        made = [interest(call, f"Organisation {number}", each) for number, each in enumerate(told)]
        for one in made:
            mine = fresh(one)
            listed = scores(one)
            assert set(listed) == {each.pk for each in made} - {one.pk}, "everybody else, never itself"
            assert list(listed.values()) == sorted(listed.values(), reverse=True)
            for other in made:
                if other != one:
                    assert total(found(mine, fresh(other))) == listed[other.pk]

    @given(one=TOLD, other=TOLD)
    @settings(max_examples=30, deadline=None, phases=PHASES)
    def test_what_is_mutual_is_the_same_from_both_sides(self, one: dict[str, Any], other: dict[str, Any]) -> None:
        call = CallFactory.create()
        here, there = fresh(interest(call, "One", one)), fresh(interest(call, "Other", other))
        mine, theirs = found(here, there), found(there, here)
        for part in MUTUAL:
            assert part.worth(mine[part]) == part.worth(theirs[part]), part.name
        assert set(mine[SOUGHT_TRACK]) == set(theirs[SEEKS_TRACK])
        assert set(mine[SEEKS_TRACK]) == set(theirs[SOUGHT_TRACK])

    @given(told=TOLD, others=st.lists(TOLD, min_size=1, max_size=3), which=st.integers(0, 2), more=st.lists(MORE))
    @settings(max_examples=40, deadline=None, phases=PHASES)
    def test_more_never_lowers_a_rank(self, told: Any, others: Any, which: int, more: list[tuple[str, str]]) -> None:
        call = CallFactory.create()
        one = interest(call, "One", told)
        made = [interest(call, f"Other {number}", each) for number, each in enumerate(others)]
        grows, facts = made[which % len(made)], others[which % len(made)]
        before = scores(one)
        for kind, name in more:
            if name not in facts[kind]:
                _grow(grows, kind, name)
                facts[kind].append(name)
        after = scores(one)
        assert after[grows.pk] >= before[grows.pk]
        assert list(after).index(grows.pk) <= list(before).index(grows.pk)


def _grow(made: Interest, kind: str, name: str) -> None:
    if kind == "tracks":
        add_tracks(made, [name])
    elif kind == "seeks":
        made.seeks.add(*terms([name]))
    else:
        own = made.organisation
        assert own is not None
        own.terms.add(*terms([name]))
        own.save()


pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_who_comes_first_and_why(case: dict[str, Any]) -> None:
    call = CallFactory.create()
    mine = interest(call, "Mine", case["mine"])
    for name, told in case["others"].items():
        interest(call, name, told)
    best = with_facts(ranked(fresh(mine)))[0]
    with override("en"):
        assert (best.organisation_name, reasons(fresh(mine), side(best))) == (case["first"], case["reasons"])


def test_there_are_twenty_cases() -> None:
    assert len(CASES) == 20


@pytest.mark.parametrize("refused", ["from", "to"])
def test_nobody_is_matched_with_who_said_no(refused: str) -> None:
    call = CallFactory.create()
    one, other, third = (interest(call, name) for name in ("One", "Other", "Third"))
    asking, asked = (one, other) if refused == "from" else (other, one)
    declined = Introduction.objects.create(
        call=call,
        from_organisation=fresh(asking).organisation,
        to_organisation=fresh(asked).organisation,
        status="declined",
        answered_at="2026-11-01T00:00Z",
        message="x",
    )
    assert list(scores(one)) == [third.pk]
    assert list(scores(other)) == [third.pk]
    assert set(scores(third)) == {one.pk, other.pk}, "others see both"
    declined.call = CallFactory.create()
    declined.save()
    assert set(scores(one)) == {other.pk, third.pk}, "for that call only"


def test_other_calls_and_names_without_a_profile_are_not_in_the_list() -> None:
    call = CallFactory.create()
    one = interest(call, "One")
    interest(CallFactory.create(), "Elsewhere")
    Interest.objects.create(
        call=call,
        organisation_name="Only a name",
        sector=one.sector,
        contact_name="x",
        email="x@example.org",
        language="en",
        status="confirmed",
        confirmed_at="2026-11-01T00:00Z",
        is_shown=True,
        consent_wording="x",
    )
    withdrawn = interest(call, "Withdrawn")
    Interest.objects.filter(pk=withdrawn.pk).update(status="withdrawn")
    assert scores(one) == {}


def test_a_sector_that_is_sought_is_not_lacking_besides() -> None:
    call = CallFactory.create()
    one = interest(call, "One", {"sector": "citizens", "seeks": ["sector:academia"]})
    other = interest(call, "Other", {"sector": "academia"})
    assert not found(fresh(one), fresh(other))[NEW_SECTOR]


def test_an_interest_without_a_profile_has_no_side() -> None:
    made = interest(CallFactory.create(), "One", {"organisation": OrganisationFactory.create()})
    made.organisation = None
    with pytest.raises(ValueError, match="names no organisation"):
        side(made)
