"""Up to five people in one form: each has a seat, a mail and a link of their own; some wait as one."""

from typing import Any

import pytest
from django.utils import timezone

from events.agenda.models import Event
from events.seats.models import Registration
from events.seats.own_seat import cancel, change
from events.seats.registration import EventFullError, register
from notifications.delivery.rendering import render
from notifications.outbox.models import Message
from tests.events.seats.test_ways import ANSWERS, hybrid, sign_up, standing
from tests.factories.events import EventFactory, RegistrationFactory, event_with_page

pytestmark = pytest.mark.django_db


def party(event: Event, *names: str, **more: Any) -> Registration:
    first, *others = names
    companions = [(name, f"{name.lower()}@example.org") for name in others]
    return sign_up(event, first, more.pop("wish", "room"), companions=companions, **more)


def waiting(event: Event) -> list[str]:
    return list(event.registrations.waiting().order_by("waiting_since", "pk").values_list("name", flat=True))


def test_each_gets_a_mail_a_link_and_a_calendar_file() -> None:
    event = event_with_page()
    party(event, "Ada", "Ben", access_needs="A ramp", organisation_name="A town")
    rows = {row.name: row for row in event.registrations.all()}
    assert rows["Ada"].uuid != rows["Ben"].uuid
    assert (rows["Ada"].access_needs, rows["Ben"].access_needs) == ("A ramp", "")
    assert rows["Ben"].organisation_name == "A town"
    mails = {mail.to_email: mail for mail in Message.objects.all()}
    assert all(mail.attachments for mail in mails.values())
    text = render(mails["ben@example.org"], now=timezone.now()).text
    assert "Ada filled in the form for you." in text
    assert "filled in the form" not in render(mails["ada@example.org"], now=timezone.now()).text


def test_no_more_than_five() -> None:
    with pytest.raises(ValueError, match="5 people"):
        party(EventFactory.create(), "Ada", "Ben", "Cem", "Dia", "Eli", "Fay")


def test_somebody_named_twice_gets_one_seat() -> None:
    event = EventFactory.create()
    register(
        event,
        name="Ada",
        email="ada@example.org",
        companions=[("ada", "ADA@example.org"), ("Ben", "ben@example.org"), ("Ben", "ben@example.org")],
        **ANSWERS,
    )
    assert event.registrations.count() == 2


def test_too_few_seats_are_said_before_anybody_is_added() -> None:
    event = EventFactory.create(capacity=2)
    with pytest.raises(EventFullError):
        party(event, "Ada", "Ben", "Cem", waits=False)
    assert event.registrations.count() == 0


def test_whoever_fits_takes_a_seat_and_the_others_wait() -> None:
    event = EventFactory.create(capacity=2)
    party(event, "Ada", "Ben", "Cem")
    assert standing(event) == {"Ada": ("room", ""), "Ben": ("room", ""), "Cem": ("", "room")}


def test_who_had_a_seat_needs_none_and_keeps_what_they_said() -> None:
    event = EventFactory.create(capacity=2)
    register(event, name="Ben", email="ben@example.org", access_needs="A ramp", **ANSWERS)
    party(event, "Ada", "Ben", together=True)
    assert standing(event) == {"Ben": ("room", ""), "Ada": ("room", "")}
    assert event.registrations.get(name="Ben").access_needs == "A ramp"


def test_the_senders_mail_tells_nothing_of_a_companion() -> None:
    texts = []
    for known in (False, True):
        event = EventFactory.create(capacity=1, title="Full")
        RegistrationFactory.create(event=event)
        if known:
            sign_up(event, "Ben", "room")
        Message.objects.all().delete()
        party(event, "Ada", "Ben", together=True)
        text = render(Message.objects.get(to_email="ada@example.org"), now=timezone.now()).text
        texts.append("all together or not at all" in text)
    assert texts == [True, True]


class TestTogether:
    def test_they_wait_as_one_although_a_seat_is_free_and_are_told(self) -> None:
        event = event_with_page(EventFactory.create(capacity=3))
        RegistrationFactory.create_batch(2, event=event)
        party(event, "Ada", "Ben", together=True)
        assert waiting(event) == ["Ada", "Ben"]
        text = render(Message.objects.get(to_email="ben@example.org"), now=timezone.now()).text
        assert "people behind you may get one before" in text

    def test_who_fits_passes_them_until_there_are_seats_for_all(self) -> None:
        event = EventFactory.create(capacity=2)
        first, second = RegistrationFactory.create_batch(2, event=event)
        party(event, "Ada", "Ben", together=True)
        sign_up(event, "Cem", "room")
        cancel(first)
        assert waiting(event) == ["Ada", "Ben"]
        assert event.registrations.get(name="Cem").seat == "room"
        cancel(event.registrations.get(name="Cem"))
        cancel(second)
        assert waiting(event) == []

    def test_both_seats_go_in_one_moment_to_who_comes_first(self) -> None:
        event = EventFactory.create(capacity=2)
        RegistrationFactory.create_batch(2, event=event)
        party(event, "Ada", "Ben", together=True)
        sign_up(event, "Cem", "room")
        event.capacity = 4
        event.save()
        assert waiting(event) == ["Cem"]

    def test_a_party_that_shrinks_may_fit(self) -> None:
        event = EventFactory.create(capacity=2)
        first = RegistrationFactory.create_batch(2, event=event)[0]
        party(event, "Ada", "Ben", together=True)
        cancel(first)
        cancel(event.registrations.get(name="Ben"))
        assert event.registrations.get(name="Ada").seat == "room"

    def test_who_chooses_another_way_leaves_the_party(self) -> None:
        event = hybrid(room=1, online=1)
        RegistrationFactory.create(event=event)
        party(event, "Ada", "Ben", together=True)
        change(event.registrations.get(name="Ben"), wish="online")
        assert event.registrations.get(name="Ben").seat == "online"
        cancel(event.registrations.get(name__startswith="Visitor"))
        assert event.registrations.get(name="Ada").seat == "room"

    def test_either_way_they_stay_together(self) -> None:
        event = hybrid(room=1, online=2)
        RegistrationFactory.create(event=event)
        party(event, "Ada", "Ben", together=True, wish="either")
        assert {row.seat for row in event.registrations.filter(name__in=["Ada", "Ben"])} == {"online"}
        cancel(event.registrations.get(name__startswith="Visitor"))
        assert {row.seat for row in event.registrations.filter(name__in=["Ada", "Ben"])} == {"online"}
        event.capacity = 2
        event.save()
        assert {row.seat for row in event.registrations.filter(name__in=["Ada", "Ben"])} == {"room"}
