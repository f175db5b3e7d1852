"""Practices side by side, whatever the address asks for."""

import re
from urllib.parse import quote

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from accounts.users.models import User
from hub.site.models import SiteSettings
from partners.organisations.models import Organisation
from practices.assessment.models import Judgement, Verdict
from practices.choosing.comparing import compare
from practices.practice.models.details import PracticeFigure
from practices.practice.models.practice import Practice, reserved_slugs
from tests.factories.partners import OrganisationFactory
from tests.factories.practices import PracticeFactory, term
from tests.factories.reuse import accepted, reported

COMPARE = "/en/practices/compare/"


def page(client: Client, *slugs: str, **more: str) -> str:
    response = client.get(COMPARE, {"practice": slugs, **more})
    assert response.status_code == 200
    return response.content.decode()


def titles(html: str) -> list[str]:
    return re.findall(r'class="compare__title"[^>]*>([^<]*)<', html)


def points(html: str) -> dict[str, bool]:
    """What the rows are called, and whether each says that it differs."""
    heads = re.findall(r'<th scope="row"[^>]*>(.*?)</th>', html, re.DOTALL)
    return {re.sub(r"<.*", "", head, flags=re.DOTALL).strip(): "differs" in head for head in heads}


def startable(html: str) -> list[str]:
    """What the page offers to begin with."""
    return re.findall(r'<input type="checkbox" name="practice" value="([^"]*)"', html)


class WhateverTheAddressHolds(TestCase):
    """Hypothesis throws addresses at the comparison."""

    slugs = st.sampled_from(["one", "two", "", "\x00", "../x", "<b>", "x" * 5000, "٣", "one\n"]) | st.text(max_size=9)

    @settings(max_examples=40, deadline=None)
    @given(slugs=st.lists(slugs, max_size=30), differs=st.text(max_size=5))
    def test_an_answer_and_never_an_error(self, slugs: list[str], differs: str) -> None:
        query = "&".join(f"practice={quote(slug.encode('utf-8', 'replace'))}" for slug in slugs)
        answer = self.client.get(f"{COMPARE}?{query}&differs={quote(differs.encode('utf-8', 'replace'))}")
        assert answer.status_code == 200


@pytest.mark.django_db
class TestWhatStandsSideBySide:
    @pytest.fixture(autouse=True)
    def _library(self) -> None:
        for number, slug in enumerate(("one", "two", "three", "four", "five"), start=1):
            PracticeFactory.create(slug=slug, stage=str(number), country=["BE"], texts={"en": {"title": slug.title()}})
        PracticeFactory.create(slug="draft", live=False, texts={"en": {"title": "Not yet"}})

    def test_in_the_order_in_which_they_were_chosen(self, visitor: Client) -> None:
        assert titles(page(visitor, "three", "one")) == ["Three", "One"]

    def test_the_same_one_twice_is_one(self, visitor: Client) -> None:
        html = page(visitor, "one", "one")
        assert titles(html) == ["One"]
        assert "Add at least one more practice" in html

    def test_the_fifth_is_named_as_left_out(self, visitor: Client) -> None:
        html = page(visitor, "one", "two", "three", "four", "five")
        assert titles(html) == ["One", "Two", "Three", "Four"]
        assert "No more than 4 practices" in html
        assert ">Five</a>" in html

    def test_what_is_not_in_the_library_is_said_and_not_named(self, visitor: Client) -> None:
        html = page(visitor, "one", "two", "gone", "draft")
        assert titles(html) == ["One", "Two"]
        assert "2 practices of this address are not, or no longer, in the library." in html
        assert "Not yet" not in html

    def test_without_any_the_page_says_how_to_choose(self, visitor: Client) -> None:
        for html in (page(visitor), page(visitor, "gone")):
            assert "<table" not in html
            assert startable(html) == ["five", "four", "three", "two", "one"]
        Practice.objects.update(live=False)
        assert "Choose the practices to compare" in page(visitor)

    def test_it_begins_with_what_others_took_up_most(self, visitor: Client, editor_user: User) -> None:
        for times, slug in enumerate(("two", "three"), start=1):
            for _time in range(times):
                accepted(Practice.objects.get(slug=slug), by=editor_user, outcome="works")
        reported(Practice.objects.get(slug="one"), outcome="works")
        assert startable(page(visitor)) == ["three", "two", "five", "four", "one"]
        assert startable(page(visitor, "three")) == ["two", "five", "four", "one"]
        assert not startable(page(visitor, "three", "two"))

    def test_who_keeps_some_begins_with_those(self, visitor: Client) -> None:
        visitor.post("/en/practices/shortlist/keep/", {"practice": ["four", "one"]})
        html = page(visitor)
        assert startable(html) == ["four", "one"]
        assert "From your shortlist" in html

    def test_each_can_be_left_out(self, visitor: Client) -> None:
        html = page(visitor, "one", "two", "three", differs="1")
        assert "?practice=one&amp;practice=three&amp;differs=1" in html

    def test_it_is_a_table_with_heads_of_rows_and_columns(self, visitor: Client) -> None:
        html = page(visitor, "one", "two")
        assert html.count('scope="col"') == 2
        assert html.count('scope="row"') == len(points(html)) == 20
        assert html.count("<h1") == 1


