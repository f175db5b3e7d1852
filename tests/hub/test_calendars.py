from datetime import UTC, datetime

import pytest
from django.test import Client
from django.utils import timezone
from icalendar import Calendar

from hub import calendars
from hub.models import Call
from tests.factories.hub import CallFactory, DeadlineFactory, add_call_page, add_calls

pytestmark = pytest.mark.django_db

DUE = datetime(2027, 10, 14, 21, 59, tzinfo=UTC)


@pytest.fixture
def call() -> Call:
    call = CallFactory.create()
    DeadlineFactory.create(call=call, due_at=DUE, version=3)
    DeadlineFactory.create(call=call, due_at=DUE, has_time=False)
    add_call_page(add_calls(), call)
    return call


def _entries(visitor: Client, path: str) -> Calendar:
    answer = visitor.get(path)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert max(len(line) for line in answer.content.split(b"\r\n")) <= 75
    return Calendar.from_ical(answer.content)


def test_each_deadline_is_an_entry_with_a_lasting_name(visitor: Client, call: Call) -> None:
    file = _entries(visitor, f"/en/calls/{call.pk}/calendar.ics")
    timed, whole_day = file.walk("VEVENT")
    deadline = call.deadlines.order_by("pk")[0]
    assert timed["UID"] == f"deadline-{deadline.pk}@localhost"
    assert timed["SEQUENCE"] == 2
    assert timed.decoded("DTSTART").isoformat() == "2027-10-14T23:59:00+02:00"
    assert timed["DTSTART"].params["TZID"] == "Europe/Brussels"
    assert whole_day.decoded("DTSTART").isoformat() == "2027-10-14"
    assert [str(zone["TZID"]) for zone in file.walk("VTIMEZONE")] == ["Europe/Brussels"]
    assert "Declare your partnership (en)" in timed["SUMMARY"]
    assert "/en/calls/" in timed["URL"]


def test_one_deadline_has_its_own_file(visitor: Client, call: Call) -> None:
    deadline = call.deadlines.order_by("pk")[0]
    assert len(_entries(visitor, f"/en/calls/{call.pk}/{deadline.pk}/calendar.ics").walk("VEVENT")) == 1
    assert visitor.get(f"/en/calls/{call.pk}/{deadline.pk + 1000}/calendar.ics").status_code == 404


def test_a_withdrawn_call_stays_in_calendars_as_cancelled(visitor: Client, call: Call) -> None:
    Call.objects.update(withdrawn_at=timezone.now())
    entries = _entries(visitor, f"/en/calls/{call.pk}/calendar.ics").walk("VEVENT")
    assert {str(entry["STATUS"]) for entry in entries} == {"CANCELLED"}


def test_a_call_without_a_page_has_no_calendar(visitor: Client) -> None:
    assert visitor.get(f"/en/calls/{CallFactory.create().pk}/calendar.ics").status_code == 404


def test_the_feed_holds_every_source_and_is_fetched_again_only_when_changed(
    visitor: Client, call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert calendars.deadlines in calendars._sources
    monkeypatch.setattr(calendars, "_sources", [calendars.deadlines])
    first = visitor.get("/en/calendar.ics")
    assert first.content.count(b"BEGIN:VEVENT") == 2
    assert b"REFRESH-INTERVAL" in first.content
    assert visitor.get("/en/calendar.ics", headers={"if-none-match": first["ETag"]}).status_code == 304
    call.deadlines.all().delete()
    assert visitor.get("/en/calendar.ics", headers={"if-none-match": first["ETag"]}).status_code == 200


def test_an_empty_feed_is_a_calendar_too(visitor: Client) -> None:
    assert not _entries(visitor, "/nl/calendar.ics").walk("VEVENT")
