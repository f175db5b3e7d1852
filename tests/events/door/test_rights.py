"""What a link for helpers opens, and what it does not: another event, another day, anything once it is taken back."""

import json
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.users.models import User
from events.agenda.models import Event
from events.door import doors, passes
from events.door.models import DoorPass, Scan
from events.seats.models import Registration
from tests.factories.accounts import UserFactory
from tests.factories.events import EventFactory, RegistrationFactory, door_pass, event_today
from tests.personas import give_second_factor, signed_in

pytestmark = pytest.mark.django_db


def start(client: Client, held: DoorPass, device: str = "Phone 1") -> Any:
    return client.post(reverse("door:start", args=[passes.token_of(held)]), {"device": device})


def page(event: Event, **query: Any) -> str:
    return reverse("door:page", args=[event.uid], query=query or None)


def press(seat: Registration, kind: str = "in", **fields: Any) -> dict[str, Any]:
    return {"scan": uuid4(), "person": seat.uuid, "kind": kind, "day": doors.today().isoformat(), **fields}


def sent(client: Client, event: Event, seat: Registration, **fields: Any) -> Any:
    now = timezone.now().isoformat()
    scan = {**press(seat, **fields), "scanned_at": now}
    body = json.dumps({"sent_at": now, "scans": [scan]}, default=str)
    return client.post(reverse("door:send", args=[event.uid]), body, content_type="application/json")


def everything(client: Client, event: Event, seat: Registration) -> list[Any]:
    """Each address of a door, asked."""
    named = [event.uid]
    return [
        client.get(page(event)),
        client.get(page(event, q=seat.name)),
        client.get(reverse("door:names", args=named)),
        client.get(reverse("door:walk_in", args=named)),
        client.get(reverse("door:seat", args=[event.uid, seat.uuid])),
        client.get(reverse("door:badges", args=named)),
        client.get(reverse("door:attendance", args=named)),
        client.post(reverse("door:note", args=named), press(seat)),
        client.post(
            reverse("door:walk_in", args=named), {"name": "Jo", **{k: v for k, v in press(seat).items() if k != "kind"}}
        ),
        sent(client, event, seat),
    ]


def assert_shut(client: Client, event: Event, seat: Registration) -> None:
    before = Scan.objects.count(), event.walk_ins.count()
    for answer in everything(client, event, seat):
        # A phone may still send what it noted on the day of its link; of another day nothing is taken.
        assert answer.status_code == 403 or answer.resolver_match.view_name in {"door:seat", "door:send"}
        assert seat.name not in answer.content.decode()
        assert str(event) not in answer.content.decode()
    assert (Scan.objects.count(), event.walk_ins.count()) == before


@pytest.fixture
def event() -> Event:
    return event_today(title="The meeting of today")


@pytest.fixture
def seat(event: Event) -> Registration:
    return RegistrationFactory.create(event=event, name="Zeynep Yılmaz")


def test_a_link_asks_first_and_then_opens_this_event_for_today(
    visitor: Client, event: Event, seat: Registration
) -> None:
    held = door_pass(event)
    asked = visitor.get(reverse("door:start", args=[passes.token_of(held)]))
    assert asked.status_code == 200
    assert seat.name not in asked.content.decode()
    assert visitor.get(page(event)).status_code == 403, "looking at the link opens nothing"
    assert start(visitor, held).status_code == 302
    assert seat.name in visitor.get(page(event)).content.decode()
    visitor.post(reverse("door:note", args=[event.uid]), press(seat))
    assert sent(visitor, event, seat).json()["answers"][0]["noted"]
    scans = Scan.objects.all()
    assert {(scan.device, scan.door_pass, scan.by) for scan in scans} == {("Phone 1", held, None)}
    assert len(scans) == 2


def test_it_opens_no_other_event(visitor: Client, event: Event) -> None:
    other = event_today(title="Another meeting")
    seat = RegistrationFactory.create(event=other, name="Somebody Else")
    start(visitor, door_pass(event))
    assert_shut(visitor, other, seat)
    assert visitor.get(reverse("door:seat", args=[event.uid, seat.uuid])).status_code == 404
    visitor.post(reverse("door:note", args=[event.uid]), press(seat))
    assert not sent(visitor, event, seat).json()["answers"][0]["noted"]
    assert not Scan.objects.exists()


