"""Many people and any order of things: never over capacity, no seat idle while somebody waits, each told once."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.db.models import F
from django.db.models.functions import Now
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from events.agenda.models import Event
from events.seats import waiting_list
from events.seats.models import Registration
from events.seats.registration import EventClosedError, EventFullError, cancel, register
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


PERSON = st.integers(0, 7)
STEP = st.one_of(
    st.tuples(st.just("cancel"), PERSON),
    st.tuples(st.just("join"), PERSON),
    st.tuples(st.just("ask"), PERSON),
    st.tuples(st.just("capacity"), st.sampled_from([0, 1, 2, 3, 4, None])),
    st.tuples(st.just("lapse"), PERSON),
    st.tuples(st.just("call off"), st.sampled_from([False, False, True])),
    st.tuples(st.just("close"), st.sampled_from([False, False, True])),
)


@pytest.mark.django_db
class TestAnyStory:
    @settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
    @given(capacity=st.integers(1, 3), steps=st.lists(STEP, min_size=6, max_size=12))
    def test_seats_and_list_agree(self, capacity: int, steps: list[tuple[str, Any]]) -> None:
        with transaction.atomic():
            story = Story(capacity)
            for act, argument in steps:
                story.do(act, argument)
                story.check()
            transaction.set_rollback(True)


class Story:
    """A full event for which four people wait, what happens to it, and what should be true of it all the time."""

    def __init__(self, capacity: int) -> None:
        self.event = EventFactory.create(capacity=capacity)
        self.before: list[int] = []
        for number in range(capacity + 4):
            self.do("join", number)

    def do(self, act: str, argument: Any) -> None:
        self.before = self._line()
        self.most = max(self._taken(), self._capacity())
        person = {"name": f"Person {argument}", "email": f"person{argument}@example.org"}
        if act in {"join", "ask"}:
            try:
                register(self.event, **person, waits=act == "join", **ANSWERS)
            except (EventFullError, EventClosedError):
                return
        if act == "cancel" and (seat := Registration.objects.filter(email=person["email"]).first()):
            cancel(seat)
        if act == "capacity":
            self.event.capacity = argument
            self.event.save()
        if act == "lapse":
            Registration.objects.filter(email=person["email"]).exclude(status="cancelled").update(
                reserved_until=Now() - timedelta(seconds=1)
            )
            waiting_list.move_up_everywhere()
        if act == "call off":
            self.event.cancelled_at = self.event.starts_at if argument else None
            self.event.save()
        if act == "close":
            self.event.registration_closes_at = F("starts_at") - timedelta(days=60 if argument else 0)
            self.event.save()
            self.event.refresh_from_db()

    def check(self) -> None:
        """Never more seats than there are or were, none idle, the order kept, one mail for each who moved up."""
        taken, line = self._taken(), self._line()
        assert taken <= max(self.most, self._capacity())
        if not self.event.cancelled_at:
            assert not (line and taken < self._capacity()), "a seat is idle while somebody waits"
        stayed = [key for key in self.before if key in line]
        assert line[: len(stayed)] == stayed, "somebody was passed"
        moved = [key for key in self.before if key not in line]
        got_in = set(Registration.objects.confirmed().filter(pk__in=moved).values_list("pk", flat=True))
        places = [place for place, key in enumerate(self.before) if key in got_in]
        ahead = [key for key in self.before[: max(places, default=0)] if key in line]
        assert not ahead, "somebody moved up past others"
        told = Message.objects.filter(dedupe_key__contains=":moved-up:").values_list("dedupe_key", flat=True)
        names = [key.split(":")[1] for key in told]
        assert len(names) == len(set(names))
        standing = Registration.objects.exclude(status="cancelled").filter(moved_up_at__isnull=False)
        assert {str(each) for each in standing.values_list("uuid", flat=True)} <= set(names)

    def _line(self) -> list[int]:
        waits = Registration.objects.waiting().filter(event=self.event)
        return list(waits.order_by("waiting_since", "pk").values_list("pk", flat=True))

    def _taken(self) -> int:
        return Registration.objects.confirmed().filter(event=self.event).count()

    def _capacity(self) -> int:
        capacity = Event.objects.values_list("capacity", flat=True).get(pk=self.event.pk)
        return 1_000 if capacity is None else capacity
