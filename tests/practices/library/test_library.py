"""The library page: whatever the address, as many rows as there are."""

import re
from datetime import timedelta
from urllib.parse import quote

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from practices.library.facets import FACETS
from tests.factories.practices import PracticeFactory

LIBRARY = "/en/practices/"
NAMES = [facet.name for facet in FACETS] + ["q", "sort", "page", "unknown", "page[]"]
NASTY = [
    "",
    "\x00",
    "19",
    "5",
    "'; DROP TABLE x; --",
    "<script>",
    "٣",
    "9" * 5000,
    "x" * 10_000,
    "a & | ! b:*",
    '"',
    "-",
]
VALUES = st.sampled_from(NASTY) | st.text(max_size=40)


class WhateverTheAddressHolds(TestCase):
    """Hypothesis throws queries at the library."""

    @settings(max_examples=60, deadline=None)
    @given(pairs=st.lists(st.tuples(st.sampled_from(NAMES), VALUES), max_size=6))
    def test_an_answer_or_not_found_but_never_an_error(self, pairs: list[tuple[str, str]]) -> None:
        query = "&".join(f"{quote(name)}={quote(value.encode('utf-8', 'replace'))}" for name, value in pairs)
        assert self.client.get(f"{LIBRARY}?{query}").status_code in {200, 404}


def titles(page: str) -> list[str]:
    return re.findall(r'row__title">\s*<a[^>]*>([^<]*)', page)


@pytest.mark.django_db
class TestPages:
    @pytest.mark.parametrize("number", ["", "x", "-1", "1.5", "1"])
    def test_a_page_that_is_no_number_is_the_first(self, visitor: Client, number: str) -> None:
        assert visitor.get(LIBRARY, {"page": number}).status_code == 200

    @pytest.mark.parametrize("number", ["0", "2", "999999999"])
    def test_a_page_that_is_not_there_is_not_found(self, visitor: Client, number: str) -> None:
        assert visitor.get(LIBRARY, {"page": number}).status_code == 404

    def test_no_row_stands_on_two_pages(self, visitor: Client) -> None:
        now = timezone.now()
        for number in range(45):
            PracticeFactory.create(texts={"en": {"title": f"T{number}"}}, first_published_at=now)
        pages = [titles(visitor.get(LIBRARY, {"page": page}).content.decode()) for page in (1, 2, 3)]
        assert [len(page) for page in pages] == [20, 20, 5]
        assert len({title for page in pages for title in page}) == 45

    def test_as_many_queries_for_one_row_as_for_fifty(self, visitor: Client) -> None:
        counts = []
        for more in (1, 2, 47):
            for _number in range(more):
                PracticeFactory.create(
                    stage="5", theme=["19", "3"], sector=["government"], country=["BE"], texts={"nl": {}, "en": {}}
                )
            with CaptureQueriesContext(connection) as queries:
                visitor.get(LIBRARY, {"q": "shared living", "theme": "19", "stage": "5"})
            counts.append(len(queries))
        assert len(set(counts)) == 1
        assert counts[0] <= 25

    def test_an_empty_library_says_so_and_an_empty_answer_shows_the_way_out(self, visitor: Client) -> None:
        assert "The library is still empty" in visitor.get(LIBRARY).content.decode()
        assert "Nothing was found for “zzzz”" in visitor.get(LIBRARY, {"q": "zzzz"}).content.decode()
        answer = visitor.get(LIBRARY, {"q": "zzzz", "theme": "19"}).content.decode()
        assert "No practices match your search" in answer
        assert "Clear all" in answer

    def test_drafts_are_nowhere(self, visitor: Client) -> None:
        PracticeFactory.create(live=False, texts={"en": {"title": "Not yet"}})
        for query in ({}, {"q": "not yet"}, {"sort": "title"}):
            assert "Not yet" not in visitor.get(LIBRARY, query).content.decode().replace("“not yet”", "")


@pytest.mark.django_db
class TestOrders:
    @pytest.fixture(autouse=True)
    def _library(self) -> None:
        now = timezone.now()
        PracticeFactory.create(texts={"en": {"title": "Éclair"}}, evidence="1", first_published_at=now)
        PracticeFactory.create(
            texts={"en": {"title": "apple"}}, evidence="5", first_published_at=now - timedelta(days=2)
        )
        PracticeFactory.create(texts={"en": {"title": "Zebra"}}, first_published_at=now - timedelta(days=1))

    @pytest.mark.parametrize(
        ("sort", "order"),
        [
            ("", ["Éclair", "Zebra", "apple"]),
            ("newest", ["Éclair", "Zebra", "apple"]),
            ("match", ["Éclair", "Zebra", "apple"]),
            ("banana", ["Éclair", "Zebra", "apple"]),
            ("evidence", ["apple", "Éclair", "Zebra"]),
            ("title", ["apple", "Éclair", "Zebra"]),
        ],
    )
    def test_each_order(self, visitor: Client, sort: str, order: list[str]) -> None:
        assert titles(visitor.get(LIBRARY, {"sort": sort}).content.decode()) == order


@pytest.mark.django_db
class TestSwapping:
    def test_htmx_gets_the_part_that_changes_and_caches_know(self, visitor: Client) -> None:
        PracticeFactory.create()
        response = visitor.get(LIBRARY, headers={"HX-Request": "true"})
        page = response.content.decode()
        assert "<html" not in page
        assert 'id="library"' in page
        assert re.search(r'id="library-status"[^>]*>1 practice<', page)
        assert "HX-Request" in response["Vary"]

    def test_going_back_gets_the_whole_page(self, visitor: Client) -> None:
        headers = {"HX-Request": "true", "HX-History-Restore-Request": "true"}
        assert "<html" in visitor.get(LIBRARY, headers=headers).content.decode()

    def test_both_forms_carry_the_rest_along(self, visitor: Client) -> None:
        PracticeFactory.create(theme=["19"])
        page = visitor.get(LIBRARY, {"q": "shared", "theme": "19", "sort": "title"}).content.decode()
        assert '<input type="hidden" name="theme" value="19">' in page
        assert '<input type="hidden" name="q" value="shared">' in page
        assert page.count('<input type="hidden" name="sort" value="title">') == 2


@pytest.mark.django_db
def test_the_feed_has_the_newest_in_the_language_of_its_address(visitor: Client) -> None:
    PracticeFactory.create(slug="shared", texts={"en": {"title": "Shared"}, "fr": {"title": "Partagé"}})
    PracticeFactory.create(live=False, texts={"en": {"title": "Draft"}})
    french = visitor.get("/fr/practices/feed.atom")
    if french.status_code == 404:  # until the section has its French name
        french = visitor.get("/fr/pratiques/feed.atom")
    assert "Partagé" in french.content.decode()
    english = visitor.get("/en/practices/feed.atom").content.decode()
    assert "Shared" in english
    assert "Draft" not in english
