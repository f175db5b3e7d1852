"""The waiting list: no seat stays free while somebody waits, the order is kept, and each hears once."""

from datetime import timedelta
from typing import Any

import pytest
from django.db.models.functions import Now
from django.utils import timezone

from events.agenda.models import Event
from events.moving import moving
from events.seats import links, waiting_list
from events.seats.models import Registration
from events.seats.own_seat import cancel, confirm
from events.seats.registration import EventClosedError, EventFullError, register
from notifications.delivery.rendering import render
from notifications.outbox.models import Message
from tests.factories.events import EventFactory, RegistrationFactory, event_with_page

pytestmark = pytest.mark.django_db

ANSWERS: dict[str, Any] = {"language": "en", "consent_wording": "Agreed."}


def full(*, capacity: int = 1, **fields: Any) -> Event:
    event = EventFactory.create(capacity=capacity, **fields)
    RegistrationFactory.create_batch(capacity, event=event)
    return event


def join(event: Event, name: str, **more: Any) -> Registration:
    return register(event, name=name, email=f"{name.lower()}@example.org", waits=True, **ANSWERS, **more)


def waiting(event: Event) -> list[str]:
    return list(event.registrations.waiting().order_by("waiting_since", "pk").values_list("name", flat=True))


def seated(event: Event) -> set[str]:
    return set(event.registrations.confirmed().values_list("name", flat=True))


def told(name: str) -> list[tuple[str, str]]:
    """The mails to somebody: kind and subject."""
    mails = Message.objects.filter(to_email=f"{name.lower()}@example.org").order_by("pk")
    return [(mail.kind, render(mail, now=timezone.now()).subject) for mail in mails]


class TestJoining:
    def test_who_asks_for_the_list_gets_a_seat_while_there_is_one(self) -> None:
        event = EventFactory.create(capacity=1)
        ada = join(event, "Ada")
        assert (ada.status, ada.is_full, ada.waiting_since) == ("confirmed", False, None)

    def test_who_asks_for_a_seat_alone_is_not_put_on_the_list(self) -> None:
        event = full()
        with pytest.raises(EventFullError):
            register(event, name="Ada", email="ada@example.org", **ANSWERS)
        assert waiting(event) == []

    def test_the_mail_says_the_place_and_how_to_leave(self) -> None:
        event = event_with_page(full())
        join(event, "Ada")
        ben = join(event, "Ben")
        assert (ben.status, ben.is_full) == ("waiting", True)
        mail = Message.objects.get(to_email="ben@example.org")
        read = render(mail, now=timezone.now())
        assert read.subject == f"On the waiting list: {event.title}"
        for text in (read.text, read.html):
            assert "You are number 2 on the waiting list." in text
            assert links.cancel_token(ben).split(":")[0] in text
            assert "At our past events" not in text
        assert not mail.attachments

    def test_joining_twice_keeps_the_place(self) -> None:
        event = full()
        first = join(event, "Ada")
        join(event, "Ben")
        again = join(event, "Ada", access_needs="A ramp")
        assert (again.pk, again.waiting_since) == (first.pk, first.waiting_since)
        assert waiting(event) == ["Ada", "Ben"]
        assert [kind for kind, _subject in told("Ada")] == ["events/waiting"] * 2

    def test_who_has_a_seat_keeps_it_and_is_answered_alike(self) -> None:
        event = full()
        seat = event.registrations.get()
        answer = register(event, name=seat.name, email=seat.email, waits=True, **ANSWERS)
        assert (answer.pk, answer.status, answer.is_full) == (seat.pk, "confirmed", True)
        assert waiting(event) == []

    def test_nobody_joins_when_sign_up_is_closed(self) -> None:
        event = full(registration_closes_at=timezone.now() - timedelta(minutes=1))
        with pytest.raises(EventClosedError):
            join(event, "Ada")

    def test_what_the_clock_freed_goes_to_who_waits_and_not_to_who_comes(self) -> None:
        event = full()
        join(event, "Ada")
        event.registrations.confirmed().update(reserved_until=Now() - timedelta(seconds=1))
        ben = join(event, "Ben")
        assert seated(event) == {"Ada"}
        assert (ben.status, waiting(event)) == ("waiting", ["Ben"])


