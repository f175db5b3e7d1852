"""Where pages and mails about an interest lead its people next."""

import html
from urllib.parse import urlsplit

import pytest
from django.test import Client
from django.utils import timezone, translation

from accounts.users.models import User
from calls.chain.models import Call
from calls.pages.models import CallPage
from consortia.interest import links
from consortia.interest.models import Interest
from notifications.delivery.rendering import render
from notifications.outbox.models import Message
from tests.consortia.test_interests import address, filled_in, in_a_week
from tests.factories.consortia import InterestFactory
from tests.factories.partners import OrganisationFactory, public_call
from tests.partners.people import House, house

pytestmark = pytest.mark.django_db
__all__ = ["house"]


@pytest.fixture
def call() -> Call:
    return public_call(due_at=in_a_week(), title="Together")


def text(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return " ".join(html.unescape(answer.content.decode()).split())


def test_a_member_who_registered_is_led_on(call: Call, house: House, client: Client) -> None:
    sent = filled_in(organisation=house.organisation.pk, email=house.owner.email)
    answer = house.owners_client.post(address("interest", call.pk), sent)
    interest = Interest.objects.get()
    ways = (
        address("matches", call.pk, house.organisation.slug),
        address("change_interest", interest.uuid),
        "/en/my/",
    )
    page = text(house.owners_client, answer["Location"])
    assert f'href="{address("begin", call.pk, house.organisation.slug)}"' in page
    receipt = render(Message.objects.get(kind="consortia/interest_received"), now=timezone.now())
    for way in ways:
        assert f'href="{way}"' in page
        assert way in receipt.text
        assert way in receipt.html
    assert ways[1] not in text(client, answer["Location"])


def test_who_has_no_profile_gets_no_ways_of_members(call: Call, partner: Client) -> None:
    partner.post(address("interest", call.pk), filled_in(email="partner@example.org"))
    receipt = render(Message.objects.get(kind="consortia/interest_received"), now=timezone.now())
    assert "/matches/" not in receipt.html
    assert "See who completes you" not in receipt.text


def test_the_form_that_proposes_a_profile_knows_what_was_said(call: Call, partner: Client, partner_user: User) -> None:
    interest = InterestFactory.create(call=call, email=partner_user.email, organisation_name="Hall & Co")
    mine = text(partner, "/en/my/")
    assert "Not in the directory yet: others cannot find you." in mine
    way = "/en/partners/new/profile/?name=Hall+%26+Co&sector=citizens"
    assert f'href="{way}"' in mine
    assert f'href="{way}"' in text(Client(), address("confirm_interest", links.confirm_token(interest)))
    form = partner.get(way).context["form"]
    assert (form["name"].value(), form["sector"].value()) == ("Hall & Co", "citizens")
    to_sign_in = Client().get(way)["Location"]
    assert "Hall" in urlsplit(to_sign_in).query, "what is known is there after signing in, too"


def test_who_types_the_name_of_a_listed_organisation_is_told_so_and_not_stopped(call: Call, client: Client) -> None:
    OrganisationFactory.create(name="House of Ideas", slug="house")
    refused = client.post(address("interest", call.pk), filled_in(organisation_name="house of IDEAS", tracks=[]))
    page = refused.content.decode()
    assert "House of Ideas is in the directory: its people can register it." in page
    assert 'href="/en/partners/house/claim/"' in page
    client.post(address("interest", call.pk), filled_in(organisation_name="house of IDEAS"))
    interest = Interest.objects.get()
    page = text(client, address("confirm_interest", links.confirm_token(interest)))
    assert "House of Ideas is in the directory: its people can register it." in page


def test_visitors_can_sign_in_before_they_fill_in(call: Call, client: Client, partner: Client) -> None:
    path = address("interest", call.pk)
    assert f"?next={path}" in text(client, path).split("<form method=")[-2]
    assert "Sign in, and this interest belongs to it" not in text(partner, path)


def test_the_page_of_the_call_tells_members_that_they_are_registered(call: Call, house: House, client: Client) -> None:
    interest = InterestFactory.create(call=call, organisation=house.organisation)
    path = CallPage.objects.get(call=call).url or ""
    assert address("change_interest", interest.uuid) in text(house.owners_client, path)
    assert "Register your interest" not in text(house.owners_client, path)
    for _time in range(2):
        assert "Register your interest" in text(client, path)
        assert "Your interest:" not in text(client, path)


def test_its_people_find_the_way_to_the_profile_on_the_public_page(house: House, client: Client) -> None:
    with translation.override("en"):
        path = house.organisation.get_absolute_url()
    for _time in range(2):
        mine, others = text(house.owners_client, path), text(client, path)
        assert "Edit the profile" in mine
        assert "Do you work here?" not in mine
        assert "Write to this organisation" not in mine
        assert "Edit the profile" not in others
        assert "Do you work here?" in others
