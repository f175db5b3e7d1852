from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone
from icalendar import Calendar

from calls.chain.models import Call
from calls.moving import deadlines
from calls.pages import call_calendars
from calls.pages.models import CallPage
from hub.dates import calendars
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


def _sequences(file: bytes) -> dict[str, int]:
    entries = Calendar.from_ical(file).walk("VEVENT")
    return {str(entry["UID"]): int(str(entry["SEQUENCE"])) for entry in entries}


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
    assert "Declare your partnership (en)" in str(timed["SUMMARY"])
    assert "/en/calls/" in str(timed["URL"])


def test_one_deadline_has_its_own_file(visitor: Client, call: Call) -> None:
    deadline = call.deadlines.order_by("pk")[0]
    assert len(_entries(visitor, f"/en/calls/{call.pk}/{deadline.pk}/calendar.ics").walk("VEVENT")) == 1
    assert visitor.get(f"/en/calls/{call.pk}/{deadline.pk + 1000}/calendar.ics").status_code == 404


def test_a_withdrawn_call_stays_in_calendars_as_cancelled(visitor: Client, call: Call) -> None:
    Call.objects.update(withdrawn_at=timezone.now())
    entries = _entries(visitor, f"/en/calls/{call.pk}/calendar.ics").walk("VEVENT")
    assert {str(entry["STATUS"]) for entry in entries} == {"CANCELLED"}
    assert sorted(int(str(entry["SEQUENCE"])) for entry in entries) == [1, 3]
    deadline = call.deadlines.order_by("pk")[0]
    alone = _entries(visitor, f"/en/calls/{call.pk}/{deadline.pk}/calendar.ics")
    assert alone["METHOD"] == "CANCEL"
    assert len(_entries(visitor, "/en/calendar.ics").walk("VEVENT")) == 2


def test_a_call_without_a_page_has_no_calendar(visitor: Client) -> None:
    assert visitor.get(f"/en/calls/{CallFactory.create().pk}/calendar.ics").status_code == 404


def test_the_feed_holds_every_source_and_is_fetched_again_only_when_changed(
    visitor: Client, call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert call_calendars.deadlines in calendars._sources
    monkeypatch.setattr(calendars, "_sources", [call_calendars.deadlines])
    first = visitor.get("/en/calendar.ics")
    assert first.content.count(b"BEGIN:VEVENT") == 2
    assert b"REFRESH-INTERVAL" in first.content
    assert visitor.get("/en/calendar.ics", headers={"if-none-match": first["ETag"]}).status_code == 304
    call.deadlines.all().delete()
    assert visitor.get("/en/calendar.ics", headers={"if-none-match": first["ETag"]}).status_code == 200


def test_an_empty_feed_is_a_calendar_too(visitor: Client) -> None:
    assert not _entries(visitor, "/nl/calendar.ics").walk("VEVENT")


def test_programs_learn_how_often_to_look(visitor: Client, call: Call) -> None:
    file = visitor.get("/en/calendar.ics").content
    assert b"REFRESH-INTERVAL;VALUE=DURATION:PT12H\r\n" in file
    assert b"X-PUBLISHED-TTL:PT12H\r\n" in file


def test_time_alone_changes_nothing(visitor: Client, call: Call) -> None:
    first = visitor.get("/en/calendar.ics")
    with time_machine.travel(timezone.now() + timedelta(days=3)):
        assert visitor.get("/en/calendar.ics")["ETag"] == first["ETag"]
        later = {"if-modified-since": first["Last-Modified"]}
        assert visitor.get("/en/calendar.ics", headers=later).status_code == 304


def test_a_move_is_a_new_file_with_the_same_entry(visitor: Client, call: Call) -> None:
    path = f"/en/calls/{call.pk}/calendar.ics"
    Call.objects.update(changed_at=datetime(2026, 1, 1, tzinfo=UTC))
    CallPage.objects.update(last_published_at=datetime(2026, 1, 1, tzinfo=UTC))
    first = visitor.get(path)
    assert first["Last-Modified"] == "Thu, 01 Jan 2026 00:00:00 GMT"
    before = _sequences(first.content)
    moved = call.deadlines.order_by("pk")[0]
    deadlines.move(moved, due_at=DUE + timedelta(days=7), reason={"en": "Later."}, by=None)
    assert visitor.get(path, headers={"if-none-match": first["ETag"]}).status_code == 200
    second = visitor.get(path, headers={"if-modified-since": first["Last-Modified"]})
    assert second.status_code == 200
    after = _sequences(second.content)
    uid = f"deadline-{moved.pk}@localhost"
    assert after == before | {uid: before[uid] + 1}


def test_a_call_that_is_unpublished_is_noticed_by_date_as_well(visitor: Client, call: Call) -> None:
    Call.objects.update(changed_at=datetime(2026, 1, 1, tzinfo=UTC))
    CallPage.objects.update(last_published_at=datetime(2026, 1, 1, tzinfo=UTC))
    first = visitor.get("/en/calendar.ics")
    CallPage.objects.get().unpublish()
    again = visitor.get("/en/calendar.ics", headers={"if-modified-since": first["Last-Modified"]})
    assert (again.status_code, again.content.count(b"BEGIN:VEVENT")) == (200, 0)


def test_each_language_has_its_feed(visitor: Client, call: Call) -> None:
    assert "(nl)" in str(_entries(visitor, "/nl/calendar.ics").walk("VEVENT")[0]["SUMMARY"])


def test_hostile_words_stay_words(visitor: Client, call: Call) -> None:
    call.deadlines.update(label="x\r\nEND:VEVENT\r\nBEGIN:VEVENT; é" * 6)
    assert len(_entries(visitor, f"/en/calls/{call.pk}/calendar.ics").walk("VEVENT")) == 2


def test_the_page_offers_the_file_and_the_subscription(visitor: Client, call: Call) -> None:
    text = visitor.get(CallPage.objects.get().url).content.decode()
    assert f'href="webcal://localhost:8000/en/calls/{call.pk}/calendar.ics"' in text
    assert f'href="/en/calls/{call.pk}/calendar.ics"' in text