class TestMovingUp:
    def test_a_seat_given_back_goes_to_the_first_with_a_calendar_file(self) -> None:
        event = full()
        for name in ("Ada", "Ben"):
            join(event, name)
        cancel(event.registrations.confirmed().get())
        assert (seated(event), waiting(event)) == ({"Ada"}, ["Ben"])
        assert told("Ada")[-1] == ("events/registered", f"A seat for you: {event.title}")
        assert Message.objects.filter(to_email="ada@example.org").latest("pk").attachments
        assert [kind for kind, _subject in told("Ben")] == ["events/waiting"]
        ada = event.registrations.get(name="Ada")
        assert ada.moved_up_at is not None
        assert ada.waiting_since is not None

    def test_more_seats_go_to_as_many(self) -> None:
        event = full()
        for name in ("Ada", "Ben", "Cem"):
            join(event, name)
        event.capacity = 3
        event.save()
        assert waiting(event) == ["Cem"]
        event.capacity = None
        event.save()
        assert waiting(event) == []
        assert [len(told(name)) for name in ("Ada", "Ben", "Cem")] == [2, 2, 2]

    def test_five_hundred_at_once_cost_no_more_queries_than_five(self, django_assert_max_num_queries: Any) -> None:
        event = event_with_page(full())
        RegistrationFactory.create_batch(510, event=event, status="waiting", waiting_since=timezone.now())
        event.capacity = 501
        with django_assert_max_num_queries(32):
            event.save()
        assert Message.objects.filter(kind="events/registered").count() == 500
        assert len(waiting(event)) == 10

    def test_who_lost_a_seat_again_hears_of_the_next_one(self) -> None:
        """A seat that was reserved and not confirmed; the same person waits once more under the same link."""
        event = full()
        join(event, "Ada")
        cancel(event.registrations.confirmed().get())
        event.registrations.filter(name="Ada").update(reserved_until=Now() - timedelta(seconds=1))
        ben = register(event, name="Ben", email="ben@example.org", **ANSWERS)
        assert join(event, "Ada").status == "waiting"
        cancel(ben)
        assert seated(event) == {"Ada"}
        assert [kind for kind, _subject in told("Ada")].count("events/registered") == 2

    def test_fewer_seats_than_are_taken_throw_nobody_out(self) -> None:
        event = full(capacity=3)
        join(event, "Ada")
        event.capacity = 1
        event.save()
        assert event.registrations.confirmed().count() == 3
        cancel(event.registrations.confirmed().first())
        assert waiting(event) == ["Ada"]

    def test_a_cancelled_event_gives_no_seats_until_it_takes_place_after_all(self) -> None:
        event = event_with_page(full())
        join(event, "Ada")
        moving.call_off(event, reason={"en": "A storm."}, by=None)
        cancel(event.registrations.confirmed().get())
        assert waiting(event) == ["Ada"]
        moving.resume(event, reason={"en": "It is over."}, by=None)
        assert seated(event) == {"Ada"}

    def test_who_waits_hears_that_the_event_moved(self) -> None:
        event = event_with_page(full())
        ada = join(event, "Ada")
        to = moving.arranged(event) | {"venue": "Library"}
        moving.move(event, to=to, reason={"en": "More light."}, by=None)
        mail = Message.objects.get(kind="events/moved", to_email="ada@example.org")
        read = render(mail, now=timezone.now())
        for text in (read.text, read.html):
            assert "You are on the waiting list." in text
            assert links.cancel_token(ada).split(":")[0] in text
            assert "You keep your place on the waiting list." in text
            assert "You keep your seat" not in text
            assert "Cannot come?" not in text
        assert not mail.attachments
        assert Message.objects.exclude(pk=mail.pk).get(kind="events/moved").attachments

    def test_nobody_moves_up_once_it_has_started(self) -> None:
        event = full()
        join(event, "Ada")
        Event.objects.filter(pk=event.pk).update(starts_at=Now() - timedelta(minutes=1))
        cancel(event.registrations.confirmed().get())
        assert waiting(event) == ["Ada"]

    def test_after_sign_up_has_closed_seats_still_go_on(self) -> None:
        event = full()
        join(event, "Ada")
        Event.objects.filter(pk=event.pk).update(registration_closes_at=Now() - timedelta(minutes=1))
        cancel(event.registrations.confirmed().get())
        assert seated(event) == {"Ada"}

    def test_the_task_gives_on_what_nobody_confirmed_in_time(self) -> None:
        event, other = full(), full()
        join(event, "Ada")
        join(other, "Ben")
        assert waiting_list.move_up_everywhere() == 0
        event.registrations.confirmed().update(reserved_until=Now() - timedelta(seconds=1))
        assert waiting_list.move_up_everywhere() == 1
        assert waiting_list.move_up_everywhere() == 0
        assert (seated(event), waiting(other)) == ({"Ada"}, ["Ben"])


class TestPlacesThatAreReserved:
    """Beyond the share of a line a place, too, is asked for by a click."""

    def reserved(self, event: Event, name: str) -> Registration:
        place = join(event, name)
        Registration.objects.filter(pk=place.pk).update(line="line", reserved_until=Now() + timedelta(hours=1))
        place.refresh_from_db()
        return place

    def test_one_that_nobody_confirmed_in_time_is_passed(self) -> None:
        event = full()
        ada = self.reserved(event, "Ada")
        join(event, "Ben")
        Registration.objects.filter(pk=ada.pk).update(reserved_until=Now() - timedelta(seconds=1))
        cancel(event.registrations.confirmed().get())
        assert seated(event) == {"Ben"}

    def test_who_confirms_too_late_waits_at_the_end(self) -> None:
        event = full()
        ada = self.reserved(event, "Ada")
        join(event, "Ben")
        Registration.objects.filter(pk=ada.pk).update(reserved_until=Now() - timedelta(seconds=1))
        confirm(Registration.objects.get(pk=ada.pk))
        assert waiting(event) == ["Ben", "Ada"]
        assert "You are number 2" in render(Message.objects.latest("pk"), now=timezone.now()).text

    def test_who_confirms_in_time_keeps_the_place(self) -> None:
        event = full()
        ada = self.reserved(event, "Ada")
        join(event, "Ben")
        confirm(ada)
        assert waiting(event) == ["Ada", "Ben"]


def test_leaving_the_list_is_told_and_frees_no_seat() -> None:
    event = full()
    ada = join(event, "Ada")
    join(event, "Ben")
    assert cancel(ada)
    assert not cancel(ada)
    assert waiting(event) == ["Ben"]
    assert told("Ada")[-1] == ("events/cancelled", f"You left the waiting list: {event.title}")
    assert join(event, "Ada").status == "waiting"
    assert waiting(event) == ["Ben", "Ada"]
