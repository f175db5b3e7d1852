"""Who among staff sees, downloads and cancels registrations: what the right says, and nobody without it."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.test import Client
from django.urls import reverse

from accounts.users.models import User
from events.seats.models import Registration
from tests.factories.accounts import UserFactory
from tests.factories.events import RegistrationFactory
from tests.personas import give_second_factor, signed_in

pytestmark = pytest.mark.django_db

# What each right opens; who has none of them is refused everywhere.
SEES = ("list", "export", "inspect")
RIGHTS: dict[str, tuple[str, ...]] = {
    "": (),
    "view_event": (),
    "change_event": (),
    "view_registration": SEES,
    "change_registration": (*SEES, "cancel"),
}


def staff(*rights: str) -> User:
    """Somebody who may open the admin and do nothing else but this."""
    user = UserFactory.create(is_staff=True)
    user.user_permissions.add(*Permission.objects.filter(codename__in=["access_admin", *rights]))
    give_second_factor(user)
    return user


def addresses(seat: Registration) -> dict[str, str]:
    listing = reverse("wagtailsnippets_events_registration:list")
    return {
        "list": listing,
        "export": f"{listing}?export=csv",
        "inspect": reverse("wagtailsnippets_events_registration:inspect", args=[seat.pk]),
        "cancel": reverse("events_admin_cancel_registration", args=[seat.pk]),
    }


def shows(client: Client, path: str, seat: Registration) -> bool:
    answer = client.get(path, follow=True)
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined]
    return answer.status_code == 200 and seat.name in body.decode()


@pytest.mark.parametrize("right", RIGHTS)
def test_a_right_opens_what_it_says(right: str) -> None:
    seat = RegistrationFactory.create(name="Somebody who comes")
    client = signed_in(staff(right))
    for place, path in addresses(seat).items():
        assert shows(client, path, seat) == (place in RIGHTS[right]), place
    client.post(addresses(seat)["cancel"])
    seat.refresh_from_db()
    cancelled = seat.status == Registration.Status.CANCELLED
    assert cancelled == ("cancel" in RIGHTS[right])


@pytest.mark.parametrize("group", ["Editors", "Moderators"])
def test_the_groups_of_the_set_up_have_the_right(group: str) -> None:
    seat = RegistrationFactory.create(name="Somebody who comes")
    user = staff()
    user.groups.add(Group.objects.get(name=group))
    client = signed_in(user)
    for place, path in addresses(seat).items():
        assert shows(client, path, seat), place


def test_nobody_else_gets_in(visitor: Client, partner: Client) -> None:
    seat = RegistrationFactory.create(name="Somebody who comes")
    for client in (visitor, partner):
        for path in addresses(seat).values():
            assert not shows(client, path, seat)
        client.post(addresses(seat)["cancel"])
    seat.refresh_from_db()
    assert seat.status == Registration.Status.CONFIRMED
