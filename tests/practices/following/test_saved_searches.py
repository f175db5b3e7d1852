"""Searches that can be followed: one way to write each, a name in words, a row only once somebody asks."""

from typing import Any
from urllib.parse import parse_qs, quote, urlsplit

import pytest
from django.core import signing
from django.test import Client
from django.utils.translation import override
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from accounts.public_forms import spam
from hub.saved_searches.lists import follow_address
from hub.saved_searches.models import LONGEST_QUERY, SavedSearch
from hub.saved_searches.topics import make, topic
from hub.vocabularies.models import Term
from notifications.outbox.models import Message
from notifications.subscriptions import topics
from notifications.subscriptions.models import Subscription
from practices.following.searches import LIBRARY, in_words
from practices.library.facets import FACETS
from tests.factories.practices import PracticeFactory

PAGE, FOLLOW = "/en/practices/", "/en/follow/"
canonical = LIBRARY.canonical
HOUSING = "country=BE&theme=19"


def send(client: Client, wish: str, **changes: str) -> Any:
    stamp = signing.dumps(0, salt=spam.SALT)
    given = {"email": "reader@example.org", "language": "fr", "consent": "on", "rendered": stamp}
    return client.post(f"{FOLLOW}?topic={quote(wish)}", given | changes)


class WhateverIsAsked(TestCase):
    """Hypothesis asks for anything."""

    names = st.sampled_from([facet.name for facet in FACETS] + ["q", "sort", "page", "unknown"])
    values = st.sampled_from(["19", "BE", "5", "nl", "2015", "wonen", "citizens"]) | st.text(max_size=12)

    @settings(max_examples=60, deadline=None)
    @given(pairs=st.lists(st.tuples(names, values), max_size=6), shuffle=st.randoms())
    def test_the_same_question_is_written_the_same(self, pairs: list[tuple[str, str]], shuffle: Any) -> None:
        def written(pairs: list[tuple[str, str]]) -> str:
            return "&".join(f"{name}={quote(value.encode('utf-8', 'replace'))}" for name, value in pairs)

        query = canonical(written(pairs))
        assert canonical(query) == query
        words = [pair for pair in pairs if pair[0] == "q"]
        others = [pair for pair in pairs if pair[0] != "q"]
        shuffle.shuffle(others)
        assert canonical(written(words + others)) == query
        assert self.client.get(FOLLOW, {"topic": f"search:{written(pairs)}"}).status_code in {200, 404}
        assert not SavedSearch.objects.exists()


@pytest.mark.django_db
class TestWriting:
    @pytest.mark.parametrize(
        ("asked", "written"),
        [
            ("theme=19&country=BE&sort=title&page=3", HOUSING),
            ("size=50&theme=19&country=BE", HOUSING),
            ("country=BE&theme=19&theme=19&utm_source=x", HOUSING),
            ("theme=999&country=XX", ""),
            ("q=%20%20&sort=match", ""),
            ("q=++wonen++en++zorg", "q=wonen+en+zorg"),
        ],
    )
    def test_one_way(self, asked: str, written: str) -> None:
        assert canonical(asked) == written

    @pytest.mark.parametrize(
        ("language", "words"),
        [
            ("en", "‘wonen’, Belgium, Dutch, Housing and assistance for the homeless, 2015"),
            ("nl", "‘wonen’, België, Nederlands, Huisvesting en bijstand voor daklozen, 2015"),
        ],
    )
    def test_in_the_words_of_the_reader(self, language: str, words: str) -> None:
        with override(language):
            query = canonical("q=wonen&theme=19&country=BE&language=nl&year=2015")
            assert in_words(query) == words

    def test_a_long_choice_is_shortened(self) -> None:
        query = "&".join(f"theme={code}" for code in range(1, 10))
        with override("en"):
            assert in_words(canonical(query)).endswith(", 3 more")


