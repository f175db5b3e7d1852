from typing import Any

import pytest
from django.test import Client

from hub.contact.models import ContactPage
from hub.site.models import SiteSettings
from notifications.delivery.composing import compose
from notifications.delivery.rendering import render
from notifications.outbox.models import Message
from tests.factories.hub import ContactFactory, add_contact_page

pytestmark = pytest.mark.django_db

LETTER = {"name": "Visitor", "email": "visitor@example.org", "subject": "Dates", "message": "When?\n<b>Soon</b>?"}


@pytest.fixture
def page() -> ContactPage:
    SiteSettings.objects.update(contact_email="centre@example.org")
    return add_contact_page()


@pytest.fixture(autouse=True)
def _patient_visitor(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("accounts.public_forms.spam.MINIMUM_SECONDS", 0)


def _send(visitor: Client, page: ContactPage, query: str = "", **changes: Any) -> Any:
    form = visitor.get(f"{page.url}{query}").context["form"]
    hidden = {"rendered": form["rendered"].value(), "to": form["to"].value() or ""}
    return visitor.post(page.url, LETTER | hidden | changes)


def test_a_message_goes_to_the_centre_through_the_outbox(visitor: Client, page: ContactPage) -> None:
    answer = _send(visitor, page)
    assert answer.status_code == 302
    assert "Your message is on its way." in visitor.get(answer["Location"]).content.decode()
    message = Message.objects.get()
    assert (message.to_email, message.language) == ("centre@example.org", "en")
    mail = compose(message, render(message, now=message.created_at))
    assert mail.reply_to == ["visitor@example.org"] or mail.extra_headers.get("Reply-To") == "visitor@example.org"
    assert "Dates" in mail.subject
    assert "When?" in mail.body
    assert "<b>" not in str(mail.alternatives[0][0])


def test_a_message_goes_to_the_contact_somebody_came_from(visitor: Client, page: ContactPage) -> None:
    contact = ContactFactory.create(email="calls@example.org")
    _send(visitor, page, query=f"?to={contact.pk}")
    assert Message.objects.get().to_email == "calls@example.org"


def test_sending_twice_mails_once(visitor: Client, page: ContactPage) -> None:
    assert [_send(visitor, page).status_code for _time in range(2)] == [302, 302]
    assert Message.objects.count() == 1


@pytest.mark.parametrize(
    "changes", [{"email": "no address"}, {"message": ""}, {"website": "x"}, {"to": "x"}, {"name": "a\x00b"}]
)
def test_bad_input_keeps_what_was_written(visitor: Client, page: ContactPage, changes: dict[str, str]) -> None:
    answer = _send(visitor, page, **changes)
    assert answer.status_code == 200
    assert "Dates" in answer.content.decode()
    assert not Message.objects.exists()


@pytest.mark.parametrize("query", ["?to=x", "?to=99999999999999999999", "?to=-1", "?to=%00"])
def test_an_unknown_contact_in_the_address_changes_nothing(visitor: Client, page: ContactPage, query: str) -> None:
    assert visitor.get(f"{page.url}{query}").status_code == 200
    _send(visitor, page, query=query)
    assert Message.objects.get().to_email == "centre@example.org"


def test_without_a_mailbox_nothing_is_lost_silently(visitor: Client) -> None:
    answer = _send(visitor, add_contact_page())
    assert "Nobody reads messages here yet" in answer.content.decode()


def test_the_page_says_where_the_centre_is_and_who_can_be_asked(visitor: Client, page: ContactPage) -> None:
    SiteSettings.objects.update(address="Street 1\n1000 Brussels")
    one, other = ContactFactory.create(), ContactFactory.create(email="library@example.org")
    shown = visitor.get(page.url).content.decode()
    assert "Street 1<br>1000 Brussels" in shown
    assert f'<a href="{page.url}?to={one.pk}">{one.role}</a>' in shown
    assert "library@example.org" not in shown
    chosen = visitor.get(f"{page.url}?to={other.pk}").content.decode()
    assert f'<strong aria-current="true">{other.role}</strong>' in chosen
    assert f'?to={other.pk}">{other.role}' not in chosen
