"""Many people and any order of things: never over capacity, no seat idle while somebody waits, each told once."""

from typing import Any

import pytest

from events.agenda.models import Event
from events.seats import waiting_list
from events.seats.models import Registration
from events.seats.own_seat import cancel
from events.seats.registration import register
from notifications.outbox.models import Message
from tests.events.seats.test_registration import in_parallel
from tests.factories.events import EventFactory, RegistrationFactory

ANSWERS: dict[str, Any] = {"language": "en", "consent_wording": "Agreed."}


def _rush(rounds: int) -> list[tuple[int, int]]:
    """20 give their seats back while 40 join, so often; seats taken and people waiting after each round."""
    ends = []
    for number in range(rounds):
        event = EventFactory.create(capacity=20)
        seats = RegistrationFactory.create_batch(20, event=event)

        def work(index: int, event: Event = event, seats: list[Registration] = seats, number: int = number) -> str:
            if index % 3 == 0:
                return str(cancel(seats[index // 3]))
            register(event, name=f"P{index}", email=f"p{number}-{index}@example.org", waits=True, **ANSWERS)
            return "joined"

        answers = in_parallel(60, 12, work)
        assert (answers.count("True"), answers.count("joined")) == (20, 40)
        standing = Event.objects.with_standing().with_waiting().get(pk=event.pk)
        ends.append((standing.seats_taken, standing.waiting))
    return ends


@pytest.mark.django_db(transaction=True)
def test_twenty_cancel_while_forty_join() -> None:
    assert _rush(5) == [(20, 20)] * 5
    got_in = Registration.objects.filter(moved_up_at__isnull=False)
    told = Message.objects.filter(kind="events/registered", dedupe_key__contains=":moved-up:")
    assert sorted(told.values_list("to_email", flat=True)) == sorted(got_in.values_list("email", flat=True))


@pytest.mark.django_db(transaction=True)
def test_without_the_lock_the_same_rush_leaves_seats_idle_or_oversells(monkeypatch: pytest.MonkeyPatch) -> None:
    """Shows that the test above tests the lock, and not luck."""
    monkeypatch.setattr(waiting_list, "hold", lambda event: None)
    for _attempt in range(5):
        if _rush(1) != [(20, 20)]:
            return
    pytest.fail("Without the lock seats and list agreed all the same.")
