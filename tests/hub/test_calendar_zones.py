"""What calendar programs learn of our clocks, read back by two libraries that did not write it."""

import io
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from dateutil.tz import tzical
from icalendar import Calendar, Event, Timezone

from hub.dates import calendars
from hub.dates.calendar_zones import definition

ZONES = [
    "Europe/Brussels",
    "Europe/Helsinki",
    "Europe/London",
    "Europe/Dublin",
    "Atlantic/Azores",
    "America/New_York",
    "Australia/Sydney",
    "Australia/Lord_Howe",
    "America/Santiago",
    "Asia/Tokyo",
    "Africa/Casablanca",
]


def test_brussels_to_the_letter() -> None:
    lines = definition("Europe/Brussels", since=2027).decode().split("\r\n")
    daylight = lines[lines.index("BEGIN:DAYLIGHT") : lines.index("END:DAYLIGHT")]
    standard = lines[lines.index("BEGIN:STANDARD") : lines.index("END:STANDARD")]
    assert sorted(daylight[1:]) == [
        "DTSTART:20260329T020000",
        "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3",
        "TZNAME:CEST",
        "TZOFFSETFROM:+0100",
        "TZOFFSETTO:+0200",
    ]
    assert sorted(standard[1:]) == [
        "DTSTART:20261025T030000",
        "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10",
        "TZNAME:CET",
        "TZOFFSETFROM:+0200",
        "TZOFFSETTO:+0100",
    ]
    assert lines.count("BEGIN:STANDARD") == lines.count("BEGIN:DAYLIGHT") == 1


@pytest.mark.parametrize("key", ZONES)
def test_other_readers_know_the_same_time(key: str) -> None:
    written = definition(key, since=2027).decode()
    assert "RDATE" not in written
    file = f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//x//EN\r\n{written}END:VCALENDAR\r\n"
    theirs: Any = tzical(io.StringIO(file.replace("\r\n", "\n"))).get(key)
    zone = ZoneInfo(key)
    moment = datetime(2027, 1, 1, tzinfo=UTC)
    while moment < datetime(2037, 1, 1, tzinfo=UTC):
        wall = moment.astimezone(zone).replace(tzinfo=None)
        hours_around = {(wall + timedelta(hours=hours)).replace(tzinfo=zone).utcoffset() for hours in (-3, 0, 3)}
        if len(hours_around) == 1:  # at the change itself a wall clock's time may mean two moments
            assert wall.replace(tzinfo=theirs).utcoffset() == wall.replace(tzinfo=zone).utcoffset(), wall
        moment += timedelta(hours=5, minutes=7)


@pytest.mark.parametrize("key", ["Europe/Brussels", "Europe/Helsinki"])
def test_a_file_defines_the_zone_of_its_entries(key: str, settings: Any) -> None:
    settings.TIME_ZONE = key
    entry = Event()
    entry.add("uid", "one")
    entry.add("dtstart", datetime(2027, 7, 14, 9, 30, tzinfo=ZoneInfo(key)))
    entry.add("dtend", datetime(2027, 12, 14, 9, 30, tzinfo=ZoneInfo(key)))
    file = calendars.calendar([entry], name="x")
    read = Calendar.from_ical(file)
    (zone,) = read.walk("VTIMEZONE")
    assert isinstance(zone, Timezone)
    assert zone["TZID"] == key
    assert file.index(b"BEGIN:VTIMEZONE") < file.index(b"BEGIN:VEVENT")
    assert file.count(b"RRULE:") == 2
    assert max(len(line) for line in file.split(b"\r\n")) <= 75
    ours = zone.to_tz(lookup_tzid=False)
    for moment in (datetime(2027, 7, 14, 9, 30), datetime(2027, 12, 14, 9, 30)):
        assert moment.replace(tzinfo=ours).utcoffset() == moment.replace(tzinfo=ZoneInfo(key)).utcoffset()


def test_a_file_without_hours_needs_no_zone() -> None:
    entry = Event()
    entry.add("uid", "one")
    entry.add("dtstart", datetime(2027, 7, 14, tzinfo=UTC).date())
    assert b"VTIMEZONE" not in calendars.calendar([entry], name="x")
