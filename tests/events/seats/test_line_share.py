"""One line to the internet: an office gets its seats at once, a robot cannot fill an event."""

from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.db.models.functions import Now
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from accounts.users.models import User
from events.agenda.models import Event
from events.seats import line_share, links, retention
from events.seats.models import Registration
from events.seats.own_seat import confirm
from events.seats.registration import EventFullError, register
from notifications.delivery.rendering import render
from notifications.outbox.models import Message
from tests.events.agenda.test_pages import filled_in
from tests.factories.events import EventFactory, event_with_page

pytestmark = pytest.mark.django_db

OFFICE, ELSEWHERE = "192.0.2.7/32", "198.51.100.1/32"
ANSWERS: dict[str, Any] = {"language": "en", "consent_wording": "Agreed."}


def address(name: str, *args: Any) -> str:
    with translation.override("en"):
        return reverse(f"events:{name}", args=args)


def ask(event: Event, number: int, *, source: str = OFFICE, **more: Any) -> Registration:
    return register(
        event, name=f"Visitor {number}", email=f"visitor{number}@example.org", source=source, **ANSWERS, **more
    )


def with_standing(event: Event) -> Event:
    return Event.objects.with_standing().get(pk=event.pk)


def lapse(*seats: Registration) -> None:
    Registration.objects.filter(pk__in=[seat.pk for seat in seats]).update(reserved_until=Now() - timedelta(minutes=1))


def mails() -> list[Message]:
    return list(Message.objects.filter(kind="events/registered").order_by("pk"))


def test_a_class_of_thirty_gets_its_seats_within_minutes_and_without_a_question(client: Client) -> None:
    event = event_with_page(EventFactory.create(capacity=60))
    for number in range(30):
        form = filled_in(name=f"Pupil {number}", email=f"pupil{number}@example.org")
        answer = client.post(address("sign_up", event.uid), form)
        assert answer.headers["Location"] == address("signed_up", event.uid)
    assert event.registrations.filter(reserved_until=None).count() == 30
    assert all("cancel_url" in mail.context for mail in mails())


@pytest.mark.parametrize(("capacity", "at_once"), [(None, 30), (100, 30), (60, 30), (40, 20), (5, 3), (1, 1)])
def test_beyond_its_share_a_line_is_asked_for_a_click(capacity: int | None, at_once: int) -> None:
    event = EventFactory.create(capacity=capacity)
    for number in range(at_once):
        assert not ask(event, number).asks_click
    assert event.registrations.exclude(reserved_until=None).count() == 0
    if capacity == 1:
        return
    further = ask(event, at_once)
    assert further.asks_click
    assert further.reserved_until is not None
    kept = further.reserved_until - timezone.now()
    assert timedelta(hours=23, minutes=59) < kept <= timedelta(hours=24)
    assert with_standing(event).seats_taken == at_once + 1


def test_others_are_not_asked() -> None:
    event = EventFactory.create(capacity=4)
    for number in range(3):
        ask(event, number)
    assert not ask(event, 3, source=ELSEWHERE).asks_click
    other = EventFactory.create(capacity=4)
    assert not ask(other, 0).asks_click
    assert len(set(Registration.objects.values_list("line", flat=True))) == 3, "no line is known again at another event"


def test_who_proved_the_address_is_not_asked_and_does_not_count(partner_user: User) -> None:
    event = EventFactory.create(capacity=4)
    mine = register(event, name="Me", email=partner_user.email, by=partner_user, source=OFFICE, **ANSWERS)
    assert (mine.line, mine.reserved_until) == ("", None)
    ask(event, 1)
    assert not ask(event, 2).asks_click
    assert ask(event, 3).asks_click


def test_a_robot_keeps_nobody_from_a_seat_for_longer_than_a_day() -> None:
    event = EventFactory.create(capacity=10)
    robots = [ask(event, number) for number in range(10)]
    with pytest.raises(EventFullError):
        ask(event, 10, source=ELSEWHERE)
    lapse(*robots[5:])
    assert with_standing(event).seats_left == 5
    again = [ask(event, number) for number in (*range(5, 10), *range(20, 40))]
    assert all(seat.asks_click for seat in again)
    assert with_standing(event).seats_left == 5, "it let seats lapse: now it gets none without a click"
    for number in range(50, 55):
        ask(event, number, source=f"198.51.100.{number}")
    assert with_standing(event).is_full


def test_the_same_form_twice_is_one_mail_and_the_same_link() -> None:
    event = EventFactory.create(capacity=2)
    ask(event, 0)
    kept = ask(event, 1, sent_as="page")
    assert ask(event, 1, sent_as="page").uuid == kept.uuid
    assert len(mails()) == 2
    lapse(kept)
    assert ask(event, 1, sent_as="page").uuid == kept.uuid, "the link in the mail still works"
    assert ask(event, 1, sent_as="page").asks_click
    assert len(mails()) == 2


