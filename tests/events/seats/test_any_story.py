"""Any order of things at an event in a room and online: seats, lines, offers and mails agree all the time."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import transaction
from django.db.models import Q
from django.db.models.functions import Now
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from events.agenda.models import Event
from events.agenda.ways import Way
from events.moving import moving
from events.seats import waiting_list
from events.seats.models import Registration, Wish
from events.seats.own_seat import NoOfferError, accept, cancel, change, hand_over
from events.seats.registration import EventClosedError, EventFullError, register
from notifications.outbox.models import Message
from tests.factories.events import EventFactory, event_with_page

ANSWERS: dict[str, Any] = {"language": "en", "consent_wording": "Agreed."}
PERSON = st.integers(0, 7)
SEATS = st.sampled_from([0, 1, 2, 3, None])
STEP = st.one_of(
    st.tuples(st.just("join"), PERSON, st.sampled_from(Wish), st.booleans()),
    st.tuples(st.just("party"), PERSON, st.sampled_from(Wish), st.booleans(), st.integers(1, 3)),
    st.tuples(st.just("cancel"), PERSON),
    st.tuples(st.just("cancel"), PERSON),
    st.tuples(st.just("leave"), PERSON),
    st.tuples(st.just("turn"), PERSON, st.sampled_from(Wish)),
    st.tuples(st.just("hand over"), PERSON, PERSON),
    st.tuples(st.just("seats"), SEATS, SEATS),
    st.tuples(st.just("offers"), st.sampled_from([None, 24])),
    st.tuples(st.just("accept"), PERSON),
    st.tuples(st.just("expire"), PERSON),
    st.tuples(st.just("lapse"), PERSON),
    st.tuples(st.just("move"), st.integers(-3, 3)),
    st.tuples(st.just("call off"), st.booleans()),
    st.tuples(st.just("close"), st.sampled_from([False, False, True])),
)


def mailbox(number: int) -> dict[str, str]:
    return {"name": f"Person {number}", "email": f"person{number}@example.org"}


@pytest.mark.django_db
class TestAnyStory:
    # Looking for a shorter story takes longer than all stories do: whoever sees one fail adds Phase.shrink.
    @settings(
        max_examples=25,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.explicit, Phase.reuse, Phase.generate],
    )
    @given(
        seats=st.tuples(st.integers(1, 3), st.integers(0, 2)),
        hours=st.sampled_from([None, None, 24]),
        steps=st.lists(STEP, min_size=10, max_size=14),
    )
    def test_seats_lines_and_mails_agree(
        self, seats: tuple[int, int], hours: int | None, steps: list[tuple[Any, ...]]
    ) -> None:
        with transaction.atomic():
            story = Story(*seats, hours)
            for act, *arguments in steps:
                story.do(act, *arguments)
                story.check()
            transaction.set_rollback(True)


class Story:
    """An event for which people wait, what happens to it, and what should be true of it all the time."""

    def __init__(self, room: int, online: int, hours: int | None) -> None:
        event = EventFactory.create(capacity=room, online_capacity=online, attendance="hybrid", offer_hours=hours)
        self.event = event_with_page(event)
        self.sequence = 0
        self.promoted: set[tuple[UUID, datetime | None]] = set()
        self.asked: set[tuple[UUID, datetime | None]] = set()
        begun: list[tuple[Any, ...]] = [("join", number, Wish.ROOM, True) for number in range(room)]
        begun += [("join", 3, Wish.EITHER, True), ("party", 4, Wish.ROOM, True, 1)]
        begun += [("join", 6, Wish.ROOM, True), ("join", 7, Wish.EITHER, True)]
        for act, *arguments in begun:
            self.do(act, *arguments)
            self.check()

    def do(self, act: str, *arguments: Any) -> None:
        self.event = Event.objects.get(pk=self.event.pk)
        self.lines = {way: self._line(way) for way in Way}
        self.most = {way: max(self._taken(way), self._seats(way)) for way in Way}
        self.seated = {way: self._seated(way) for way in Way}
        try:
            with transaction.atomic():
                getattr(self, act.replace(" ", "_"))(*arguments)
        except (EventFullError, EventClosedError, NoOfferError):
            return

    def join(self, number: int, wish: Wish, waits: bool) -> None:
        register(self.event, **mailbox(number), wish=wish, waits=waits, **ANSWERS)

    def party(self, number: int, wish: Wish, together: bool, others: int) -> None:
        names = [mailbox((number + each) % 8) for each in range(1, others + 1)]
        companions = [(each["name"], each["email"]) for each in names]
        more: dict[str, Any] = {"wish": wish, "waits": True, "companions": companions, "together": together}
        register(self.event, **mailbox(number), **more, **ANSWERS)

    def cancel(self, number: int) -> None:
        if held := self._one(number, seat=""):
            cancel(held)

    def leave(self, number: int) -> None:
        if waits := self._one(number, ~Q(status="waiting")):
            cancel(waits)

    def turn(self, number: int, wish: Wish) -> None:
        if concerned := self._one(number):
            change(concerned, wish=wish)

    def hand_over(self, number: int, other: int) -> None:
        if held := self._one(number, seat=""):
            hand_over(held, **mailbox(other))

    def seats(self, room: int | None, online: int | None) -> None:
        self.event.capacity, self.event.online_capacity = room, online
        self.event.save()

    def offers(self, hours: int | None) -> None:
        self.event.offer_hours = hours
        self.event.save()

    def accept(self, number: int) -> None:
        if asked := self._one(number, offered=""):
            accept(asked)

    def expire(self, number: int) -> None:
        if asked := self._one(number, offered=""):
            Registration.objects.filter(pk=asked.pk).update(offered_until=Now() - timedelta(seconds=1))
            waiting_list.move_up_everywhere()

    def lapse(self, number: int) -> None:
        if held := self._one(number):
            Registration.objects.filter(pk=held.pk).update(reserved_until=Now() - timedelta(seconds=1))
            waiting_list.move_up_everywhere()

    def move(self, days: int) -> None:
        to = moving.arranged(self.event)
        to |= {name: to[name] + timedelta(days=days) for name in ("starts_at", "ends_at")}
        if days and not self.event.cancelled_at:
            moving.move(self.event, to=to, reason={"en": "A strike."}, by=None)

    def call_off(self, off: bool) -> None:
        if off and not self.event.cancelled_at:
            moving.call_off(self.event, reason={"en": "A storm."}, by=None)
        elif not off and self.event.cancelled_at:
            moving.resume(self.event, reason={"en": "It is over."}, by=None)

    def close(self, closed: bool) -> None:
        self.event.registration_closes_at = self.event.starts_at - timedelta(days=60 if closed else 0)
        self.event.save()

    def check(self) -> None:
        """Never more seats than there are or were, none idle, the order kept, one mail for each change."""
        self.event = Event.objects.get(pk=self.event.pk)
        for way in Way:
            assert self._taken(way) <= max(self.most[way], self._seats(way)), f"more than all {way}"
            free = self._seats(way) - self._taken(way)
            sizes = self._sizes(way)
            if not self.event.cancelled_at:
                assert not [unit for unit, size in sizes.items() if size <= free], f"a seat {way} is idle"
            got_in = [key for key in self.lines[way] if key in self._seated(way) and key not in self.seated[way]]
            if got_in and not self._was_handed_over(got_in):
                last = max(self.lines[way].index(key) for key in got_in)
                passed = [key for key in self.lines[way][:last] if key in self._line(way)]
                alone = [key for key in passed if sizes[self._unit(key)] == 1]
                assert not alone, "somebody who would have fitted was passed"
        self._check_mails()
        assert self.event.sequence >= self.sequence
        self.sequence = self.event.sequence

    def _check_mails(self) -> None:
        everybody = Registration.objects.filter(event=self.event)
        self.promoted |= set(everybody.exclude(moved_up_at=None).values_list("uuid", "moved_up_at"))
        self.asked |= set(everybody.filter(offered_until__gt=Now()).values_list("uuid", "offered_until"))
        for told, happened in ((":moved-up:", self.promoted), (":offered:", self.asked)):
            mails = Message.objects.filter(dedupe_key__contains=told, about=f"event:{self.event.pk}")
            # A move of the event writes anew what had not left yet.
            keys = {(key.split(":")[1], key.split(told)[1]) for key in mails.values_list("dedupe_key", flat=True)}
            assert keys == {(str(name), str(moment)) for name, moment in happened}

    def _was_handed_over(self, keys: list[int]) -> bool:
        heirs = Registration.objects.filter(pk__in=keys, moved_up_at=None)
        return heirs.exists()

    def _one(self, number: int, *without: Q, **fields: str) -> Registration | None:
        """One of those concerned who are not so."""
        found = Registration.objects.concerned().filter(event=self.event)
        if without or fields:
            found = found.exclude(*without, **fields)
        them = list(found.select_related("event").order_by("pk"))
        return them[number % len(them)] if them else None

    def _line(self, way: Way) -> list[int]:
        waits = Registration.objects.filter(event=self.event).in_line(way)
        # An offer of a seat online keeps nobody from the room.
        waits = waits.exclude(offered=Way.ROOM) if way == Way.ROOM else waits.filter(offered="")
        return list(waits.order_by("waiting_since", "pk").values_list("pk", flat=True))

    def _unit(self, key: int) -> UUID:
        seat = Registration.objects.get(pk=key)
        return seat.party if seat.is_together and seat.party else seat.uuid

    def _sizes(self, way: Way) -> dict[UUID, int]:
        units = [self._unit(key) for key in self._line(way)]
        return {unit: units.count(unit) for unit in units}

    def _seated(self, way: Way) -> set[int]:
        held = Registration.objects.concerned().filter(event=self.event)
        return set(held.filter(Q(seat=way) | Q(offered=way)).values_list("pk", flat=True))

    def _taken(self, way: Way) -> int:
        held = Registration.objects.concerned().filter(event=self.event)
        return held.filter(Q(seat=way) | Q(offered=way, offered_until__gt=Now())).count()

    def _seats(self, way: Way) -> int:
        seats = self.event.seats(way)
        return 1_000 if seats is None else seats
