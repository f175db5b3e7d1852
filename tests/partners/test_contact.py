"""What somebody writes to an organisation reaches its people; nobody sees an address, and nobody is abused for spam."""

import time
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core import signing
from django.test import Client

from accounts.public_forms.spam import SALT
from hub.site.models import SiteSettings
from partners.organisations.models import Organisation
from tests.factories.accounts import UserFactory
from tests.partners.people import House, address, house, mails, text

pytestmark = pytest.mark.django_db
__all__ = ["house"]


def _write(client: Client, **changed: Any) -> Any:
    stamp = signing.dumps(int(time.time()) - 60, salt=SALT)
    sent = {"name": "Jo Peeters", "email": "jo@example.org", "message": "Shall we meet at example.com?"}
    return client.post(address("write", "house"), {**sent, "rendered": stamp, **changed})


def test_a_message_reaches_the_members_and_a_copy_the_sender(house: House, client: Client) -> None:
    page = text(client.get(address("write", "house")))
    assert "@house.example" not in page
    assert _write(client).status_code == 302
    assert _write(client).status_code == 302, "sent twice it is one"
    assert {mail.to_email for mail in mails("message")} == {"owner@house.example", "editor@house.example"}
    assert len(mails("message")) == 2
    assert {mail.context["reply_to"] for mail in mails("message")} == {"jo@example.org"}
    (copy,) = mails("message_copy")
    assert copy.to_email == "jo@example.org"
    assert copy.context["message"] == "", "nobody proved that this address wrote it"


def test_who_proved_the_address_gets_the_words_back(house: House) -> None:
    assert _write(house.editors_client, email="editor@house.example").status_code == 302
    (copy,) = mails("message_copy")
    assert "Shall we meet" in copy.context["message"]


def test_the_mailbox_comes_before_the_members(house: House, client: Client) -> None:
    Organisation.objects.update(email="mailbox@house.example")
    assert _write(client).status_code == 302
    assert [mail.to_email for mail in mails("message")] == ["mailbox@house.example"]
    assert "mailbox@house.example" not in text(client.get(address("organisation", "house")))


def test_without_members_the_centre_answers_and_without_a_centre_nobody_is_asked(house: House, client: Client) -> None:
    house.organisation.memberships.all().delete()
    SiteSettings.objects.update(contact_email="centre@example.org")
    assert address("write", "house") in text(client.get(address("organisation", "house")))
    assert _write(client).status_code == 302
    assert [mail.to_email for mail in mails("message")] == ["centre@example.org"]
    SiteSettings.objects.update(contact_email="")
    assert client.get(address("write", "house")).status_code == 404
    assert address("write", "house") not in text(client.get(address("organisation", "house")))


def test_an_address_that_is_not_proved_gets_no_messages(house: House, client: Client) -> None:
    EmailAddress.objects.filter(user=house.editor).update(verified=False)
    inactive = UserFactory.create(email="gone@house.example", is_active=False)
    house.organisation.memberships.create(user=inactive)
    assert _write(client).status_code == 302
    assert [mail.to_email for mail in mails("message")] == ["owner@house.example"]
