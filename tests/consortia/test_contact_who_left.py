"""Who no longer acts for an organisation gives no answers for it, though its interest has their address."""

import pytest
from django.test import Client

from calls.chain.models import Call
from consortia.interest import links
from consortia.interest.models import Interest
from notifications.outbox.models import Message
from tests.consortia.test_interests import address, filled_in
from tests.consortia.test_members import call, change_page, registered
from tests.partners.people import House, house

pytestmark = pytest.mark.django_db
__all__ = ["call", "house"]


def test_the_contact_who_left_changes_it_no_more(call: Call, house: House, client: Client) -> None:
    """Neither by the form, signed in or not, nor by a link that was mailed before."""
    interest = registered(call, house)
    stood = interest.offers
    form = address("interest", call.pk)
    again = filled_in(email=house.owner.email, organisation_name=interest.organisation_name, offers="Mine alone.")
    client.post(form, again)
    interest.refresh_from_db()
    link = address("correct_interest", links.correction_token(interest))
    house.membership_of(house.owner).delete()
    number = Message.objects.count()
    refused = house.owners_client.post(form, again)
    assert refused.status_code == 409
    assert "Mine alone." in refused.content.decode()
    assert client.post(form, again)["Location"] == address("interest_sent", call.pk)
    assert client.post(link).status_code == 404
    interest.refresh_from_db()
    assert (interest.offers, interest.organisation) == (stood, house.organisation)
    assert Message.objects.count() == number
    change = address("change_interest", interest.uuid)
    house.editors_client.post(change, change_page(house.editors_client, interest) | {"is_contact": "on"})
    interest.refresh_from_db()
    assert interest.email == house.editor.email


def test_who_left_confirms_for_the_organisation_by_no_form(call: Call, house: House) -> None:
    registered(call, house)
    Interest.objects.update(status="pending", confirmed_at=None)
    house.membership_of(house.owner).delete()
    again = filled_in(email=house.owner.email, organisation_name=house.organisation.name)
    assert house.owners_client.post(address("interest", call.pk), again).status_code == 409
    assert Interest.objects.get().status == "pending"