@pytest.mark.django_db
class TestDifferences:
    @pytest.fixture(autouse=True)
    def _pair(self) -> None:
        facts = {"stage": "5", "theme": ["19", "3"], "country": ["BE"], "owner_name": "The town"}
        words = {"title": "First", "summary": "One thing."}, {"title": "Second", "summary": "Another thing."}
        PracticeFactory.create(slug="first", evidence="2", since=2001, texts={"en": words[0]}, **facts)
        PracticeFactory.create(
            slug="second", evidence="4", since=2001, texts={"en": words[1]}, **facts | {"theme": ["3", "19"]}
        )

    def test_they_are_marked_in_words(self, visitor: Client) -> None:
        found = points(page(visitor, "first", "second"))
        assert [name for name, differs in found.items() if differs] == ["Evidence"]

    def test_only_those_can_be_asked_for_and_the_summary_stays(self, visitor: Client) -> None:
        assert list(points(page(visitor, "first", "second", differs="1"))) == ["What it is", "Evidence"]
        assert "Show everything" in page(visitor, "first", "second", differs="1")
        assert "They differ on 1 point." in page(visitor, "first", "second")

    def test_what_is_not_known_of_one_is_no_difference(self, visitor: Client) -> None:
        PracticeFactory.create(slug="third", evidence="2", stage="5", staff=2, texts={"en": {"title": "Third"}})
        html = page(visitor, "first", "third")
        assert not points(html)["Since"]
        assert not points(html)["Staff (full-time equivalents)"]
        assert "not known" in html
        assert not any(points(html).values())
        assert points(page(visitor, "first", "second"))["Evidence"]
        assert points(page(visitor, "first", "second", "third"))["Evidence"]

    def test_a_cost_that_is_not_known_is_no_cost_of_its_own(self) -> None:
        PracticeFactory.create(slug="free", cost="unknown")
        with override("en"):
            rows = compare(["first", "free"], only_differences=False).rows
            row = next(row for row in rows if "Cost" in str(row.label))
        assert not row.differs
        assert not any(cell.known for _column, cell in row.cells)


@pytest.mark.django_db
def test_words_in_another_language_are_named_and_marked(visitor: Client) -> None:
    PracticeFactory.create(slug="voisins", original_language="fr", texts={"fr": {"title": "Voisins: <ensemble>"}})
    PracticeFactory.create(slug="other")
    html = page(visitor, "voisins", "other")
    assert 'lang="fr">Voisins: &lt;ensemble&gt;</a>' in html
    assert "Language of the text: French" in html


