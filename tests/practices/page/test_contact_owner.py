"""A question reaches a mailbox that nobody sees."""

import time
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.test import Client

from hub.site.models import SiteSettings
from notifications.delivery.composing import compose
from notifications.delivery.rendering import render
from notifications.outbox.models import Message
from practices.page.forms import QuestionForm
from practices.practice.mailbox import mailbox
from practices.practice.models.practice import Practice
from tests.factories.practices import PracticeFactory

pytestmark = pytest.mark.django_db
URL = "/en/practices/shared/ask/"
MAILBOX = "mailbox@example.org"


@pytest.fixture
def practice() -> Practice:
    return PracticeFactory.create(slug="shared", contact_email=MAILBOX, texts={"en": {"title": "Shared homes"}})


@pytest.fixture
def sent() -> Iterator[dict[str, str]]:
    """What a person sends some seconds after the page was shown."""
    stamp = str(QuestionForm()["rendered"].value())
    with time_machine.travel(time.time() + 30):
        yield {
            "name": "A visitor",
            "email": "visitor@example.org",
            "organisation": "",
            "question": "What does it cost?\n<b>Really</b>",
            "rendered": stamp,
        }


def test_one_question_is_one_message_however_often_it_is_sent(
    visitor: Client, practice: Practice, sent: dict[str, str]
) -> None:
    for _time in range(3):
        response = visitor.post(URL, sent)
        assert response.status_code == 302
    assert visitor.get(response["Location"]).status_code == 200
    message = Message.objects.get(kind="practices/question")
    assert message.to_email == MAILBOX
    rendered = render(message, now=message.created_at)
    mail = compose(message, rendered)
    assert mail.reply_to == ["visitor@example.org"]
    assert "Shared homes" in mail.subject
    assert "\n" not in mail.subject
    assert "What does it cost?" in rendered.text
    assert "<b>Really" in rendered.text
    assert "&lt;b&gt;Really" in rendered.html


def test_the_address_is_never_shown(visitor: Client, practice: Practice, sent: dict[str, str]) -> None:
    pages = [visitor.get(url) for url in ("/en/practices/", "/en/practices/shared/", URL, f"{URL}sent/")]
    pages.append(visitor.post(URL, sent | {"email": "no"}))
    assert all(MAILBOX not in page.content.decode() for page in pages)


@pytest.mark.parametrize(
    "wrong",
    [{"email": "no"}, {"name": ""}, {"name": "A\r\nBcc: all@example.org"}, {"website": "https://spam.example.org"}],
)
def test_an_error_loses_nothing(
    visitor: Client, practice: Practice, sent: dict[str, str], wrong: dict[str, str]
) -> None:
    response = visitor.post(URL, sent | wrong)
    page = response.content.decode()
    assert response.status_code == 422
    assert "What does it cost?" in page
    assert 'role="alert"' in page
    assert not Message.objects.exists()


def test_without_a_mailbox_there_is_no_form(visitor: Client) -> None:
    SiteSettings.objects.update(contact_email="")
    practice: Any = PracticeFactory.create(slug="shared")
    assert mailbox(practice) == ""
    assert visitor.get(URL).status_code == 404
    assert "Ask a question" not in visitor.get("/en/practices/shared/").content.decode()
    SiteSettings.objects.update(contact_email="centre@example.org")
    assert mailbox(practice) == "centre@example.org"
    assert "Ask a question" in visitor.get("/en/practices/shared/").content.decode()
