"""In the room, online, or online until there is a seat in the room: each way has its seats and its line."""

from typing import Any

import pytest
from django.utils import timezone

from events.agenda.models import Event
from events.moving import moving
from events.seats import places
from events.seats.models import Registration
from events.seats.own_seat import cancel, change
from events.seats.registration import EventFullError, register
from notifications.delivery.rendering import render
from notifications.outbox.models import Message
from tests.factories.events import EventFactory, event_with_page

pytestmark = pytest.mark.django_db
ANSWERS: dict[str, Any] = {"language": "en", "consent_wording": "Agreed."}
ADDRESS = "https://meet.example.org/room"


def hybrid(room: int | None = 1, online: int | None = 1, **fields: Any) -> Event:
    return EventFactory.create(capacity=room, online_capacity=online, online_url=ADDRESS, **fields)


def sign_up(event: Event, name: str, wish: str, *, waits: bool = True, **more: Any) -> Registration:
    return register(event, name=name, email=f"{name.lower()}@example.org", wish=wish, waits=waits, **ANSWERS, **more)


def standing(event: Event) -> dict[str, tuple[str, str]]:
    """Who has which seat, and who waits for what."""
    rows = Registration.objects.filter(event=event).exclude(status="cancelled").order_by("pk")
    return {row.name: (row.seat, "+".join(row.waits_for)) for row in rows}


def mails(name: str) -> list[tuple[str, str]]:
    found = Message.objects.filter(to_email=f"{name.lower()}@example.org").order_by("pk")
    return [(mail.kind, render(mail, now=timezone.now()).text) for mail in found]


def test_each_way_has_its_seats() -> None:
    event = hybrid()
    sign_up(event, "Ada", "room")
    sign_up(event, "Ben", "online")
    assert standing(event) == {"Ada": ("room", ""), "Ben": ("online", "")}
    for name, wish in (("Cem", "room"), ("Dia", "online")):
        with pytest.raises(EventFullError):
            sign_up(event, name, wish, waits=False)
    sign_up(event, "Cem", "room")
    sign_up(event, "Dia", "online")
    cancel(Registration.objects.get(name="Ben"))
    assert standing(event) == {"Ada": ("room", ""), "Cem": ("", "room"), "Dia": ("online", "")}


def test_a_seat_online_keeps_the_place_in_line_for_the_room() -> None:
    event = hybrid(online=None)
    sign_up(event, "Ada", "room")
    ben = sign_up(event, "Ben", "either", waits=False)
    sign_up(event, "Cem", "room")
    assert standing(event) == {"Ada": ("room", ""), "Ben": ("online", "room"), "Cem": ("", "room")}
    assert places.place(ben) == 1
    assert "You are number 1 in line for the room." in mails("Ben")[0][1]
    cancel(Registration.objects.get(name="Ada"))
    assert standing(event) == {"Ben": ("room", ""), "Cem": ("", "room")}
    assert [kind for kind, _text in mails("Ben")] == ["events/registered"] * 2


def test_who_goes_to_the_room_makes_place_online_in_the_same_moment() -> None:
    event = hybrid()
    sign_up(event, "Ada", "room")
    sign_up(event, "Ben", "either")
    sign_up(event, "Cem", "online")
    cancel(Registration.objects.get(name="Ada"))
    assert standing(event) == {"Ben": ("room", ""), "Cem": ("online", "")}


def test_who_takes_either_gets_what_comes_first() -> None:
    event = hybrid()
    sign_up(event, "Ada", "room")
    sign_up(event, "Ben", "online")
    cem = sign_up(event, "Cem", "either")
    assert standing(event)["Cem"] == ("", "room+online")
    cancel(Registration.objects.get(name="Ben"))
    assert standing(event)["Cem"] == ("online", "room")
    cem.refresh_from_db()
    since = cem.waiting_since
    cancel(Registration.objects.get(name="Ada"))
    cem.refresh_from_db()
    assert (cem.seat, cem.waiting_since) == ("room", since)


