"""Organisations like one, and those that work on a subject: ranked by the database, with reasons that add up to it."""

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from consortia.matching.parts import PARTS as COMPLETING
from partners.matching.alike import PARTS, alike, in_common, of_organisation, of_terms, ranked
from partners.matching.parts import in_order, total
from partners.organisations.models import Organisation
from tests.environment import BASE_DIR
from tests.factories.matching import organisation, terms
from tests.factories.practices import PracticeFactory
from tests.partners.people import House, address, house, text

__all__ = ["house"]

# Examples are rows: making them smaller takes minutes and tells little more.
PHASES = [Phase.explicit, Phase.reuse, Phase.generate]
TERMS = ["theme:19", "theme:3", "target:children", "target:homeless", "track:training", "region:BE33", "region:BE10"]
TOLD = st.fixed_dictionaries(
    {
        "terms": st.lists(st.sampled_from(TERMS), unique=True),
        "sector": st.sampled_from(["academia", "citizens"]),
        "country": st.sampled_from(["BE", "FI"]),
        "region": st.sampled_from([None, "BE33", "BE10"]),
        "networks": st.lists(st.sampled_from(["insisst", "wise"]), unique=True),
    }
)


def fresh(made: Organisation) -> Organisation:
    return Organisation.objects.with_facts().get(pk=made.pk)


def scores(made: Organisation) -> dict[int, int]:
    return {each.pk: each.score for each in ranked(of_organisation(fresh(made)))}


class AnyOrganisationsTest(TestCase):
    """Whatever organisations there are."""

    @given(told=st.lists(TOLD, min_size=2, max_size=4))
    @settings(max_examples=30, deadline=None, phases=PHASES)
    def test_the_score_is_the_sum_of_the_reasons_and_the_same_from_both_sides(self, told: list[dict[str, Any]]) -> None:
        made = [organisation(f"Organisation {number}", each) for number, each in enumerate(told)]
        of = {each.pk: scores(each) for each in made}
        for one in made:
            assert one.pk not in of[one.pk], "never itself"
            assert list(of[one.pk].values()) == sorted(of[one.pk].values(), reverse=True)
            for other, score in of[one.pk].items():
                common = in_common(of_organisation(fresh(one)), Organisation.objects.with_facts().get(pk=other))
                assert total(common) == score
                assert of[other][one.pk] == score

    @given(told=TOLD, others=st.lists(TOLD, min_size=1, max_size=3), data=st.data())
    @settings(max_examples=30, deadline=None, phases=PHASES)
    def test_more_in_common_never_lowers_a_rank(self, told: Any, others: list[Any], data: st.DataObject) -> None:
        one = organisation("One", told)
        made = [organisation(f"Other {number}", each) for number, each in enumerate(others)]
        grows = data.draw(st.sampled_from(made))
        before = list(scores(one))
        mine = fresh(one)
        grows.terms.add(
            *data.draw(st.lists(st.sampled_from(list(mine.terms.all())), max_size=2)) if told["terms"] else []
        )
        grows.networks = [*grows.networks, *mine.networks]
        grows.save()
        after = list(scores(one))
        if grows.pk in before:
            assert after.index(grows.pk) <= before.index(grows.pk)


pytestmark = pytest.mark.django_db


def test_what_is_not_listed_is_like_nobody() -> None:
    one = organisation("One", {"terms": ["theme:19"]})
    organisation("Hidden", {"terms": ["theme:19"], "status": "hidden"})
    assert alike(of_organisation(fresh(one)), most=5) == []


def test_of_equals_the_name_decides_and_then_the_key() -> None:
    one = organisation("One", {"terms": ["theme:19"]})
    made = [organisation(name, {"terms": ["theme:19"]}) for name in ("b", "A", "b")]
    assert list(scores(one)) == [made[1].pk, made[0].pk, made[2].pk]


def test_who_has_only_a_country_in_common_is_not_alike() -> None:
    one = organisation("One", {"terms": ["theme:19"], "region": "BE33", "networks": ["insisst"]})
    organisation("Two", {"terms": ["theme:3"], "region": "BE33", "networks": ["insisst"]})
    assert alike(of_organisation(fresh(one)), most=5) == []


def test_reasons_are_words_in_the_readers_language_the_heaviest_first() -> None:
    one = organisation("One", {"terms": ["theme:19", "track:training"], "region": "BE33", "sector": "citizens"})
    organisation(
        "Two", {"terms": ["theme:19", "track:training", "region:BE33"], "sector": "academia", "networks": ["insisst"]}
    )
    with override("en"):
        (match,) = alike(of_organisation(fresh(one)), most=5)
    assert match.reasons == [
        "same theme: Housing and assistance for the homeless",
        "same action track: training for target groups",
        "works in Liège",
        "same country: Belgium",
        "another sector: academia",
    ]


def test_who_works_on_a_subject_stands_on_the_page_of_a_practice(visitor: Client) -> None:
    near = organisation("Near", {"terms": ["theme:19", "target:homeless"]})
    organisation("Far", {"terms": ["theme:3"]})
    practice = PracticeFactory.create(slug="homes", theme=["19"], target=["homeless"])
    assert [match.card.name for match in alike(of_terms(practice.terms.all()), most=3)] == [near.name]
    page = text(visitor.get("/en/practices/homes/"))
    assert "Organisations that work on this" in page
    assert "Near" in page
    assert "Far" not in page


def test_members_and_visitors_see_who_is_like_it(house: House, visitor: Client) -> None:
    house.organisation.terms = terms(["theme:19"])
    house.organisation.save()
    organisation("Neighbour", {"terms": ["theme:19"]})
    for client, place, words in (
        (house.editors_client, "manage", "Organisations like yours"),
        (visitor, "organisation", "Organisations like this one"),
    ):
        page = text(client.get(address(place, "house")))
        assert words in page
        assert "Neighbour" in page


def test_where_nobody_is_like_it_members_read_what_decides(house: House, visitor: Client) -> None:
    page = text(house.editors_client.get(address("manage", "house")))
    assert "Organisations like yours" in page
    assert "Add themes to your profile" in page
    assert "Organisations like this one" not in text(visitor.get(address("organisation", "house")))


def test_as_many_queries_for_one_as_for_many(house: House) -> None:
    house.organisation.terms = terms(["theme:19", "track:training"])
    house.organisation.save()
    counts = []
    for number in (1, 2, 30):
        for each in range(number):
            organisation(f"Neighbour {number} {each}", {"terms": ["theme:19", "track:training", "region:BE33"]})
        with CaptureQueriesContext(connection) as queries:
            assert house.owners_client.get(reverse("partners:manage", args=["house"])).status_code == 200
        counts.append(len(queries))
    assert len(set(counts)) == 1, counts
    assert counts[0] <= 25


def test_the_weights_are_those_of_the_documentation() -> None:
    documented = re.findall(
        r"^\| `(\w+)` \|.*\| (\d+) \| (each|once) \|$", (BASE_DIR / "docs/matching.md").read_text(), re.MULTILINE
    )
    declared = [(part.name, str(part.weight), "once" if part.is_once else "each") for part in (*PARTS, *COMPLETING)]
    assert documented == declared
    assert all(part.weight > 0 for part in (*PARTS, *COMPLETING))
    assert in_order(PARTS) == list(PARTS), "declared in the order in which reasons are told"
    assert in_order(COMPLETING) == list(COMPLETING)