def test_the_link_asks_and_its_button_makes_the_seat_theirs(client: Client) -> None:
    event = event_with_page(EventFactory.create(capacity=2))
    ask(event, 0)
    page = client.post(address("sign_up", event.uid), filled_in(), REMOTE_ADDR="192.0.2.7")
    assert page.headers["Location"] == address("to_confirm", event.uid)
    assert "24 hours" in client.get(page.headers["Location"]).content.decode()
    seat = Registration.objects.get(email="visitor@example.org")
    asking = mails()[-1]
    read = render(asking, now=timezone.now())
    link = urlsplit(asking.context["confirm_url"]).path
    assert link in read.text
    assert link in read.html
    assert "Confirm your seat" in read.subject
    assert not asking.attachments
    assert "cancel_url" not in asking.context
    assert "Confirm my seat" in client.get(link).content.decode()
    seat.refresh_from_db()
    assert seat.reserved_until is not None, "a mail program that opens the link confirms nothing"
    assert client.post(link).headers["Location"] == link
    seat.refresh_from_db()
    proved: tuple[object, str] = (seat.reserved_until, seat.line)
    assert proved == (None, "")
    assert "Your seat is confirmed" in client.get(link).content.decode()
    client.post(link)
    assert len(mails()) == 3
    assert mails()[-1].attachments
    assert "You have a seat" in render(mails()[-1], now=timezone.now()).subject


def test_who_comes_late_gets_a_seat_while_there_are_any(client: Client) -> None:
    event = event_with_page(EventFactory.create(capacity=4))
    for number in range(2):
        ask(event, number)
    late, later = ask(event, 2), ask(event, 3)
    lapse(late, later)
    ask(event, 4, source=ELSEWHERE)
    assert client.post(address("confirm", links.confirm_token(late))).status_code == 302
    assert Registration.objects.confirmed().filter(pk=late.pk).exists()
    refused = client.post(address("confirm", links.confirm_token(later)))
    assert refused.status_code == 409
    assert "All seats are taken" in refused.content.decode()
    assert Registration.objects.confirmed().count() == 4


def test_a_cancelled_event_is_confirmed_by_nobody(client: Client) -> None:
    event = event_with_page(EventFactory.create(capacity=2))
    ask(event, 0)
    seat = ask(event, 1)
    Event.objects.filter(pk=event.pk).update(cancelled_at=timezone.now())
    refused = client.post(address("confirm", links.confirm_token(seat)))
    assert refused.status_code == 409
    assert "cancelled" in refused.content.decode()
    assert len(mails()) == 2


def test_a_seat_that_is_kept_counts_after_sign_up_closed() -> None:
    event = EventFactory.create(capacity=2)
    ask(event, 0)
    seat = ask(event, 1)
    Event.objects.filter(pk=event.pk).update(registration_closes_at=Now() - timedelta(seconds=1))
    confirm(seat)
    seat.refresh_from_db()
    assert seat.reserved_until is None


def test_a_link_to_cancel_does_not_confirm_nor_the_other_way_round(client: Client) -> None:
    event = event_with_page(EventFactory.create(capacity=2))
    ask(event, 0)
    seat = ask(event, 1)
    assert client.get(address("confirm", links.cancel_token(seat))).status_code == 404
    assert client.get(address("cancel", links.confirm_token(seat))).status_code == 404
    client.post(address("cancel", links.cancel_token(seat)))
    assert client.post(address("confirm", links.confirm_token(seat))).status_code == 404
    assert Registration.objects.confirmed().count() == 1


def test_a_visitor_of_a_crowded_line_learns_nothing_about_anybody(client: Client) -> None:
    """Who has a seat already and who asks for one read the same page."""
    event = event_with_page(EventFactory.create(capacity=10))
    register(event, name="Visitor", email="visitor@example.org", source=ELSEWHERE, **ANSWERS)
    for number in range(5):
        ask(event, number)
    pages = [
        client.post(address("sign_up", event.uid), filled_in(email=email), REMOTE_ADDR="192.0.2.7").headers["Location"]
        for email in ("visitor@example.org", "nobody@example.org")
    ]
    assert pages == [address("to_confirm", event.uid)] * 2
    assert "You have a seat" in render(mails()[-2], now=timezone.now()).text, "who has a seat keeps it"


def test_the_many_addresses_of_one_line_are_one(client: Client) -> None:
    event = event_with_page(EventFactory.create(capacity=4))
    for number, line in enumerate(["2001:db8:7:1::1", "2001:db8:7:2::1", "2001:db8:7:3::1", "2001:db8:8:1::1"]):
        client.post(address("sign_up", event.uid), filled_in(name=f"Number {number}"), REMOTE_ADDR=line)
    asked = Registration.objects.exclude(reserved_until=None)
    assert [seat.name for seat in asked] == ["Number 2"]


def test_when_the_event_is_over_lines_and_unconfirmed_seats_go() -> None:
    event = EventFactory.create(capacity=2)
    ask(event, 0)
    lapse(ask(event, 1))
    retention.forget_unproved()
    assert Registration.objects.exclude(line="").count() == 2
    Event.objects.filter(pk=event.pk).update(starts_at=Now() - timedelta(hours=2), ends_at=Now() - timedelta(seconds=1))
    retention.forget_unproved()
    retention.forget_unproved()
    assert [(seat.name, seat.line) for seat in Registration.objects.all()] == [("Visitor 0", "")]


def test_the_digest_of_a_line_does_not_tell_the_line() -> None:
    event = EventFactory.create()
    assert line_share.digest(event, "") == ""
    assert OFFICE not in line_share.digest(event, OFFICE)
    assert len(line_share.digest(event, OFFICE)) == 64
