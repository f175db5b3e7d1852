"""Two doors at the same moment: one after the other, and nobody hears the wrong thing."""

from collections import Counter
from typing import Any
from uuid import uuid4

import pytest

from events.agenda.models import Event
from events.door import check_in, doors
from events.door.doors import Door
from events.door.models import Scan, WalkIn
from events.seats.models import Registration
from tests.events.seats.test_registration import in_parallel
from tests.factories.events import RegistrationFactory, event_today

pytestmark = pytest.mark.django_db(transaction=True)
DOORS = 8


def _rush(event: Event, seat: Registration) -> Counter[str]:
    """All doors read the same code at the same moment."""

    def work(index: int) -> str:
        door = Door(event, doors.today(), f"Door {index}")
        noted = check_in.note(door, scan=uuid4(), person=seat.uuid, kind="in")
        return "again" if noted.earlier else "in"

    return Counter(in_parallel(DOORS, DOORS, work))


def test_one_door_lets_in_and_the_others_hear_of_it() -> None:
    event = event_today()
    for _round in range(5):
        seat = RegistrationFactory.create(event=event)
        answers = _rush(event, seat)
        assert answers == {"in": 1, "again": DOORS - 1}
        scans = list(seat.scans.all())
        assert len(scans) == DOORS
        seat.refresh_from_db()
        assert seat.came_at == scans[0].happened_at


def test_the_same_scan_from_many_connections_is_one() -> None:
    event = event_today()
    seat, scan = RegistrationFactory.create(event=event), uuid4()
    person, other = uuid4(), uuid4()

    def work(index: int) -> str:
        door = Door(event, doors.today(), "Door")
        if index % 2:
            return str(check_in.note(door, scan=scan, person=seat.uuid, kind="in").earlier)
        walk_in: dict[str, Any] = {"scan": other, "person": person, "name": "Jo", "language": "en"}
        return str(check_in.note_walk_in(door, **walk_in).earlier)

    assert set(in_parallel(24, 12, work)) == {"None"}
    assert Scan.objects.count() == 2
    assert WalkIn.objects.count() == 1


def test_without_the_lock_two_doors_let_the_same_person_in(monkeypatch: pytest.MonkeyPatch) -> None:
    """Shows that the first test tests the lock, and not luck."""
    monkeypatch.setattr(check_in, "_hold", lambda door, person: Registration.objects.get(uuid=person))
    for _attempt in range(10):
        event = event_today()
        if _rush(event, RegistrationFactory.create(event=event))["in"] > 1:
            return
    pytest.fail("Without the lock the doors agreed all the same.")
