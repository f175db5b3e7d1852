"""The waiting list: no seat stays free while somebody waits, the order is kept, and each hears once."""

from datetime import timedelta
from typing import Any

import pytest
from django.db.models.functions import Now
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from accounts.users.models import User
from events.agenda.models import Event
from events.moving import moving
from events.seats import links, places, waiting_list
from events.seats.models import Registration
from events.seats.registration import EventClosedError, EventFullError, cancel, confirm, register
from hub.content_memory import content_version
from notifications.delivery.rendering import render
from notifications.outbox.models import Message
from tests.events.agenda.test_pages import filled_in
from tests.factories.events import EventFactory, RegistrationFactory, event_page

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
        event = event_page(full()).event
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
        event = event_page(full()).event
        RegistrationFactory.create_batch(510, event=event, status="waiting", waiting_since=timezone.now())
        event.capacity = 501
        with django_assert_max_num_queries(30):
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
        event = event_page(full()).event
        join(event, "Ada")
        moving.call_off(event, reason={"en": "A storm."}, by=None)
        cancel(event.registrations.confirmed().get())
        assert waiting(event) == ["Ada"]
        moving.resume(event, reason={"en": "It is over."}, by=None)
        assert seated(event) == {"Ada"}

    def test_who_waits_hears_that_the_event_moved(self) -> None:
        event = event_page(full()).event
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


class TestWhatIsTold:
    def test_of_a_resumed_event_who_moved_up_reads_that_they_have_a_seat(self) -> None:
        event = event_page(full()).event
        join(event, "Ada")
        join(event, "Ben")
        moving.call_off(event, reason={"en": "A storm."}, by=None)
        cancel(event.registrations.confirmed().get())
        moving.resume(event, reason={"en": "It is over."}, by=None)
        texts = {
            mail.to_email: (render(mail, now=timezone.now()).text, bool(mail.attachments))
            for mail in Message.objects.filter(kind="events/on_again")
        }
        assert "You have a seat." in texts["ada@example.org"][0]
        assert "You keep your place on the waiting list." in texts["ben@example.org"][0]
        assert (texts["ada@example.org"][1], texts["ben@example.org"][1]) == (True, False)

    def test_no_mail_about_the_list_follows_the_one_about_the_seat(self) -> None:
        event = full()
        ada, ben = join(event, "Ada"), join(event, "Ben")
        cancel(event.registrations.confirmed().get())
        cancel(ben)
        states = dict(Message.objects.filter(kind="events/waiting").values_list("to_email", "status"))
        assert states == {"ada@example.org": "withdrawn", "ben@example.org": "withdrawn"}
        assert Message.objects.get(kind="events/registered", to_email=ada.email).status == "queued"

    def test_strangers_cause_no_more_of_it_than_of_other_mail(self) -> None:
        """One mailbox typed eight times from one line, under names that look like a link."""
        event = full()
        for number in range(8):
            name = f"See evil{number}.com now"
            register(event, name=name, email="victim@example.org", waits=True, source="192.0.2.7", **ANSWERS)
        Registration.objects.filter(status="waiting").update(reserved_until=None)
        event.capacity = 9
        event.save()
        mails = Message.objects.filter(kind="events/registered", to_email="victim@example.org")
        assert event.registrations.confirmed().count() == 9
        assert mails.filter(status="queued", due_at__lte=Now()).count() == 4
        assert not [mail for mail in mails if "evil0.com" in str(mail.context)]

    def test_a_list_goes_on_as_long_as_sign_up_does(self) -> None:
        start = timezone.now() - timedelta(hours=1)
        event = full(starts_at=start, ends_at=start + timedelta(days=2))
        Event.objects.filter(pk=event.pk).update(registration_closes_at=start + timedelta(days=1))
        ada = join(event, "Ada")
        assert ada.status == "waiting"
        assert Message.objects.waiting().filter(to_email=ada.email, expires_at__gt=Now()).exists()
        cancel(event.registrations.confirmed().get())
        assert seated(event) == {"Ada"}

    def test_a_click_on_a_seat_that_just_came_is_one_mail(self) -> None:
        event = full()
        ada = join(event, "Ada")
        Registration.objects.filter(pk=ada.pk).update(line="line", reserved_until=Now() + timedelta(hours=1))
        event.registrations.confirmed().update(reserved_until=Now() - timedelta(seconds=1))
        before = Message.objects.count()
        confirm(Registration.objects.get(pk=ada.pk))
        assert seated(event) == {"Ada"}
        assert Message.objects.count() == before + 1
        assert Message.objects.latest("pk").attachments

    def test_one_event_in_trouble_keeps_no_other_waiting(self, monkeypatch: pytest.MonkeyPatch) -> None:
        broken, other = full(), full()
        join(broken, "Ada")
        join(other, "Ben")
        Registration.objects.confirmed().update(reserved_until=Now() - timedelta(seconds=1))
        hold = waiting_list.hold

        def fails(event: Event) -> None:
            if event.pk == broken.pk:
                raise ValueError("broken")
            hold(event)

        monkeypatch.setattr(waiting_list, "hold", fails)
        assert waiting_list.move_up_everywhere() == 1
        assert (waiting(broken), seated(other)) == (["Ada"], {"Ben"})


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


