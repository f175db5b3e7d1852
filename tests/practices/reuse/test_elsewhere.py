"""What the context rules are told of reuse: what visitors can read, and only where it did well."""

from decimal import Decimal

import pytest
from django.test import Client

from accounts.users.models import User
from practices.context import facts
from practices.practice.terms import Terms
from practices.reuse.elsewhere import WhereItDidWell
from tests.factories.practices import PracticeFactory, term
from tests.factories.reuse import accepted, many, place, reported
from tests.practices.context.situations import FORM, LIBRARY, tell

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


def test_what_stopped_or_waits_is_no_ground(editor_user: User) -> None:
    practice = PracticeFactory.create()
    outcomes = {
        ("Aalst", "BE23"): "works",
        ("Genk", "BE22"): "part",
        ("Brugge", "BE25"): "stopped",
        ("Mons", "BE32"): "failed",
    }
    for (where, region), outcome in outcomes.items():
        accepted(practice, by=editor_user, where=place(where, region=region), outcome=outcome)
    reported(practice, where=place("Antwerpen", region="BE21"))
    told = WhereItDidWell().told([practice.pk])[practice.pk]
    assert {each.where for each in told} == {"Aalst", "Genk"}
    assert list(WhereItDidWell().in_country("BE").values_list("practice_id", flat=True).distinct()) == [practice.pk]


def test_in_the_words_a_cheaper_place_is_named_with_a_link(client: Client, editor_user: User) -> None:
    practice = PracticeFactory.create(cost=term("cost", "50k-250k"))
    reuse = accepted(practice, by=editor_user, where=place("Aalst"), actual_cost=Decimal(25_000), cost_year=2020)
    tell(client, country="BE", budget="30000")
    page = client.get(practice.get_absolute_url()).content.decode()
    assert "In Aalst it ran on €25,000 a year." in page
    assert f'href="{reuse.get_absolute_url()}"' in page
    assert facts.read([practice.pk], Terms.load())[practice.pk].elsewhere[0].country == "BE"
    assert client.get(f"{LIBRARY}?sort=context").status_code == 200
    assert FORM in page


def test_of_many_reports_the_last_of_each_place_and_the_cheapest_are_read(editor_user: User) -> None:
    practice = PracticeFactory.create()
    many(practice, 30, since_year=2015)
    accepted(practice, by=editor_user, where=place("Gent"), since_year=2016, actual_cost=Decimal(9_000), cost_year=2020)
    accepted(practice, by=editor_user, where=place("Genk", region="BE22"), since_year=2017)
    accepted(practice, by=editor_user, where=place("Aalst"), since_year=2020)
    told = WhereItDidWell().told([practice.pk])[practice.pk]
    assert [each.where for each in told[:3]] == ["Aalst", "Genk", "Gent"]
    assert len(told) == 4, "and one of the thirty without a region"
    assert [each.cost for each in told if each.cost] == [9_000]
