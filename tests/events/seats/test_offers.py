"""Where staff chose to ask first: a free seat is offered until a moment, and goes on by itself."""

from datetime import timedelta
from typing import Any

import pytest
from django.db.models.functions import Now
from django.utils import timezone

from events.agenda.models import Event
from events.moving import moving
from events.seats import waiting_list
from events.seats.models import Registration
from events.seats.own_seat import NoOfferError, accept, cancel, confirm
from events.tasks import move_up_everywhere
from notifications.delivery.rendering import render
from notifications.outbox.models import Message
from tests.events.seats.test_parties import party, waiting
from tests.events.seats.test_ways import hybrid, sign_up, standing
from tests.factories.events import EventFactory, RegistrationFactory, event_with_page

pytestmark = pytest.mark.django_db


def asking(capacity: int = 1, **fields: Any) -> Event:
    event = event_with_page(EventFactory.create(capacity=capacity, offer_hours=24, **fields))
    RegistrationFactory.create_batch(capacity, event=event)
    return event


def free(event: Event) -> None:
    cancel(event.registrations.filter(name__startswith="Visitor", status="confirmed").first())


def of(event: Event, name: str) -> Registration:
    return event.registrations.select_related("event").get(name=name)


def let_pass(event: Event) -> None:
    event.registrations.exclude(offered="").update(offered_until=Now() - timedelta(seconds=1))
    waiting_list.move_up_everywhere()


def kinds(name: str) -> list[str]:
    return list(
        Message.objects.filter(to_email=f"{name.lower()}@example.org").order_by("pk").values_list("kind", flat=True)
    )


def test_the_first_is_asked_and_takes_it() -> None:
    event = asking()
    sign_up(event, "Ada", "room")
    free(event)
    ada = of(event, "Ada")
    assert (ada.status, ada.offered, ada.has_offer) == ("waiting", "room", True)
    mail = Message.objects.get(kind="events/offered")
    assert mail.expires_at == ada.offered_until
    assert "It is kept for you until" in render(mail, now=timezone.now()).text
    accept(ada)
    accept(of(event, "Ada"))
    assert standing(event) == {"Ada": ("room", "")}
    assert kinds("Ada") == ["events/waiting", "events/offered", "events/registered"]


def test_an_offer_is_a_seat_taken() -> None:
    event = asking()
    sign_up(event, "Ada", "room")
    free(event)
    assert Event.objects.with_standing().get().is_full
    assert sign_up(event, "Ben", "room").status == "waiting"
    assert of(event, "Ben").offered == ""


def test_who_lets_one_pass_goes_to_the_end_once_and_off_the_list_the_second_time() -> None:
    event = asking()
    sign_up(event, "Ada", "room")
    sign_up(event, "Ben", "room")
    free(event)
    let_pass(event)
    assert waiting(event) == ["Ben", "Ada"]
    assert of(event, "Ben").has_offer
    accept(of(event, "Ben"))
    cancel(of(event, "Ben"))
    assert of(event, "Ada").has_offer
    let_pass(event)
    assert of(event, "Ada").status == "cancelled"
    assert kinds("Ada").count("events/offer_passed") == 2
    mails = Message.objects.filter(kind="events/offer_passed").order_by("pk")
    texts = [render(mail, now=timezone.now()).text for mail in mails]
    assert "You are at the end of the list now." in texts[0]
    assert "you are no longer on the list" in texts[1]


def test_a_late_yes_takes_nobodys_seat() -> None:
    event = asking()
    ada = sign_up(event, "Ada", "room")
    sign_up(event, "Ben", "room")
    free(event)
    event.registrations.exclude(offered="").update(offered_until=Now() - timedelta(seconds=1))
    with pytest.raises(NoOfferError):
        accept(ada)


def test_a_party_takes_its_seats_with_one_yes() -> None:
    event = asking(capacity=2)
    party(event, "Ada", "Ben", together=True)
    free(event)
    assert not Registration.objects.exclude(offered="").exists()
    free(event)
    accept(of(event, "Ben"))
    assert standing(event) == {"Ada": ("room", ""), "Ben": ("room", "")}


