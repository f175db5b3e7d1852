"""The pages of sign-up and of one's own seat: ways of attending, colleagues, offers, other answers, another person."""

from datetime import timedelta
from functools import cache
from uuid import UUID

import pytest
from django.db.models.functions import Now
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from events.agenda.models import Event
from events.seats import links
from events.seats.models import Registration
from events.seats.own_seat import cancel
from notifications.delivery.rendering import render
from notifications.outbox.models import Message
from tests.events.agenda.test_pages import filled_in
from tests.events.seats.test_ways import ADDRESS, hybrid, sign_up, standing
from tests.factories.events import EventFactory, RegistrationFactory, event_with_page

pytestmark = pytest.mark.django_db


@cache
def token(uuid: UUID) -> str:
    """The same link all the time: it holds the second in which it was made."""
    return links.cancel_token(Registration.objects.get(uuid=uuid))


def address(name: str, of: Event | Registration) -> str:
    with translation.override("en"):
        return reverse(f"events:{name}", args=[of.uid if isinstance(of, Event) else token(of.uuid)])


def of(event: Event, name: str) -> Registration:
    return Registration.objects.select_related("event").get(event=event, name=name)


class TestSigningUp:
    def test_an_event_in_one_way_asks_for_none(self, client: Client) -> None:
        event = event_with_page(EventFactory.create(online_url=ADDRESS, venue="", address=""))
        assert 'name="wish"' not in client.get(address("sign_up", event)).content.decode()
        client.post(address("sign_up", event), filled_in())
        assert standing(event) == {"Visitor": ("online", "")}

    def test_each_way_says_what_is_left(self, client: Client) -> None:
        event = event_with_page(hybrid(room=1, online=3))
        RegistrationFactory.create(event=event)
        shown = client.get(address("sign_up", event)).content.decode()
        assert "In the room: all seats are taken, you join the waiting list" in shown
        assert "Online: 3 seats left" in shown
        assert "Online, and in the room as soon as there is a seat" in shown

    def test_the_choice_of_a_full_way_is_a_place_in_line(self, client: Client) -> None:
        event = event_with_page(hybrid(room=1, online=3))
        RegistrationFactory.create(event=event)
        answer = client.post(address("sign_up", event), filled_in(wish="room:waits"))
        assert answer.headers["Location"] == address("on_list", event)
        assert standing(event)["Visitor"] == ("", "room")

    def test_a_way_that_filled_meanwhile_comes_back_with_the_list(self, client: Client) -> None:
        event = event_with_page(hybrid(room=1, online=3))
        RegistrationFactory.create(event=event)
        answer = client.post(address("sign_up", event), filled_in(wish="room", organisation_name="Kept"))
        shown = answer.content.decode()
        assert answer.status_code == 409
        assert 'value="room:waits"' in shown
        assert 'value="Kept"' in shown
        assert answer.context["form"]["wish"].value() == "room:waits"
        client.post(address("sign_up", event), filled_in(wish="room:waits"))
        assert standing(event)["Visitor"] == ("", "room")

    def test_a_way_that_became_free_meanwhile_is_a_seat(self, client: Client) -> None:
        event = event_with_page(hybrid())
        client.post(address("sign_up", event), filled_in(wish="room:waits"))
        assert standing(event)["Visitor"] == ("room", "")

    @pytest.mark.parametrize("wish", ["", "roof", "room:waits:waits"])
    def test_what_is_no_way_is_refused_at_its_field(self, client: Client, wish: str) -> None:
        event = event_with_page(hybrid())
        answer = client.post(address("sign_up", event), filled_in(wish=wish))
        assert "wish" in answer.context["form"].errors
        assert not standing(event)

    def test_colleagues_come_along(self, client: Client) -> None:
        event = event_with_page()
        colleagues = {"name_2": "Ben", "email_2": "Ben@example.org", "name_4": "Cem", "email_4": "cem@example.org"}
        client.post(address("sign_up", event), filled_in(**colleagues))
        assert sorted(standing(event)) == ["Ben", "Cem", "Visitor"]
        assert Message.objects.filter(to_email__in=["ben@example.org", "cem@example.org"]).count() == 2

    @pytest.mark.parametrize("typed", [{"name_2": "Ben"}, {"email_3": "cem@example.org"}])
    def test_half_a_colleague_is_asked_for_the_rest(self, client: Client, typed: dict[str, str]) -> None:
        event = event_with_page()
        answer = client.post(address("sign_up", event), filled_in(**typed))
        other = {"name_2": "email_2", "email_3": "name_3"}[next(iter(typed))]
        assert list(answer.context["form"].errors) == [other]
        assert '<details class="disclosure" open>' in answer.content.decode()
        assert not standing(event)

    @pytest.mark.parametrize("together", ["", "together"])
    def test_too_few_seats_for_all_ask_once_more(self, client: Client, together: str) -> None:
        event = event_with_page(EventFactory.create(capacity=1))
        typed = filled_in(name_2="Ben", email_2="ben@example.org", together=together)
        answer = client.post(address("sign_up", event), typed)
        assert answer.status_code == 409
        assert "There are not enough seats for all of you." in answer.content.decode()
        assert "Sign all of us up" in answer.content.decode()
        client.post(address("sign_up", event), typed | {"waits": "1"})
        seated = [name for name, (seat, _line) in standing(event).items() if seat]
        assert seated == ([] if together else ["Visitor"])