def test_the_odds_are_told_once_ten_have_waited() -> None:
    past = EventFactory.create(
        starts_at=timezone.now() - timedelta(days=2), ends_at=timezone.now() - timedelta(days=1), capacity=1
    )
    for number in range(9):
        got_in = timezone.now() if number < 4 else None
        RegistrationFactory.create(event=past, waiting_since=timezone.now(), moved_up_at=got_in)
    RegistrationFactory.create(event=past)
    assert places.odds() is None
    RegistrationFactory.create(event=past, status="waiting", waiting_since=timezone.now())
    RegistrationFactory.create(event=past, status="cancelled", waiting_since=timezone.now())
    content_version.forget()
    assert places.odds() == places.Odds(waited=10, got_in=4)
    join(full(), "Ada")
    mail = Message.objects.get(to_email="ada@example.org")
    assert "At our past events 4 of the 10 people who waited got a seat." in render(mail, now=timezone.now()).text


class TestOnThePages:
    def address(self, name: str, *arguments: object) -> str:
        with translation.override("en"):
            return reverse(f"events:{name}", args=arguments)

    def test_a_full_event_offers_the_list(self, client: Client) -> None:
        page = event_page(full())
        join(page.event, "Ada")
        for address in (page.url, self.address("sign_up", page.event.uid)):
            shown = client.get(address).content.decode()
            assert "All seats are taken." in shown
            assert "You can join the waiting list" in shown
            assert "Join the waiting list" in shown
            assert "Take a seat" not in shown

    def test_joining_leads_to_a_page_that_is_the_same_for_who_has_a_seat(self, client: Client) -> None:
        event = event_page(full()).event
        seat = event.registrations.get()
        ends = set()
        for name, email in (("Ada", "ada@example.org"), (seat.name, seat.email)):
            form = filled_in(name=name, email=email, waits="1")
            answer = client.post(self.address("sign_up", event.uid), form, REMOTE_ADDR=f"192.0.2.{len(name)}")
            ends.add(answer.headers["Location"])
        assert ends == {self.address("on_list", event.uid)}
        assert "You are on the waiting list." in client.get(ends.pop()).content.decode()
        assert waiting(event) == ["Ada"]

    def test_who_came_too_late_is_offered_the_list_and_keeps_what_was_typed(self, client: Client) -> None:
        event = event_page(EventFactory.create(capacity=1)).event
        RegistrationFactory.create(event=event)
        form = filled_in(name="Ada", email="ada@example.org", organisation_name="City")
        refused = client.post(self.address("sign_up", event.uid), form)
        shown = refused.content.decode()
        assert refused.status_code == 409
        assert 'name="waits" value="1"' in shown
        assert 'value="City"' in shown
        client.post(self.address("sign_up", event.uid), form | {"waits": "1"})
        assert waiting(event) == ["Ada"]

    def test_the_link_shows_the_place_and_leaves_the_list(self, client: Client) -> None:
        event = event_page(full()).event
        address = self.address("cancel", links.cancel_token(join(event, "Ada")))
        shown = client.get(address).content.decode()
        assert "You are number 1 on the waiting list." in shown
        assert client.post(address).headers["Location"] == address
        assert "You left the waiting list" in client.get(address).content.decode()
        assert waiting(event) == []

    def test_my_page_and_the_event_know_who_waits(self, partner: Client, partner_user: User) -> None:
        page = event_page(full())
        register(page.event, name="Me", email=partner_user.email, by=partner_user, waits=True, **ANSWERS)
        mine = partner.get("/en/my/").content.decode()
        assert "Number 1 on the waiting list" in mine
        assert "Leave the waiting list" in mine
        shown = partner.get(page.url).content.decode()
        assert "You are on the waiting list." in shown
        assert "See your place, or leave the list" in shown

    def test_staff_see_who_waits_and_take_somebody_off_the_list(self, editor: Client) -> None:
        event = full()
        ada = join(event, "Ada")
        listed = editor.get(f"/admin/snippets/events/registration/?event={event.pk}").content.decode()
        assert "on the waiting list" in listed
        assert "1 waiting" in editor.get("/admin/snippets/events/event/").content.decode()
        address = f"/admin/events/registrations/{ada.pk}/cancel/"
        assert "leaves the waiting list" in editor.get(address).content.decode()
        editor.post(address)
        assert waiting(event) == []
