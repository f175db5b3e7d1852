"""A person given one event sees its facts and its people, and nobody else's, wherever they look in the admin."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.signing_in import proving
from accounts.users.models import User
from events.agenda.models import Event
from events.organisers import rights
from events.seats.models import Registration
from notifications.outbox.models import Suppression
from tests.events.typed import as_typed, whole_minutes
from tests.factories.accounts import UserFactory
from tests.factories.events import EventFactory, RegistrationFactory, event_page
from tests.factories.notifications import MessageFactory, SubscriptionFactory
from tests.personas import give_second_factor, signed_in
from tests.routes import routes

pytestmark = pytest.mark.django_db

OWN, FOREIGN = "zq1own", "zq2foreign"
LIST = "wagtailsnippets_events_registration:list"
EVENTS = "wagtailsnippets_events_event"


@pytest.fixture
def organiser() -> User:
    user: User = UserFactory.create(email="organiser@example.org", is_staff=True)
    user.groups.add(Group.objects.get(name=rights.ORGANISERS))
    give_second_factor(user)
    return user


@pytest.fixture
def own(organiser: User) -> Registration:
    return seat(OWN, organiser)


@pytest.fixture
def foreign() -> Registration:
    return seat(FOREIGN)


def seat(mark: str, *organisers: User) -> Registration:
    event = EventFactory.create(title=f"{mark} event", venue=f"{mark} hall")
    event_page(event)
    event.organisers.set(organisers)
    event.save()
    found: Registration = RegistrationFactory.create(
        event=event, name=f"{mark} person", email=f"{mark}@example.org", access_needs=f"{mark} ramp"
    )
    return found


def addresses_of_admin(foreign: Registration) -> dict[str, str]:
    """By pattern the addresses about events and sign-ups, with the keys of others', and all that carry no key."""
    found = {}
    for route in routes():
        key = foreign.pk if "registration" in route.pattern else foreign.event_id
        values = {
            "pk": str(key),
            "registration_id": str(foreign.pk),
            "language": "fr",
            "entry": "1",
            "revision_id": "1",
        }
        is_of_events = "/events/" in route.pattern
        is_meant = route.pattern.startswith("admin/") and (is_of_events or not route.arguments)
        if is_meant and set(route.arguments) <= set(values):
            found[route.pattern] = route.filled(values.__getitem__)
    return found


def text_of(client: Client, path: str, *, posts: bool = False) -> str:
    answer = client.post(path) if posts else client.get(path, follow=True)
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined]
    return body.decode(errors="replace")


def test_wherever_they_look_nobody_else_is_there(organiser: User, own: Registration, foreign: Registration) -> None:
    MessageFactory.create(to_email=f"{FOREIGN}@example.org")
    SubscriptionFactory.create(email=f"{FOREIGN}@example.org")
    Suppression.objects.create(email=f"{FOREIGN}@example.org")
    client = signed_in(organiser)
    addresses = addresses_of_admin(foreign)
    assert sum("/events/" in pattern for pattern in addresses) > 30
    chooser = "wagtailsnippetchoosers_events_registration"
    asked = [
        f"{reverse(LIST)}?export=csv",
        f"{reverse(LIST)}?event={foreign.event_id}",
        f"{reverse(LIST)}?q={FOREIGN}",
        f"{reverse(f'{EVENTS}:list')}?q={FOREIGN}",
        f"{reverse(f'{chooser}:choose')}?q={FOREIGN}",
        f"{reverse(f'{chooser}:chosen_multiple')}?id={foreign.pk}&id={own.pk}",
        f"{reverse('wagtailsnippetchoosers_events_event:chosen_multiple')}?id={foreign.event_id}",
        *addresses.values(),
    ]
    for path in asked:
        # What they typed themselves comes back in the field of a search.
        shown = text_of(client, path).replace(f'value="{FOREIGN}"', "").replace(f"q={FOREIGN}", "")
        assert FOREIGN not in shown.replace(f"“{FOREIGN}”", "").replace(f"<em>{FOREIGN}</em>", ""), path
    before = Event.objects.filter(pk=foreign.event_id).values().get()
    for name, path in addresses.items():
        if "/events/" in name:
            assert FOREIGN not in text_of(client, path, posts=True), path
    foreign.refresh_from_db()
    assert foreign.status == Registration.Status.CONFIRMED
    assert Event.objects.filter(pk=foreign.event_id).values().get() == before


