"""A form that outlived its session comes back with everything typed and goes out again."""

import re
from html import unescape
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import translation

from accounts.colleagues import inviting
from accounts.users.models import User
from notifications.outbox.models import Message
from tests.accounts.routes import addresses
from tests.factories.accounts import PASSWORD, UserFactory
from tests.factories.events import EventFactory
from tests.personas import BACKEND, show_second_factor

pytestmark = pytest.mark.django_db
HERE = {"origin": "http://testserver"}
WORDS = 'Élodie said: "<b>two</b> & three"\r\nand more'


@pytest.fixture(autouse=True)
def _fresh_limits() -> None:
    cache.clear()


class _Fields(HTMLParser):
    """The form of the page that sends everything again."""

    def __init__(self) -> None:
        super().__init__()
        self.sent: list[tuple[str, str]] = []
        self.action = ""
        self._inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        facts = dict(attrs)
        if tag == "form":
            self._inside = "kept" in (facts.get("class") or "")
            self.action = (facts.get("action") or "") if self._inside else self.action
        elif tag == "input" and self._inside:
            self.sent.append((facts["name"] or "", facts.get("value") or ""))


def fields_of(page: str) -> tuple[str, dict[str, list[str]]]:
    parser = _Fields()
    parser.feed(page)
    found: dict[str, list[str]] = {}
    for name, value in parser.sent:
        found.setdefault(name, []).append(value)
    return parser.action, found


def browser(user: User | None = None) -> Client:
    client = Client(enforce_csrf_checks=True, headers=HERE | {"accept-language": "en"})
    if user:
        client.force_login(user, backend=BACKEND)
        show_second_factor(client, user)
    return client


def send(client: Client, address: str, answers: Any, **more: Any) -> Any:
    return client.post(address, {**answers, "csrfmiddlewaretoken": "old" * 10 + "ab" * 17}, **more)


def test_a_form_typed_before_signing_in_elsewhere_is_sent_by_one_press(partner_user: User) -> None:
    client = browser()
    assert client.get("/accounts/login/").status_code == 200
    client.force_login(partner_user, backend=BACKEND)
    answers = {"first_name": "Élodie", "last_name": "d’Ours", "language": "fr"}
    page = send(client, "/en/my/details/?from=here", answers)
    assert page.status_code == 403
    body = page.content.decode()
    assert "Nothing is lost" in body
    # What a person recognises, not the codes of choices.
    typed = re.findall(r"<li>([^<]*)</li>", body.split("What you typed")[1].split("</ul>")[0])
    assert [unescape(each) for each in typed] == ["Élodie", "d’Ours"]
    action, fields = fields_of(body)
    assert action == "/en/my/details/?from=here"
    assert client.post(action, fields).status_code == 302
    partner_user.refresh_from_db()
    assert (partner_user.first_name, partner_user.last_name, partner_user.language) == ("Élodie", "d’Ours", "fr")


@pytest.mark.parametrize("signed_in", [False, True])
def test_every_form_of_the_router_keeps_what_was_typed(administrator_user: User, signed_in: bool) -> None:
    client = browser(administrator_user if signed_in else None)
    lost, sent = [], 0
    with translation.override("en"):
        views = {view: address for address, view in addresses(["en"])}
    for view, address in views.items():
        if getattr(view, "csrf_exempt", False):
            continue
        answer = send(client, address, {"text": WORDS, "tracks": ["a b", "c d"]})
        if answer.status_code != 403:
            lost.append(address)
            continue
        action, fields = fields_of(answer.content.decode())
        sent += 1
        if fields.get("text") != [WORDS] or fields.get("tracks") != ["a b", "c d"] or action != address:
            lost.append(address)
    assert lost == []
    assert sent > 100


def test_a_password_does_not_come_back_but_is_asked_for_once_more() -> None:
    user = UserFactory.create()
    client = browser()
    body = send(client, "/accounts/login/", {"login": user.email, "password": PASSWORD}).content.decode()
    assert PASSWORD not in body
    assert user.email in body
    action, fields = fields_of(body)
    assert fields["password"] == [""]
    assert client.post(action, fields | {"password": [PASSWORD]}).status_code == 302
    assert "_auth_user_id" in client.session


