from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.template.loader import render_to_string
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from calls.overview.models import CallIndexPage
from tests.factories.hub import CallFactory, add_call_page, add_calls

pytestmark = pytest.mark.django_db


@pytest.fixture
def index() -> CallIndexPage:
    index = add_calls()
    now = timezone.now()
    coming, soon, gone = now + timedelta(days=60), now + timedelta(days=5), now - timedelta(days=5)
    add_call_page(index, CallFactory.create(due=[coming], tracks=["training"]), title="Call of spring")
    add_call_page(index, CallFactory.create(due=[soon], programme="AMIF"), title="Call of summer")
    add_call_page(index, CallFactory.create(due=[gone]), title="Call of autumn")
    add_call_page(index, CallFactory.create(due=[coming], withdrawn_at=now), title="Call of winter")
    return index


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", "spring summer autumn winter"),
        ("?state=open", "spring"),
        ("?state=closing_soon", "summer"),
        ("?state=closed", "autumn"),
        ("?state=withdrawn", "winter"),
        ("?state=announced", ""),
        ("?programme=AMIF", "summer"),
        ("?track=training", "spring"),
        ("?programme=ESF%2B&state=open&track=training", "spring"),
        ("?programme=AMIF&track=training", ""),
        ("?state=x&programme=unknown&track=%00&page=x", "spring summer autumn winter"),
    ],
)
def test_filters_narrow_the_list_and_unknown_values_do_nothing(
    visitor: Client, index: CallIndexPage, query: str, expected: str
) -> None:
    answer = visitor.get(f"{index.url}{query}")
    text = answer.content.decode()
    found = [name for name in ("spring", "summer", "autumn", "winter") if f">Call of {name}</a>" in text]
    assert found == expected.split()
    assert ("No calls match your search" in text) is (not expected)


def test_past_calls_come_in_pages_below_those_that_go_on(
    visitor: Client, index: CallIndexPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(CallIndexPage, "per_page", 1)
    first = visitor.get(f"{index.url}?programme=ESF%2B").content.decode()
    assert "Call of spring" in first
    assert "programme=ESF%2B&amp;page=2" in first
    second = visitor.get(f"{index.url}?programme=ESF%2B&page=2").content.decode()
    assert "Call of spring" not in second
    assert ("Call of autumn" in first) is not ("Call of autumn" in second)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    query=st.dictionaries(
        st.sampled_from(["state", "programme", "track", "page", "q", "question", "x"]), st.text(max_size=20)
    )
)
def test_any_query_gets_an_answer(visitor: Client, index: CallIndexPage, query: dict[str, Any]) -> None:
    assert visitor.get(index.url, query).status_code == 200
    page = index.get_children().live().first()
    assert visitor.get(page.url, query).status_code == 200


def test_a_call_that_does_not_exist_is_not_found(visitor: Client, index: CallIndexPage) -> None:
    assert visitor.get(f"{index.url}nothing/").status_code == 404
    page = index.get_children().first()
    assert visitor.get(f"{page.url}below/").status_code == 404
    page.specific.unpublish()
    assert visitor.get(page.url).status_code == 404


def test_a_date_that_moves_is_news_in_the_feed(visitor: Client) -> None:
    page = add_call_page(add_calls(), CallFactory.create(due=[timezone.now() + timedelta(days=9)]))
    moved = timezone.now() + timedelta(days=2)
    with time_machine.travel(moved, tick=False):
        page.call.save(update_fields=["changed_at"])
    assert f"<updated>{moved:%Y-%m-%dT%H:%M:%S}" in visitor.get("/en/feeds/calls/").content.decode()


def test_a_call_without_words_in_the_readers_language_is_shown_in_english_or_what_there_is(
    visitor: Client, index: CallIndexPage
) -> None:
    dutch, french = add_calls("nl", "oproepen"), add_calls("fr", "appels")
    both, only_dutch = CallFactory.create(), CallFactory.create()
    for place, call, title in (
        (index, both, "In English"),
        (dutch, both, "In Dutch too"),
        (dutch, only_dutch, "Alleen hier"),
    ):
        add_call_page(place, call, title=title, slug=f"words-{title[:8].lower().replace(' ', '-')}")
    seen = visitor.get(french.url).content.decode()
    assert 'lang="en">In English</a>' in seen
    assert "In Dutch too" not in seen
    assert 'lang="nl">Alleen hier</a>' in seen
    assert "Langue du texte" in seen
    own = visitor.get(dutch.url).content.decode()
    assert ">In Dutch too</a>" in own
    assert "In English" not in own
    assert '"nl">' not in own.split("<main")[1]
    assert 'lang="en">Call of summer</a>' in visitor.get("/fr/").content.decode()


def test_a_call_without_facts_has_no_empty_box_and_its_tracks_are_read_once(
    visitor: Client, django_assert_num_queries: Any
) -> None:
    page = add_call_page(add_calls(), CallFactory.create(programme=""))
    shown = visitor.get(page.url).content.decode()
    assert 'aria-label="Facts of this call"' in shown
    assert 'class="facts"' not in shown
    assert 'class="aside-box"' not in shown
    call = CallFactory.create(programme="", tracks=["training"])
    with django_assert_num_queries(1):
        assert "Action tracks" in render_to_string("calls/call_facts.html", {"call": call})
