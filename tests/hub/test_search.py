from typing import Any

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hub import site_search
from hub.site_search import Hit
from tests.factories.hub import add_page, home

pytestmark = pytest.mark.django_db


def test_pages_are_found_in_the_readers_language(visitor: Client) -> None:
    add_page(title="Housing for everyone", introduction="Roofs first.")
    add_page(parent=home("nl"), title="Housing in het Nederlands", slug="over")
    text = visitor.get("/en/search/?q=housing").content.decode()
    assert "Housing for everyone" in text
    assert "Roofs first." in text
    assert "Nederlands</a></h3>" not in text


def test_drafts_are_not_found(visitor: Client) -> None:
    add_page(title="Housing for everyone").unpublish()
    assert "Housing for everyone" not in visitor.get("/en/search/?q=housing").content.decode()


def test_other_apps_add_their_groups(visitor: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(site_search, "_providers", dict(site_search._providers))

    def provider(words: str, language: str, limit: int) -> tuple[list[Hit], int]:
        return [Hit(f"{words} in {language}", "/there/")] * limit, 9

    site_search.register("stories", provider, label="Stories", more_url=lambda words: f"/stories/?q={words}")
    text = visitor.get("/en/search/?q=roof").content.decode()
    assert "roof in en" in text
    assert "/stories/?q=roof" in text


def test_nothing_found_says_what_to_do_next(visitor: Client) -> None:
    assert "Try other words" in visitor.get("/en/search/?q=xyzzyplugh").content.decode()
    assert "Try other words" not in visitor.get("/en/search/").content.decode()


@pytest.mark.parametrize(
    "words", ["%00", "x" * 10_000, "<script>alert(1)</script>", "'%3B--", "%22", "-", "a%26!b", "%FF"]
)
def test_odd_input_is_harmless(visitor: Client, words: str) -> None:
    answer = visitor.get(f"/en/search/?q={words}")
    assert answer.status_code == 200
    assert "<script>alert" not in answer.content.decode()


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.dictionaries(st.sampled_from(["q", "page", "language", "x"]), st.text(max_size=40)))
def test_any_query_is_answered(visitor: Client, query: dict[str, Any]) -> None:
    assert visitor.get("/en/search/", query).status_code == 200


def test_a_whole_book_is_not_printed_back(visitor: Client) -> None:
    usual = len(visitor.get("/en/search/?q=roof").content)
    answer = visitor.get("/en/search/", {"q": "x" * 60_000, "unknown": "y" * 60_000})
    assert answer.status_code == 200
    assert len(answer.content) < usual + 2_000
    assert "at most 200 characters" in answer.content.decode()
