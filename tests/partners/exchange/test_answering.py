"""An answer reaches the members, no address is shown, and the sender gets a copy."""

import time
from typing import Any

import pytest
from django.core import signing
from django.test import Client
from django.utils import timezone

from accounts.public_forms.spam import SALT
from partners.exchange.models import Notice
from tests.factories.exchange import NoticeFactory
from tests.partners.exchange.test_list import at
from tests.partners.people import House, house, mails, text

pytestmark = pytest.mark.django_db
__all__ = ["house"]


@pytest.fixture
def notice(house: House) -> Notice:
    return NoticeFactory.create(organisation=house.organisation, title="A hall")


def _answer(client: Client, notice: Notice, **changed: Any) -> Any:
    stamp = signing.dumps(int(time.time()) - 60, salt=SALT)
    sent = {"name": "Jo Peeters", "email": "jo@example.org", "message": "We would like the hall."}
    return client.post(at("answer", notice.pk), {**sent, "rendered": stamp, **changed})


def test_it_reaches_the_members_and_a_copy_the_sender(notice: Notice, client: Client) -> None:
    for name in ("notice", "answer"):
        assert "@house.example" not in text(client.get(at(name, notice.pk)))
    for _time in range(2):
        assert _answer(client, notice).status_code == 302, "sent twice it is one"
    assert sorted(mail.to_email for mail in mails("answer")) == ["editor@house.example", "owner@house.example"]
    assert {mail.context["reply_to"] for mail in mails("answer")} == {"jo@example.org"}
    (copy,) = mails("answer_copy")
    assert (copy.to_email, copy.context["message"]) == ("jo@example.org", "")
    assert "on its way" in text(client.get(at("answered", notice.pk)))


def test_the_members_come_before_the_mailbox(notice: Notice, house: House) -> None:
    house.organisation.email = "box@house.example"
    house.organisation.save()
    _answer(house.editors_client, notice, email="editor@house.example")
    assert "box@house.example" not in {mail.to_email for mail in mails("answer")}
    assert mails("answer_copy")[0].context["message"] == "We would like the hall."
    house.organisation.memberships.all().delete()
    _answer(Client(), notice)
    assert "box@house.example" in {mail.to_email for mail in mails("answer")}


def test_what_is_withdrawn_takes_no_answer(notice: Notice, client: Client) -> None:
    Notice.objects.update(withdrawn_at=timezone.now())
    assert _answer(client, notice).status_code == 410
    assert not mails("answer")


def test_a_robot_is_asked(notice: Notice, client: Client) -> None:
    assert _answer(client, notice, rendered="").status_code == 422
    assert not mails("answer")