class TestOnesOwnPage:
    def test_it_shows_the_address_to_a_seat_online_only(self, client: Client) -> None:
        event = event_with_page(hybrid(room=2))
        ada, ben, cem = (sign_up(event, *each) for each in (("Ada", "room"), ("Ben", "online"), ("Cem", "online")))
        shown = [ADDRESS in client.get(address("cancel", each)).content.decode() for each in (ada, ben, cem)]
        assert shown == [False, True, False]

    def test_a_seat_that_is_offered_is_taken_with_one_press(self, client: Client) -> None:
        event = event_with_page(EventFactory.create(capacity=1, offer_hours=24))
        seat = RegistrationFactory.create(event=event)
        ada = sign_up(event, "Ada", "room")
        cancel(seat)
        page = address("cancel", ada)
        assert "A seat is free for you." in client.get(page).content.decode()
        assert client.post(page, {"accept": "1"}).headers["Location"] == page
        assert standing(event) == {"Ada": ("room", "")}

    def test_too_late_says_so(self, client: Client) -> None:
        event = event_with_page(EventFactory.create(capacity=1, offer_hours=24))
        seat = RegistrationFactory.create(event=event)
        ada = sign_up(event, "Ada", "room")
        sign_up(event, "Ben", "room")
        cancel(seat)
        Registration.objects.exclude(offered="").update(offered_until=Now() - timedelta(seconds=1))
        answer = client.post(address("cancel", ada), {"accept": "1"})
        assert answer.status_code == 409
        assert "The offer has ended" in answer.content.decode()
        assert "You are number 2 on the waiting list." in answer.content.decode()

    def test_other_answers_and_another_way(self, client: Client) -> None:
        event = event_with_page(hybrid(room=1))
        ada = sign_up(event, "Ada", "online")
        assert 'value="online" required' in client.get(address("change", ada)).content.decode().replace(" checked", "")
        typed = {"organisation_name": "A town", "access_needs": "A ramp", "wish": "room"}
        assert client.post(address("change", ada), typed).headers["Location"] == address("cancel", ada)
        ada.refresh_from_db()
        assert (ada.seat, ada.organisation_name, ada.access_needs) == ("room", "A town", "A ramp")
        assert (
            "Your new answers replace the earlier ones."
            in render(Message.objects.latest("pk"), now=timezone.now()).text
        )

    def test_a_full_screen_keeps_the_seat_in_the_room_and_what_was_typed(self, client: Client) -> None:
        event = event_with_page(hybrid())
        ada = sign_up(event, "Ada", "room")
        sign_up(event, "Ben", "online")
        answer = client.post(address("change", ada), {"access_needs": "Kept", "wish": "online"})
        assert answer.status_code == 409
        assert "You keep your seat in the room." in answer.content.decode()
        assert "Kept" in answer.content.decode()
        assert of(event, "Ada").access_needs == ""


class TestHandingOver:
    def test_the_colleague_gets_the_seat_and_both_hear(self, client: Client) -> None:
        event = event_with_page(EventFactory.create(capacity=1))
        ada = sign_up(event, "Ada", "room", access_needs="A ramp", organisation_name="A town")
        page = address("hand_over", ada)
        assert client.get(page).status_code == 200
        answer = client.post(page, {"name": "Ben", "email": "Ben@example.org"})
        assert answer.headers["Location"] == address("cancel", ada)
        assert "You no longer have this seat" in client.get(address("cancel", ada)).content.decode()
        ben = of(event, "Ben")
        assert (ben.seat, ben.email, ben.organisation_name, ben.access_needs) == (
            "room",
            "ben@example.org",
            "A town",
            "",
        )
        mails = {mail.to_email: render(mail, now=timezone.now()).text for mail in Message.objects.order_by("pk")}
        assert "Ada cannot come and lets you have the seat." in mails["ben@example.org"]
        assert "goes to Ben" in mails["ada@example.org"]
        again = client.post(page, {"name": "Cem", "email": "cem@example.org"})
        assert again.headers["Location"] == address("cancel", ada)
        assert set(standing(event)) == {"Ben"}

    def test_nobody_learns_whether_the_colleague_had_a_seat(self, client: Client) -> None:
        event = event_with_page(EventFactory.create(capacity=2))
        ada = sign_up(event, "Ada", "room")
        sign_up(event, "Ben", "room")
        sign_up(event, "Cem", "room")
        answer = client.post(address("hand_over", ada), {"name": "Ben", "email": "ben@example.org"})
        assert answer.headers["Location"] == address("cancel", ada)
        assert standing(event) == {"Ben": ("room", ""), "Cem": ("room", "")}

    def test_a_colleague_who_waits_leaves_the_line(self, client: Client) -> None:
        event = event_with_page(EventFactory.create(capacity=1))
        ada = sign_up(event, "Ada", "room")
        sign_up(event, "Ben", "room")
        client.post(address("hand_over", ada), {"name": "Ben", "email": "ben@example.org"})
        assert standing(event) == {"Ben": ("room", "")}

    def test_to_oneself_is_refused(self, client: Client) -> None:
        event = event_with_page()
        ada = sign_up(event, "Ada", "room")
        answer = client.post(address("hand_over", ada), {"name": "ada", "email": "ADA@example.org"})
        assert answer.status_code == 409
        assert standing(event) == {"Ada": ("room", "")}

    def test_who_waits_has_nothing_to_hand_over(self, client: Client) -> None:
        event = event_with_page(EventFactory.create(capacity=1))
        sign_up(event, "Ada", "room")
        ben = sign_up(event, "Ben", "room")
        assert client.get(address("hand_over", ben)).headers["Location"] == address("cancel", ben)


@pytest.mark.parametrize("name", ["cancel", "change", "hand_over"])
def test_a_forged_link_opens_nothing(client: Client, name: str) -> None:
    with translation.override("en"):
        assert client.get(reverse(f"events:{name}", args=["forged"])).status_code == 404
