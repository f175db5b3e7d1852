"""Noting who came: once however often it is sent, in the order in which it happened, and never altered."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from events.agenda.models import Event
from events.door import check_in, doors
from events.door.check_in import Clock, NotOpenError, UnknownPersonError, note, note_walk_in
from events.door.doors import Door
from events.door.models import Scan, WalkIn
from events.door.people import figures
from events.seats.models import Registration
from tests.factories.accounts import UserFactory
from tests.factories.events import EventFactory, RegistrationFactory, door_pass, event_today

pytestmark = pytest.mark.django_db


@pytest.fixture
def event() -> Event:
    return event_today()


def door_of(event: Event, device: str = "A", **fields: Any) -> Door:
    return Door(event, fields.pop("day", doors.today()), device, **fields)


def came(door: Door, seat: Registration, *, minutes_ago: int = 0, kind: str = "in", scan: UUID | None = None) -> Any:
    now = timezone.now()
    clock = Clock(now - timedelta(minutes=minutes_ago), now)
    return note(door, scan=scan or uuid4(), person=seat.uuid, kind=kind, clock=clock)


def test_who_comes_is_noted_with_the_moment_and_taken_back(event: Event) -> None:
    seat, door = RegistrationFactory.create(event=event), door_of(event)
    noted = came(door, seat)
    seat.refresh_from_db()
    assert noted.standing.entry is not None
    assert seat.came_at == noted.standing.entry.happened_at
    assert noted.earlier is None
    came(door, seat, kind="undo")
    seat.refresh_from_db()
    assert seat.came_at is None
    assert [scan.kind for scan in seat.scans.all()] == ["in", "undo"]


def test_the_same_scan_twice_is_one(event: Event) -> None:
    seat, door, scan = RegistrationFactory.create(event=event), door_of(event), uuid4()
    first, second = came(door, seat, scan=scan), came(door, seat, scan=scan)
    assert (first.earlier, second.earlier) == (None, None)
    assert Scan.objects.count() == 1


def test_a_second_door_hears_of_the_first_and_both_are_shown(event: Event) -> None:
    seat = RegistrationFactory.create(event=event)
    first = came(door_of(event, "A"), seat, minutes_ago=5)
    second = came(door_of(event, "B"), seat)
    assert second.earlier is not None
    assert second.earlier.device == "A"
    assert second.standing.is_clash
    seat.refresh_from_db()
    assert seat.came_at == first.standing.entry.happened_at


def test_what_arrives_late_counts_when_it_happened(event: Event) -> None:
    """Door A, without a network, let somebody in before door B did; its scan arrives after B's and after the undo."""
    seat = RegistrationFactory.create(event=event)
    came(door_of(event, "B"), seat, minutes_ago=3)
    came(door_of(event, "B"), seat, kind="undo")
    late = came(door_of(event, "A"), seat, minutes_ago=9)
    assert [scan.device for scan in late.standing.scans] == ["A", "B", "B"]
    assert late.standing.entry is None
    assert late.standing.is_clash
    seat.refresh_from_db()
    assert seat.came_at is None


def test_a_clock_that_is_wrong_is_set_right_and_kept(event: Event) -> None:
    seat, now = RegistrationFactory.create(event=event), timezone.now()
    fast = now + timedelta(hours=5)
    noted = note(door_of(event), scan=uuid4(), person=seat.uuid, kind="in", clock=Clock(fast, fast))
    (scan,) = noted.standing.scans
    assert scan.scanned_at == fast
    assert abs(scan.happened_at - now) < timedelta(seconds=10)


def test_each_day_of_an_event_is_noted_by_itself() -> None:
    now = timezone.now()
    event = EventFactory.create(starts_at=now - timedelta(days=1), ends_at=now + timedelta(days=1))
    seat = RegistrationFactory.create(event=event)
    yesterday = came(door_of(event, day=doors.today() - timedelta(days=1)), seat)
    today = came(door_of(event), seat)
    assert today.earlier is None
    seat.refresh_from_db()
    assert seat.came_at == yesterday.standing.entry.happened_at
    assert timezone.localdate(seat.came_at) == doors.today() - timedelta(days=1)


def test_nobody_comes_before_the_day() -> None:
    seat = RegistrationFactory.create()
    with pytest.raises(NotOpenError):
        came(door_of(seat.event, day=doors.today() + timedelta(days=30)), seat)
    assert not Scan.objects.exists()


