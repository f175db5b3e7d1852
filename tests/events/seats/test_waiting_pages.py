"""The waiting list as people meet it: what mails and pages tell, and what they keep to themselves."""

from datetime import timedelta

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
from events.seats.own_seat import cancel, confirm
from events.seats.registration import register
from hub.content_memory import content_version
from notifications.delivery.rendering import render
from notifications.outbox.models import Message
from tests.events.agenda.test_pages import filled_in
from tests.events.seats.test_waiting_list import ANSWERS, full, join, seated, waiting
from tests.factories.events import EventFactory, RegistrationFactory, event_page, event_with_page

pytestmark = pytest.mark.django_db


class TestWhatIsTold:
    def test_of_a_resumed_event_who_moved_up_reads_that_they_have_a_seat(self) -> None:
        event = event_with_page(full())
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
        event = full()
        page = event_page(event)
        join(event, "Ada")
        for address in (page.url, self.address("sign_up", event.uid)):
            shown = client.get(address).content.decode()
            assert "All seats are taken." in shown
            assert "You can join the waiting list" in shown
            assert "Join the waiting list" in shown
            assert "Take a seat" not in shown

    def test_joining_leads_to_a_page_that_is_the_same_for_who_has_a_seat(self, client: Client) -> None:
        event = event_with_page(full())
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
        event = event_with_page(EventFactory.create(capacity=1))
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
        event = event_with_page(full())
        address = self.address("cancel", links.cancel_token(join(event, "Ada")))
        shown = client.get(address).content.decode()
        assert "You are number 1 on the waiting list." in shown
        assert client.post(address).headers["Location"] == address
        assert "You left the waiting list" in client.get(address).content.decode()
        assert waiting(event) == []

    def test_my_page_and_the_event_know_who_waits(self, partner: Client, partner_user: User) -> None:
        event = full()
        page = event_page(event)
        register(event, name="Me", email=partner_user.email, by=partner_user, waits=True, **ANSWERS)
        mine = partner.get("/en/my/").content.decode()
        assert "Number 1 on the waiting list" in mine
        assert "See your place, or leave the list" in mine
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