@pytest.mark.django_db
def test_an_organisation_that_is_not_listed_is_not_shown(visitor: Client) -> None:
    for slug, status in (("listed", Organisation.Status.LISTED), ("hidden", Organisation.Status.HIDDEN)):
        owner = OrganisationFactory.create(name=f"{slug} owner", status=status)
        PracticeFactory.create(slug=slug, owner=owner)
    html = page(visitor, "listed", "hidden")
    assert "listed owner" in html
    assert "hidden owner" not in html


@pytest.mark.django_db
def test_what_came_of_them_elsewhere_is_counted_side_by_side(visitor: Client, editor_user: User) -> None:
    there, nowhere = PracticeFactory.create(slug="there"), PracticeFactory.create(slug="nowhere")
    for outcome in ("works", "failed", "works"):
        accepted(there, by=editor_user, outcome=outcome)
    reported(nowhere, outcome="works")
    html = page(visitor, "there", "nowhere")
    assert f'<a href="/en/practices/{there.slug}/reuse/">works for 2, did not work for 1</a>' in html
    assert not points(html)["Taken up elsewhere"], "of one of them nobody reported anything"
    assert "works for 1" not in html
    for words in ("nobody reported it yet", "not rated yet", "not assessed yet"):
        assert words in html


@pytest.mark.django_db
def test_as_many_queries_for_two_as_for_four(visitor: Client) -> None:
    slugs = [
        PracticeFactory.create(
            stage="5", theme=["19", "3"], sector=["citizens"], owner=OrganisationFactory.create()
        ).slug
        for _number in range(4)
    ]
    counts = []
    for number in (2, 3, 4):
        with CaptureQueriesContext(connection) as queries:
            page(visitor, *slugs[:number])
        counts.append(len(queries))
    assert len(set(counts)) == 1
    assert counts[0] <= 25


@pytest.mark.django_db
@pytest.mark.parametrize("slug", sorted(reserved_slugs()))
def test_no_practice_takes_an_address_of_the_portal(slug: str) -> None:
    practice = PracticeFactory.create(slug=slug)
    with override("en"), pytest.raises(ValidationError, match="Choose another"):
        practice.full_clean()


@pytest.mark.django_db
def test_judgements_are_counted_side_by_side(visitor: Client) -> None:
    judged = PracticeFactory.create(slug="judged")
    PracticeFactory.create(slug="unjudged")
    for code, verdict in (("relevance", Verdict.MET), ("ethics", Verdict.MET), ("equity", Verdict.PARTLY)):
        Judgement.objects.create(practice=judged, criterion=term("criterion", code), verdict=verdict, reason="Why.")
    html = page(visitor, "judged", "unjudged")
    assert not points(html)["Assessment"], "one of them was not assessed"
    assert "Met: 2" in html
    assert "Partly met: 1" in html


@pytest.mark.django_db
def test_results_staff_time_and_the_way_to_ask_stand_side_by_side(visitor: Client) -> None:
    big = PracticeFactory.create(slug="big", staff="12.5", months=6, contact_email="big@example.org")
    PracticeFactory.create(slug="small", staff="1", months=1, texts={"en": {"title": "Small"}})
    PracticeFigure.objects.create(practice=big, value="12500", label={"en": "people housed"}, year=2024)
    html = page(visitor, "big", "small")
    for words in ("12,500 people housed (2024)", "12.5", "6 months", "1 month<"):
        assert words in html
    assert points(html)["Staff (full-time equivalents)"]
    assert points(html)["Set-up time"]
    assert 'href="/en/practices/big/ask/"' in html
    assert 'href="/en/practices/small/ask/"' not in html, "nobody would hear it"
    assert "big@example.org" not in html
    differing = points(page(visitor, "big", "small", differs="1"))
    assert not {"What it is", "Results in figures", "Who to ask"} - {*differing}, "they stay"
    SiteSettings.objects.update_or_create(defaults={"contact_email": "centre@example.org"})
    assert 'href="/en/practices/small/ask/"' in page(visitor, "big", "small")