@pytest.mark.parametrize("name", ["password1", "oldpassword", "new_PASSWORD", "passwd", "secret"])
def test_nothing_that_is_called_a_password_comes_back(name: str) -> None:
    body = send(browser(), "/accounts/signup/", {name: "hidden words", "email": "a@example.org"}).content.decode()
    assert "hidden words" not in body


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://elsewhere.example"},
        {"origin": "null"},
        {"sec-fetch-site": "cross-site", "origin": "http://testserver"},
        {"sec-fetch-site": "same-site"},
        {"referer": "https://elsewhere.example/testserver"},
        {},
    ],
)
def test_what_another_site_sends_does_not_come_back(headers: dict[str, str]) -> None:
    client = Client(enforce_csrf_checks=True, headers=headers)
    answer = send(client, "/accounts/login/", {"login": "words of another site"})
    assert answer.status_code == 403
    assert "words of another site" not in answer.content.decode()


def test_an_old_browser_that_names_the_page_it_came_from_keeps_its_words() -> None:
    client = Client(enforce_csrf_checks=True, headers={"referer": "http://testserver/accounts/login/"})
    assert "a@example.org" in send(client, "/accounts/login/", {"login": "a@example.org"}).content.decode()


def test_words_come_back_as_words_and_not_as_markup() -> None:
    bad = '"><script>alert(1)</script>'
    body = send(browser(), f"/accounts/login/?next={bad}", {"login": bad, bad: "text"}).content.decode()
    assert "<script>alert" not in body
    assert fields_of(body)[1]["login"] == [bad]


def test_files_are_named_because_they_cannot_come_back(partner_user: User) -> None:
    file = SimpleUploadedFile("plan <1>.pdf", b"%PDF-1.4 secret")
    body = send(browser(partner_user), "/en/my/details/", {"first_name": "Words", "file": file}).content.decode()
    assert "plan &lt;1&gt;.pdf" in body
    assert 'enctype="multipart/form-data"' in body
    assert "%PDF" not in body


def test_more_than_a_form_may_hold_does_not_come_back() -> None:
    body = "login=" + "x" * (settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1)
    answer = browser().post("/accounts/login/", body, content_type="application/x-www-form-urlencoded")
    assert answer.status_code == 413
    assert len(answer.content) < 100_000


def test_a_session_that_ended_loses_no_words_either(partner_user: User) -> None:
    client = browser()
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', client.get("/accounts/login/").content.decode())
    assert token
    answers = {"first_name": "Changed", "last_name": "Words", "language": "en", "csrfmiddlewaretoken": token.group(1)}
    page = client.post("/en/my/details/", answers)
    assert page.status_code == 403
    action, fields = fields_of(page.content.decode())
    assert fields["first_name"] == ["Changed"]
    client.force_login(partner_user, backend=BACKEND)
    assert client.post(action, fields).status_code == 302
    partner_user.refresh_from_db()
    assert partner_user.first_name == "Changed"


def test_what_is_done_and_leads_to_sign_in_is_not_sent_again() -> None:
    user = UserFactory.create(verified=False)
    inviting.invite(user)
    link = next(word for word in Message.objects.get().context["text"].split() if "://" in word)
    answers = {"language": "en", "password": "chosen behind the link"}
    assert Client(headers=HERE).post(urlsplit(link).path, answers).status_code == 302
    user.refresh_from_db()
    assert user.check_password("chosen behind the link")


def test_a_sign_up_for_an_event_survives(partner_user: User) -> None:
    event = EventFactory.create()
    client = browser(partner_user)
    answers = {"name": "Élodie", "email": "somebody@example.org", "access_needs": WORDS}
    page = send(client, f"/en/events/{event.uid}/sign-up/", answers)
    assert fields_of(page.content.decode())[1]["access_needs"] == [WORDS]


@pytest.mark.parametrize("language", [code for code, _name in settings.LANGUAGES])
def test_the_page_speaks_the_language_of_the_address(language: str) -> None:
    page = send(browser(), f"/{language}/_util/login/", {"text": "words typed"}).content.decode()
    assert f'<html lang="{language}"' in page
    assert "words typed" in page