@pytest.mark.django_db
class TestFollowing:
    def test_the_library_offers_it_for_a_search_only(self, visitor: Client) -> None:
        PracticeFactory.create()
        assert "Tell me when something new fits" not in visitor.get(PAGE).content.decode()
        for asked in ("q=wonen", "theme=19", "theme=19&q=nothing-like-that"):
            assert "Tell me when something new fits" in visitor.get(f"{PAGE}?{asked}").content.decode()

    def test_looking_at_the_form_makes_no_row(self, visitor: Client) -> None:
        with override("en"):
            form = visitor.get(follow_address(LIBRARY, HOUSING)).content.decode()
        assert "Practices: Belgium, Housing" in form
        assert not SavedSearch.objects.exists()

    def test_asking_makes_one_row_however_often_and_by_whom(self, visitor: Client) -> None:
        for asked in ("theme=19&country=BE", HOUSING, f"{HOUSING}&sort=title"):
            for email in ("one@example.org", "two@example.org"):
                assert send(visitor, f"search:{asked}", email=email).status_code == 302
        search = SavedSearch.objects.get()
        assert search.query == HOUSING
        assert set(Subscription.objects.values_list("topic", flat=True)) == {search.topic}
        assert Message.objects.count() == 2
        assert "Belgium, Housing" in Subscription.objects.first().consent_wording  # type: ignore[union-attr]

    def test_a_form_with_mistakes_makes_no_row(self, visitor: Client) -> None:
        assert send(visitor, f"search:{HOUSING}", consent="").status_code == 200
        assert not SavedSearch.objects.exists()

    def test_the_topic_leads_back_to_the_search_in_each_language(self) -> None:
        key = f"search:{make(LIBRARY, HOUSING)}"
        for language in ("nl", "fr", "de", "en"):
            found = topics.resolve(key, language)
            assert found
            assert found.url.startswith(f"/{language}/")
            assert urlsplit(found.url).query == HOUSING

    def test_its_key_follows_it_again(self, visitor: Client) -> None:
        key = f"search:{make(LIBRARY, HOUSING)}"
        assert visitor.get(FOLLOW, {"topic": key}).status_code == 200
        assert send(visitor, key).status_code == 302
        assert Subscription.objects.get().topic == key
        assert SavedSearch.objects.count() == 1

    @pytest.mark.parametrize(
        "wish",
        [
            "",
            "theme=999",
            "sort=title",
            "00000000-0000-4000-8000-000000000000",
            "1",
            "q=" + "x" * 100,
            "q=buy+at+https://evil.example.org",
            "q=evil.example.org",
            "q=evil%E3%80%82example",
            "q=evil%EF%BC%8Eexample",
            "q=evil%EF%B9%92example",
            "q=a%EF%BC%A0evil",
            "q=me@example.org",
            "&".join(f"theme={code}" for code in range(1, 21)) * 10,
            "\x00",
        ],
    )
    def test_what_cannot_be_followed_is_not_found(self, visitor: Client, wish: str) -> None:
        assert visitor.get(FOLLOW, {"topic": f"search:{wish}"}).status_code == 404
        assert send(visitor, f"search:{wish}").status_code == 404
        assert not SavedSearch.objects.exists()

    def test_nor_is_it_offered(self, visitor: Client) -> None:
        page = visitor.get(PAGE, {"q": "see evil.example.org"}).content.decode()
        assert "Tell me when something new fits" not in page
        assert follow_address(LIBRARY, "q=" + "x" * LONGEST_QUERY) == ""

    def test_what_the_page_offers_is_what_the_form_takes(self, visitor: Client) -> None:
        address = follow_address(LIBRARY, canonical("q=caf%C3%A9+%26+%22zorg%22&theme=19"))
        (wish,) = parse_qs(urlsplit(address).query)["topic"]
        page = visitor.get(address)
        assert page.status_code == 200
        assert "café &amp; &quot;zorg&quot;" in page.content.decode()
        asked = wish.removeprefix("search:")
        assert topic(LIBRARY, [asked], "en").get(asked)

    def test_without_a_term_that_is_gone_it_is_no_wider_search(self) -> None:
        key = make(LIBRARY, "theme=19&theme=3")
        assert key
        assert topic(LIBRARY, [key], "en").get(key)
        Term.objects.filter(vocabulary="theme", code="19").delete()
        assert topic(LIBRARY, [key], "en").get(key) is None