def test_a_seat_online_is_kept_while_the_room_is_offered_and_after() -> None:
    event = event_with_page(hybrid(offer_hours=24))
    RegistrationFactory.create(event=event)
    sign_up(event, "Ada", "either")
    free(event)
    assert (of(event, "Ada").seat, of(event, "Ada").offered) == ("online", "room")
    let_pass(event)
    assert of(event, "Ada").seat == "online"
    let_pass(event)
    assert standing(event) == {"Ada": ("online", "")}


def test_an_offer_ends_with_the_list() -> None:
    event = asking(starts_at=timezone.now() + timedelta(hours=3))
    sign_up(event, "Ada", "room")
    free(event)
    assert of(event, "Ada").offered_until == event.list_ends_at


def test_who_waited_in_vain_hears_once() -> None:
    event = asking()
    sign_up(event, "Ada", "room")
    Event.objects.filter(pk=event.pk).update(starts_at=Now() - timedelta(minutes=1))
    move_up_everywhere()
    move_up_everywhere()
    assert kinds("Ada") == ["events/waiting", "events/list_ended"]
    assert "So you have no seat this time." in render(Message.objects.latest("pk"), now=timezone.now()).text


def test_who_confirms_a_place_too_late_gets_no_offer_back() -> None:
    event = asking()
    sign_up(event, "Ada", "room")
    sign_up(event, "Ben", "room")
    free(event)
    ada = of(event, "Ada")
    Registration.objects.filter(pk=ada.pk).update(line="line", reserved_until=Now() - timedelta(seconds=1))
    waiting_list.move_up_everywhere()
    accept(of(event, "Ben"))
    confirm(of(event, "Ada"))
    assert of(event, "Ada").offered == ""
    with pytest.raises(NoOfferError):
        accept(of(event, "Ada"))
    assert standing(event) == {"Ada": ("", "room"), "Ben": ("room", "")}


def test_who_has_not_confirmed_a_place_is_not_asked_yet() -> None:
    event = asking()
    sign_up(event, "Ada", "room")
    sign_up(event, "Ben", "room")
    Registration.objects.filter(name="Ada").update(line="line", reserved_until=Now() + timedelta(hours=1))
    free(event)
    assert (of(event, "Ada").has_offer, of(event, "Ben").has_offer) == (False, True)
    confirm(of(event, "Ada"))
    assert waiting(event) == ["Ada", "Ben"]


def test_a_cancelled_event_takes_its_offers_back_and_counts_none_as_passed() -> None:
    event = asking()
    sign_up(event, "Ada", "room")
    free(event)
    moving.call_off(event, reason={"en": "A storm."}, by=None)
    let_pass(event)
    ada = of(event, "Ada")
    assert (ada.offered, ada.passes, ada.status) == ("", 0, "waiting")
    assert Message.objects.get(kind="events/offered").status == "withdrawn"
    moving.resume(event, reason={"en": "It is over."}, by=None)
    assert of(event, "Ada").has_offer


def test_an_offer_online_keeps_nobody_from_the_room() -> None:
    event = event_with_page(hybrid(offer_hours=24))
    RegistrationFactory.create(event=event)
    sign_up(event, "Ada", "online")
    sign_up(event, "Ben", "either")
    sign_up(event, "Cem", "room")
    sign_up(event, "Dia", "online")
    cancel(of(event, "Ada"))
    assert of(event, "Ben").offered == "online"
    free(event)
    assert {name: of(event, name).offered for name in ("Ben", "Cem", "Dia")} == {
        "Ben": "room",
        "Cem": "",
        "Dia": "online",
    }


def test_a_last_offer_of_the_room_that_has_ended_is_not_taken_for_accepted() -> None:
    event = event_with_page(hybrid(offer_hours=24))
    RegistrationFactory.create(event=event)
    sign_up(event, "Ada", "either")
    free(event)
    let_pass(event)
    ada = of(event, "Ada")
    assert ada.offered == "room"
    Registration.objects.filter(pk=ada.pk).update(offered_until=Now() - timedelta(seconds=1))
    with pytest.raises(NoOfferError):
        accept(ada)
    assert standing(event) == {"Ada": ("online", "")}


def test_fifty_offers_cost_no_more_queries_than_five(django_assert_max_num_queries: Any) -> None:
    event = asking()
    RegistrationFactory.create_batch(60, event=event, status="waiting", waiting_since=timezone.now())
    event.capacity = 51
    with django_assert_max_num_queries(32):
        event.save()
    assert Message.objects.filter(kind="events/offered").count() == 50