def test_it_opens_no_other_day(visitor: Client) -> None:
    now = timezone.now()
    event = EventFactory.create(starts_at=now - timedelta(days=1), ends_at=now + timedelta(days=1))
    seat = RegistrationFactory.create(event=event, name="Zeynep Yılmaz")
    yesterday, held = doors.today() - timedelta(days=1), door_pass(event)
    start(visitor, held)
    assert visitor.get(page(event, day=yesterday)).status_code == 404
    assert visitor.get(reverse("door:names", args=[event.uid], query={"day": yesterday})).status_code == 403
    assert visitor.post(reverse("door:note", args=[event.uid]), press(seat, day=yesterday)).status_code == 404
    walk_in = {"name": "Jo", "scan": uuid4(), "person": uuid4(), "day": yesterday}
    assert visitor.post(reverse("door:walk_in", args=[event.uid]), walk_in).status_code == 404
    assert not sent(visitor, event, seat, day=yesterday).json()["answers"][0]["noted"]
    assert not Scan.objects.exists()
    DoorPass.objects.update(day=yesterday)
    assert_shut(visitor, event, seat)
    assert start(Client(), held).status_code == 403


def test_it_shows_nothing_that_was_noted_on_another_day(visitor: Client) -> None:
    now = timezone.now()
    event = EventFactory.create(starts_at=now - timedelta(days=1), ends_at=now + timedelta(days=1))
    seat = RegistrationFactory.create(event=event, status="cancelled", name="Gave It Back")
    yesterday = doors.today() - timedelta(days=1)
    Scan.objects.create(
        uuid=uuid4(), registration=seat, day=yesterday, kind="in", device="Side", scanned_at=now, happened_at=now
    )
    start(visitor, door_pass(event))
    shown = visitor.get(page(event)).content.decode()
    assert "Side" not in shown
    assert seat.name not in shown


def test_it_opens_nothing_once_it_is_taken_back(visitor: Client, event: Event, seat: Registration) -> None:
    held = door_pass(event)
    start(visitor, held)
    assert visitor.get(page(event)).status_code == 200
    assert passes.revoke(held)
    assert not passes.revoke(held)
    assert_shut(visitor, event, seat)
    assert start(Client(), held).status_code == 404


def test_who_leaves_the_door_sees_nothing_any_more(visitor: Client, event: Event, seat: Registration) -> None:
    start(visitor, door_pass(event))
    visitor.post(reverse("door:leave"))
    assert_shut(visitor, event, seat)


def test_a_forged_link_opens_nothing(visitor: Client) -> None:
    assert visitor.get(reverse("door:start", args=["forged"])).status_code == 404


def test_staff_without_the_right_get_nothing(event: Event, seat: Registration) -> None:
    user = UserFactory.create(is_staff=True)
    user.user_permissions.add(Permission.objects.get(codename="access_admin"))
    user.user_permissions.add(Permission.objects.get(codename="view_registration"))
    give_second_factor(user)
    assert_shut(signed_in(user), event, seat)
    screen = signed_in(user).get(reverse("wagtailsnippets_events_event:day", args=[event.pk]))
    assert screen.status_code in {302, 403}


def test_staff_who_showed_no_second_factor_get_nothing(
    editor_user: User, event: Event, seat: Registration, settings: Any, set_up_anew: None
) -> None:
    settings.STAFF_SECOND_FACTOR = True
    assert_shut(signed_in(editor_user, with_factor=False), event, seat)


def test_staff_with_the_right_need_no_link(editor: Client, event: Event, seat: Registration, set_up_anew: None) -> None:
    assert all(answer.status_code in {200, 302} for answer in everything(editor, event, seat))
    assert len({scan.by for scan in Scan.objects.all()} - {None}) == 1
    assert Scan.objects.count() == 3


def test_the_code_of_a_seat_says_the_same_to_everybody_else(visitor: Client, event: Event, seat: Registration) -> None:
    asked = [
        visitor.get(reverse("door:seat", args=[uid, key]))
        for uid, key in ((event.uid, seat.uuid), (event.uid, uuid4()), (uuid4(), uuid4()))
    ]
    assert {answer.status_code for answer in asked} == {200}
    texts = {answer.content.decode().replace(answer.wsgi_request.path, "") for answer in asked}
    assert len(texts) == 1
    assert seat.name not in texts.pop()


def test_what_was_noted_without_a_network_is_sent_on_the_day_after_and_no_later() -> None:
    event = event_today()
    seat = RegistrationFactory.create(event=event)
    yesterday = doors.today() - timedelta(days=1)
    Event.objects.filter(pk=event.pk).update(starts_at=event.starts_at - timedelta(days=1))
    for day, status, noted in ((yesterday, 200, 1), (yesterday - timedelta(days=1), 403, 0)):
        client = Client()
        held = door_pass(event, day=doors.today())
        start(client, held)
        DoorPass.objects.filter(pk=held.pk).update(day=day)
        answer = sent(client, event, seat, day=day.isoformat())
        assert answer.status_code == status
        assert Scan.objects.filter(day=day).count() == noted
        assert client.get(page(event)).status_code == 403