def test_they_see_the_facts_and_people_of_their_event(organiser: User, own: Registration) -> None:
    client = signed_in(organiser)
    places = {
        "list": reverse(LIST),
        "export": f"{reverse(LIST)}?export=csv",
        "search": f"{reverse(LIST)}?q={own.name.split()[0]}",
        "inspect": reverse("wagtailsnippets_events_registration:inspect", args=[own.pk]),
        "cancel": reverse("events_admin_cancel_registration", args=[own.pk]),
    }
    for place, path in places.items():
        assert own.name in text_of(client, path), place
    for name, keys in (("list", []), ("inspect", [own.event_id]), ("history", [own.event_id])):
        assert f"{OWN} event" in text_of(client, reverse(f"{EVENTS}:{name}", args=keys)), name
    assert client.post(places["cancel"]).status_code == 302
    own.refresh_from_db()
    assert own.status == Registration.Status.CANCELLED


def test_they_change_no_facts(organiser: User, own: Registration) -> None:
    client = signed_in(organiser)
    for name in ("edit", "move", "call_off", "delete"):
        answer = client.get(reverse(f"{EVENTS}:{name}", args=[own.event_id]), follow=True)
        assert f"{OWN} hall" not in answer.content.decode(), name
    client.post(reverse(f"{EVENTS}:edit", args=[own.event_id]), as_typed(own.event, venue="Taken over"))
    own.event.refresh_from_db()
    assert own.event.venue == f"{OWN} hall"


def test_who_is_in_the_group_and_has_no_event_sees_none(organiser: User, foreign: Registration) -> None:
    client = signed_in(organiser)
    assert FOREIGN not in text_of(client, reverse(LIST))
    assert FOREIGN not in text_of(client, reverse(f"{EVENTS}:list"))


def test_who_leaves_the_group_sees_nothing_any_more(organiser: User, own: Registration) -> None:
    organiser.groups.clear()
    assert own.name not in text_of(signed_in(organiser), reverse(LIST))


def test_without_the_second_factor_nothing_is_shown(organiser: User, own: Registration) -> None:
    assert own.name not in text_of(signed_in(organiser, with_factor=False), reverse(LIST))


def test_staff_give_an_event_to_somebody(administrator: Client, organiser: User) -> None:
    event = whole_minutes()
    sent = as_typed(event) | {"organisers": str(organiser.pk)}
    assert administrator.post(reverse(f"{EVENTS}:edit", args=[event.pk]), sent).status_code == 302
    event.refresh_from_db()
    assert list(event.organisers.all()) == [organiser]


def test_only_people_of_the_group_are_on_offer(administrator: Client) -> None:
    event, stranger = whole_minutes(), UserFactory.create()
    sent = as_typed(event) | {"organisers": str(stranger.pk)}
    assert administrator.post(reverse(f"{EVENTS}:edit", args=[event.pk]), sent).status_code == 200
    assert not Event.objects.get(pk=event.pk).organisers.exists()


def test_an_account_that_an_event_names_is_not_taken_for_nobodys(own: Registration) -> None:
    long_ago = timezone.now() - timedelta(days=3)
    facts = {"password": "typed", "date_joined": long_ago, "last_login": None, "verified": False}
    given, nobodys = (UserFactory.create(**facts) for _each in range(2))
    own.event.organisers.set([given])
    own.event.save()
    proving.forget_unproved()
    assert set(User.objects.filter(pk__in=[given.pk, nobodys.pk])) == {given}