class TestAnotherWay:
    def test_whoever_waits_keeps_the_place_in_line(self) -> None:
        event = hybrid()
        sign_up(event, "Ada", "room")
        sign_up(event, "Ben", "online")
        cem = sign_up(event, "Cem", "room")
        sign_up(event, "Dia", "online")
        change(cem, wish="online")
        cancel(Registration.objects.get(name="Ben"))
        assert standing(event) == {"Ada": ("room", ""), "Cem": ("online", ""), "Dia": ("", "online")}

    def test_from_the_room_to_the_screen_frees_a_seat_there(self) -> None:
        event = hybrid()
        ada = sign_up(event, "Ada", "room")
        sign_up(event, "Ben", "room")
        change(ada, wish="online")
        assert standing(event) == {"Ada": ("online", ""), "Ben": ("room", "")}

    def test_there_is_no_seat_online(self) -> None:
        event = hybrid()
        ada = sign_up(event, "Ada", "room")
        sign_up(event, "Ben", "online")
        with pytest.raises(EventFullError):
            change(ada, wish="online")
        assert standing(event)["Ada"] == ("room", "")

    def test_from_the_screen_to_a_full_room_one_waits_with_the_seat(self) -> None:
        event = hybrid()
        sign_up(event, "Ada", "room")
        ben = sign_up(event, "Ben", "online")
        change(ben, wish="room")
        assert standing(event)["Ben"] == ("online", "room")
        change(ben, wish="online")
        assert standing(event)["Ben"] == ("online", "")

    def test_who_waits_anew_goes_to_the_end_however_long_ago_they_waited(self) -> None:
        event = hybrid()
        sign_up(event, "Ada", "room")
        sign_up(event, "Ben", "online")
        cem = sign_up(event, "Cem", "online")
        cancel(Registration.objects.get(name="Ben"))
        dia = sign_up(event, "Dia", "room")
        change(cem, wish="room")
        cem.refresh_from_db()
        assert (cem.seat, places.place(dia), places.place(cem)) == ("online", 1, 2)


class TestTheAddress:
    def test_only_a_seat_online_tells_it(self) -> None:
        event = event_with_page(hybrid(room=1, online=1))
        for name, wish in (("Ada", "room"), ("Ben", "online"), ("Cem", "online")):
            sign_up(event, name, wish)
        for name, shown in (("Ada", False), ("Ben", True), ("Cem", False)):
            mail = Message.objects.get(to_email=f"{name.lower()}@example.org")
            assert (ADDRESS in mails(name)[0][1], ADDRESS in str(mail.attachments)) == (shown, shown), name

    def test_a_move_tells_it_to_nobody_else_either(self) -> None:
        event = event_with_page(hybrid())
        for name, wish in (("Ada", "room"), ("Ben", "online"), ("Cem", "room")):
            sign_up(event, name, wish)
        Message.objects.update(status="sent", sent_at=timezone.now())
        moving.move(event, to=moving.arranged(event) | {"venue": "Library"}, reason={"en": "More light."}, by=None)
        found = Message.objects.filter(kind="events/moved")
        told = {mail.to_email: ADDRESS in str(mail.context) + str(mail.attachments) for mail in found}
        assert told == {"ada@example.org": False, "ben@example.org": True, "cem@example.org": False}


def test_an_event_that_moves_online_takes_everybody_along() -> None:
    event = event_with_page(EventFactory.create(capacity=1))
    sign_up(event, "Ada", "room")
    sign_up(event, "Ben", "room")
    to = moving.arranged(event) | {"attendance": "online", "venue": "", "address": "", "online_url": ADDRESS}
    moving.move(event, to=to, reason={"en": "A strike."}, by=None)
    assert standing(event) == {"Ada": ("online", ""), "Ben": ("online", "")}
    assert Message.objects.filter(to_email="ben@example.org", kind="events/registered", status="queued").count() == 1
    [(_kind, text)] = [each for each in mails("Ada") if each[0] == "events/moved"]
    assert "How one takes part now: Online" in text
    assert ADDRESS in text
