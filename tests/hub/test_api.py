"""Calls with their chains as open data, and the terms behind all codes."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from calls.chain.models import Call, Deadline
from calls.moving import deadlines
from calls.pages.models import CallPage
from hub.vocabularies.models import Term
from tests.factories.hub import CallFactory, DeadlineFactory, add_call_page, add_calls, words

CALLS = "/api/v1/calls/"
TERMS = "/api/v1/terms/"


def public(index: Any, **facts: Any) -> Call:
    """A call with a page."""
    call = CallFactory.create(**facts)
    add_call_page(index, call)
    return call


def calls(client: Client, **query: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = client.get(CALLS, query).json()["results"]
    return found


@pytest.mark.django_db
class TestCalls:
    def test_a_call_with_its_chain(self, visitor: Client) -> None:
        call = CallFactory.create(tracks=["training"], budget=1_500_000, official_url="https://example.eu/call")
        english, dutch = add_calls("en"), add_calls("nl", slug="oproepen")
        add_call_page(english, call, title="The call")
        add_call_page(dutch, call, title="De oproep", introduction="")
        later = DeadlineFactory.create(
            call=call, due_at=datetime(2040, 11, 30, 16, tzinfo=UTC), kind="submit", governs="proposal"
        )
        first = DeadlineFactory.create(call=call, due_at=datetime(2040, 7, 1, 21, 59, tzinfo=UTC), has_time=False)
        row = visitor.get(f"{CALLS}{call.pk}/").json()
        assert row["title"] == {"nl": "De oproep", "en": "The call"}
        assert row["introduction"] == {"en": "Build it with us."}
        assert row["urls"]["nl"] == f"http://localhost:8000/nl/oproepen/call-{call.pk}/"
        assert (row["state"], row["track"], row["budget"]) == ("open", ["training"], "1500000.00")
        assert [step["id"] for step in row["deadlines"]] == [first.pk, later.pk]
        assert row["deadlines"][0] == {
            "id": first.pk,
            "kind": "declare",
            "label": {code: f"Declare your partnership ({code})" for code in ("nl", "fr", "de", "en")},
            "actor": "partners",
            "due_at": "2040-07-01T21:59:00Z",
            "has_time": False,
            "day": "2040-07-01",
            "zone": "Europe/Brussels",
            "governs": "",
            "state": "next",
            "version": 1,
        }
        assert row["deadlines"][1]["state"] == "later"
        assert calls(visitor) == [row]

    def test_the_day_is_that_of_brussels(self, visitor: Client) -> None:
        call = public(add_calls(), due=[datetime(2040, 6, 30, 22, 30, tzinfo=UTC)])
        assert visitor.get(f"{CALLS}{call.pk}/").json()["deadlines"][0]["day"] == "2040-07-01"

    def test_a_date_that_moved_says_so(self, visitor: Client, editor_user: Any) -> None:
        call = public(add_calls(), due=[datetime(2040, 6, 1, 10, tzinfo=UTC)])
        deadline = Deadline.objects.get()
        deadlines.move(deadline, due_at=datetime(2040, 6, 8, 10, tzinfo=UTC), reason=words("More time"), by=editor_user)
        row = visitor.get(f"{CALLS}{call.pk}/").json()
        assert row["deadlines"][0]["version"] == 2
        (change,) = row["changes"]
        assert change["deadline"] == deadline.pk
        assert (change["old_due_at"], change["new_due_at"]) == ("2040-06-01T10:00:00Z", "2040-06-08T10:00:00Z")
        assert change["reason"]["nl"] == "More time (nl)"
        assert "moved_by" not in change

    def test_what_has_no_live_page_is_nowhere(self, visitor: Client) -> None:
        index = add_calls()
        call = public(index)
        CallPage.objects.update(live=False)
        lonely = CallFactory.create()
        assert calls(visitor) == []
        for number in (call.pk, lonely.pk, 999_999_999):
            assert visitor.get(f"{CALLS}{number}/").status_code == 404

    def test_the_same_question_as_on_the_page(self, visitor: Client) -> None:
        now = timezone.now()
        index = add_calls()
        near = public(index, due=[now + timedelta(days=3)], tracks=["training"])
        far = public(index, due=[now + timedelta(days=90)], programme="Interreg")
        past = public(index, due=[now - timedelta(days=3)], tracks=["training", "financing"])
        cases: list[tuple[dict[str, Any], list[Call]]] = [
            ({}, [near, far, past]),
            ({"state": "closing_soon"}, [near]),
            ({"state": "closed"}, [past]),
            ({"state": "banana"}, [near, far, past]),
            ({"programme": "Interreg"}, [far]),
            ({"programme": "Nothing"}, [near, far, past]),
            ({"track": "training"}, [near, past]),
            ({"track": ["training", "financing"]}, [past]),
        ]
        for query, expected in cases:
            assert [row["id"] for row in calls(visitor, **query)] == [call.pk for call in expected], query
            page = visitor.get("/en/calls/", query).content.decode()
            shown = {call for call in (near, far, past) if f"/en/calls/call-{call.pk}/" in page}
            assert shown == set(expected), query

    def test_the_clock_alone_makes_another_answer(self, visitor: Client) -> None:
        public(add_calls(), due=[timezone.now() + timedelta(days=30)])
        first = visitor.get(CALLS)
        assert visitor.get(CALLS, headers={"if-none-match": first["ETag"]}).status_code == 304
        with time_machine.travel(timezone.now() + timedelta(days=31)):
            after = visitor.get(CALLS, headers={"if-none-match": first["ETag"]})
        assert (after.status_code, after.json()["results"][0]["state"]) == (200, "closed")

    def test_as_many_queries_for_one_row_as_for_thirty(self, visitor: Client) -> None:
        index = add_calls()
        public(index)
        calls(visitor)  # Wagtail looks up where its site begins, once
        counts = []
        for more in (1, 2, 27):
            for _number in range(more):
                public(index, due=[timezone.now() + timedelta(days=30)] * 3, tracks=["training"])
            with CaptureQueriesContext(connection) as queries:
                assert len(calls(visitor)) >= more
            counts.append(len(queries))
        assert len(set(counts)) == 1
        assert counts[0] <= 14


@pytest.mark.django_db
class TestTerms:
    def test_a_term_says_what_its_code_means(self, visitor: Client) -> None:
        row = visitor.get(f"{TERMS}country/BE/").json()
        assert row == {
            "vocabulary": "country",
            "code": "BE",
            "label": {"nl": "België", "fr": "Belgique", "de": "Belgien", "en": "Belgium"},
            "help": {},
            "uri": "http://publications.europa.eu/resource/authority/country/BEL",
            "url": "http://localhost:8000/api/v1/terms/country/BE/",
            "parent": None,
        }

    def test_every_term_of_the_vocabularies_asked_for(self, visitor: Client) -> None:
        answer = visitor.get(TERMS, {"vocabulary": ["stage", "kind", "nothing"]}).json()
        assert [row["vocabulary"] for row in answer["results"]] == ["kind"] * 3 + ["stage"] * 6
        assert visitor.get(TERMS).json()["count"] == Term.objects.count()
        assert visitor.get(TERMS, {"vocabulary": "nothing"}).json()["count"] == Term.objects.count()

    def test_a_part_names_the_whole(self, visitor: Client) -> None:
        parent = Term.objects.get(vocabulary="theme", code="1")
        Term.objects.create(vocabulary="theme", code="part", label="Part", parent=parent)
        assert visitor.get(f"{TERMS}theme/part/").json()["parent"] == "1"

    def test_an_unknown_code(self, visitor: Client) -> None:
        assert visitor.get(f"{TERMS}country/XX/").status_code == 404
        assert visitor.get(f"{TERMS}nothing/BE/").status_code == 404

    def test_as_many_queries_for_two_rows_as_for_all(self, visitor: Client) -> None:
        counts = []
        for size in ("2", "200"):
            with CaptureQueriesContext(connection) as queries:
                visitor.get(TERMS, {"page_size": size})
            counts.append(sum("hub_contentchange" not in query["sql"] for query in queries))
        assert counts[0] == counts[1] <= 4
