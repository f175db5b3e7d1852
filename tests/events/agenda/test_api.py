"""The agenda as open data: when, where and whether there is room, but never who comes or how to listen in."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from calls.chain.models import Call
from tests.factories.events import EventFactory, RegistrationFactory, event_page
from tests.factories.hub import CallFactory, add_call_page, add_calls

EVENTS = "/api/v1/events/"


def rows(client: Client, **query: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = client.get(EVENTS, query).json()["results"]
    return found


@pytest.mark.django_db
class TestRows:
    def test_a_row_tells_what_the_page_tells(self, visitor: Client) -> None:
        call = CallFactory.create()
        add_call_page(add_calls(), call)
        event = EventFactory.create(
            starts_at=datetime(2030, 7, 1, 12, tzinfo=UTC),
            ends_at=datetime(2030, 7, 1, 14, tzinfo=UTC),
            capacity=3,
            online_capacity=20,
            call=call,
            online_url="https://meet.example.org/secret",
        )
        event_page(event, title="Info meeting")
        event_page(event, title="Infomoment", language="nl")
        RegistrationFactory.create(event=event)
        RegistrationFactory.create(event=event, status="cancelled")
        (row,) = rows(visitor)
        expected = {
            "id": str(event.uid),
            "title": {"nl": "Infomoment", "en": "Info meeting"},
            "starts_at": "2030-07-01T12:00:00Z",
            "ends_at": "2030-07-01T14:00:00Z",
            "zone": "Europe/Brussels",
            "has_time": True,
            "venue": "Town hall",
            "address": "Market square 1, Brussels",
            "online": True,
            "state": "open",
            "capacity": 23,
            "seats_left": 22,
            "registration_closes_at": "2030-07-01T12:00:00Z",
            "call": call.pk,
            "language": ["nl", "en"],
        }
        assert {name: row[name] for name in expected} == expected
        assert row["urls"]["en"] == f"http://localhost:8000/en/events/event-{event.pk}/"
        assert "secret" not in str(row)
        assert visitor.get(f"{EVENTS}{event.uid}/").json() == row

    def test_where_it_stands(self, visitor: Client) -> None:
        now = timezone.now()
        hour = timedelta(hours=1)
        full = EventFactory.create(capacity=1)
        RegistrationFactory.create(event=full)
        expected = {
            full: ("full", 0),
            EventFactory.create(): ("open", None),
            EventFactory.create(capacity=2, registration_closes_at=now - hour): ("closed", None),
            EventFactory.create(capacity=2, cancelled_at=now): ("cancelled", None),
            EventFactory.create(capacity=2, starts_at=now - 2 * hour, ends_at=now - hour): ("over", None),
        }
        for event in expected:
            event_page(event)
        found = {row["id"]: (row["state"], row["seats_left"]) for row in rows(visitor)}
        assert found == {str(event.uid): standing for event, standing in expected.items()}

    def test_a_seat_taken_shows_at_once(self, visitor: Client) -> None:
        """Sign-ups do not change the content version, so the answer itself makes its tag."""
        event = EventFactory.create(capacity=3)
        event_page(event)
        first = visitor.get(EVENTS)
        assert visitor.get(EVENTS, headers={"if-none-match": first["ETag"]}).status_code == 304
        RegistrationFactory.create(event=event)
        after = visitor.get(EVENTS, headers={"if-none-match": first["ETag"]})
        assert after.status_code == 200
        assert after.json()["results"][0]["seats_left"] == 2

    def test_what_has_no_live_page_is_nowhere(self, visitor: Client) -> None:
        hidden = EventFactory.create()
        event_page(hidden, live=False)
        shown = EventFactory.create(call=Call.objects.create(title="Not public"))
        event_page(shown)
        assert [(row["id"], row["call"]) for row in rows(visitor)] == [(str(shown.uid), None)]
        assert visitor.get(f"{EVENTS}{hidden.uid}/").status_code == 404
        assert visitor.get(f"{EVENTS}{uuid4()}/").status_code == 404
        assert visitor.get(f"{EVENTS}nothing/").status_code == 404


@pytest.mark.django_db
class TestWhen:
    @pytest.fixture(autouse=True)
    def _agenda(self) -> None:
        for day in (1, 10, 20):
            starts = datetime(2030, 6, day, 8, tzinfo=UTC)
            event_page(EventFactory.create(starts_at=starts, ends_at=starts + timedelta(hours=2)), slug=f"june-{day}")

    @pytest.mark.parametrize(
        ("query", "days"),
        [
            ({}, [1, 10, 20]),
            ({"from": "2030-06-10"}, [10, 20]),
            ({"until": "2030-06-10"}, [1, 10]),
            ({"from": "2030-06-02", "until": "2030-06-19"}, [10]),
            ({"from": "2030-06-10T10:00:00Z"}, [10, 20]),
            ({"from": "2030-06-10T12:00:01+02:00"}, [20]),
            ({"until": "2030-06-10T07:59:59Z"}, [1]),
            ({"until": "2030-06-10T10:00"}, [1, 10]),
            ({"from": "2031-01-01"}, []),
            ({"from": "2030-02-30", "until": "soon"}, [1, 10, 20]),
            ({"from": "9999-12-31T23:59:59-14:00"}, [1, 10, 20]),
            ({"until": "0001-01-01"}, [1, 10, 20]),
            ({"from": "\x00"}, [1, 10, 20]),
        ],
    )
    def test_from_and_until(self, visitor: Client, query: dict[str, str], days: list[int]) -> None:
        found = [int(row["urls"]["en"].rstrip("/").rpartition("-")[2]) for row in rows(visitor, **query)]
        assert found == days

    def test_a_plus_sign_that_became_a_space(self, visitor: Client) -> None:
        answer = visitor.get(f"{EVENTS}?from=2030-06-10T12:00:01+02:00").json()
        assert answer["count"] == 1

    def test_what_is_over_comes_last(self, visitor: Client) -> None:
        past = datetime(2020, 1, 1, tzinfo=UTC)
        event_page(EventFactory.create(starts_at=past, ends_at=past + timedelta(hours=1)), slug="past-0")
        assert rows(visitor)[-1]["state"] == "over"


@pytest.mark.django_db
def test_as_many_queries_for_one_row_as_for_forty(visitor: Client) -> None:
    call = CallFactory.create()
    add_call_page(add_calls(), call)
    event_page(EventFactory.create())
    rows(visitor)  # Wagtail looks up where its site begins, once
    counts = []
    for more in (1, 2, 37):
        for _number in range(more):
            event = EventFactory.create(call=call)
            event_page(event)
            RegistrationFactory.create(event=event)
        with CaptureQueriesContext(connection) as queries:
            assert len(rows(visitor)) >= more
        counts.append(len(queries))
    assert len(set(counts)) == 1
    assert counts[0] <= 10