def test_nobody_of_another_event_is_noted_and_no_scan_is_moved(event: Event) -> None:
    mine, other = RegistrationFactory.create(event=event), RegistrationFactory.create()
    with pytest.raises(UnknownPersonError):
        came(door_of(event), other)
    scan = uuid4()
    came(door_of(event), mine, scan=scan)
    with pytest.raises(UnknownPersonError):
        came(door_of(event), RegistrationFactory.create(event=event), scan=scan)
    assert Scan.objects.get().registration == mine


def test_who_comes_without_a_seat_counts_over_capacity() -> None:
    event = event_today(capacity=1)
    came(door_of(event), RegistrationFactory.create(event=event))
    key, scan = uuid4(), uuid4()
    for _twice in range(2):
        note_walk_in(door_of(event), scan=scan, person=key, name="Jo", language="en")
    found = figures(event, doors.today())
    assert (found.expected, found.here, found.walk_ins, found.over) == (1, 2, 1, 1)
    assert WalkIn.objects.get().came_at
    note(door_of(event), scan=uuid4(), person=key, kind="undo")
    assert WalkIn.objects.get().came_at is None
    assert figures(event, doors.today()).over == 0


class TestScansStay:
    @pytest.fixture
    def scan(self, event: Event) -> Scan:
        by = UserFactory.create()
        came(door_of(event, by=by, door_pass=door_pass(event)), RegistrationFactory.create(event=event))
        return Scan.objects.get()

    @pytest.mark.parametrize("change", ["kind = 'undo'", "happened_at = now()", "by_id = NULL, device = 'B'"])
    def test_nobody_alters_one(self, scan: Scan, change: str) -> None:
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"UPDATE events_scan SET {change}")

    def test_nobody_deletes_one_before_the_event_is_over(self, scan: Scan) -> None:
        scan.delete()
        with pytest.raises(IntegrityError):
            connection.check_constraints()

    def test_it_goes_with_its_person(self, scan: Scan) -> None:
        assert scan.registration
        scan.registration.delete()
        connection.check_constraints()
        assert not Scan.objects.exists()

    def test_who_noted_it_may_be_forgotten(self, scan: Scan) -> None:
        assert scan.by
        assert scan.door_pass
        scan.by.delete()
        scan.door_pass.delete()
        assert Scan.objects.filter(by=None, door_pass=None).get() == scan


@pytest.mark.parametrize(("days_ago", "is_kept"), [(31, False), (29, True)])
def test_names_and_scans_go_thirty_days_after_the_event_and_numbers_stay(days_ago: int, is_kept: bool) -> None:
    event = event_today()
    seat = RegistrationFactory.create(event=event)
    came(door_of(event, door_pass=door_pass(event)), seat)
    said: dict[str, Any] = {
        "name": "Jo Peeters",
        "organisation_name": "Firm",
        "email": "jo@example.org",
        "language": "en",
    }
    note_walk_in(door_of(event), scan=uuid4(), person=uuid4(), **said)
    ended = timezone.now() - timedelta(days=days_ago)
    Event.objects.filter(pk=event.pk).update(starts_at=ended - timedelta(hours=2), ends_at=ended)
    for _twice in range(2):
        check_in.forget_scans()
        check_in.forget_walk_ins()
    connection.check_constraints()
    walk_in = WalkIn.objects.get()
    assert bool(walk_in.name and walk_in.organisation_name and walk_in.email) is is_kept
    assert bool(walk_in.person) is is_kept
    assert walk_in.came_at
    assert Scan.objects.exists() is is_kept
    assert event.door_passes.exists() is is_kept
    seat.refresh_from_db()
    assert seat.came_at


def test_long_after_the_event_nobody_changes_who_came() -> None:
    event = event_today()
    seat = RegistrationFactory.create(event=event)
    came(door_of(event), seat)
    ended = timezone.now() - timedelta(days=31)
    Event.objects.filter(pk=event.pk).update(starts_at=ended - timedelta(hours=2), ends_at=ended)
    event.refresh_from_db()
    with pytest.raises(NotOpenError):
        came(door_of(event, day=doors.today() - timedelta(days=31)), seat, kind="undo")
    seat.refresh_from_db()
    assert seat.came_at is not None
