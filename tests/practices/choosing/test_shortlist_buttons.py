"""The buttons that keep a practice, on pages that are kept whole and shown to everyone."""

from typing import Any

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.test import Client

from hub.content_memory import content_version
from nccsi.caching.page_cache import shelf
from practices.practice.models.practice import Practice
from tests.practices.choosing.shortlists import CLEAR, KEEP, LIBRARY, LIST, REMOVE, kept, three_practices


@pytest.fixture
def practices(db: Any) -> list[Practice]:
    return three_practices()


@pytest.mark.usefixtures("practices")
class TestFormsWithoutToken:
    """Pages for everyone hold no token; what the browser says of where a form comes from stands in for it."""

    @pytest.fixture
    def strict(self) -> Client:
        return Client(enforce_csrf_checks=True)

    @pytest.mark.parametrize(
        "headers",
        [{"sec-fetch-site": "same-origin"}, {"origin": "http://testserver"}, {"origin": settings.SITE_URL}],
    )
    def test_sent_from_here_it_is_done_at_once(self, strict: Client, headers: dict[str, str]) -> None:
        assert strict.post(KEEP, {"practice": "one"}, headers=headers).status_code == 302
        assert kept(strict) == ["one"]

    @pytest.mark.parametrize(
        "headers",
        [
            {},
            {"origin": "null"},
            {"origin": "https://evil.example.org"},
            {"sec-fetch-site": "cross-site", "origin": "http://testserver"},
            {"sec-fetch-site": "same-site"},
            {"sec-fetch-site": "none"},
        ],
    )
    def test_from_elsewhere_it_is_asked_with_a_token(self, strict: Client, headers: dict[str, str]) -> None:
        for address in (KEEP, REMOVE):
            page = strict.post(address, {"practice": "one"}, headers=headers)
            assert page.status_code == 200
            assert b"csrfmiddlewaretoken" in page.content
        assert kept(strict) == []

    def test_the_token_of_that_page_does_it(self, strict: Client) -> None:
        page = strict.post(KEEP, {"practice": "one", "next": LIBRARY})
        token = page.cookies[settings.CSRF_COOKIE_NAME].value
        answer = strict.post(KEEP, {"practice": "one", "next": LIBRARY, "csrfmiddlewaretoken": token})
        assert answer.status_code == 302
        assert kept(strict) == ["one"]

    def test_emptying_needs_a_token(self, strict: Client) -> None:
        strict.post(KEEP, {"practice": "one"}, headers={"sec-fetch-site": "same-origin"})
        assert strict.post(CLEAR, headers={"sec-fetch-site": "same-origin"}).status_code == 403
        assert kept(strict) == ["one"]


@pytest.mark.usefixtures("practices")
class TestPagesForEveryone:
    @pytest.fixture(autouse=True)
    def _remembering(self, monkeypatch: pytest.MonkeyPatch) -> Any:
        monkeypatch.setattr(content_version, "applies", lambda: True)
        monkeypatch.setattr(content_version, "_memory", content_version._Memory())
        shelf.clear()
        yield
        shelf.clear()

    @pytest.mark.parametrize(
        "path", [LIBRARY, f"{LIBRARY}?theme=19", f"{LIBRARY}one/", f"{LIBRARY}compare/?practice=one"]
    )
    def test_they_are_kept_with_their_buttons_and_without_a_token(self, path: str) -> None:
        first = Client().get(path)
        assert "public" in first["Cache-Control"]
        assert b"csrfmiddlewaretoken" not in first.content
        assert len(shelf) == 1
        assert b"Shortlist (" not in first.content

    def test_who_keeps_something_sees_their_own_and_leaves_none_behind(self) -> None:
        client = Client()
        client.post(KEEP, {"practice": "one"})
        assert b"Your shortlist (1)" in client.get(LIBRARY).content
        assert len(shelf) == 0
        assert b"Your shortlist (" not in Client().get(LIBRARY).content

    def test_with_nothing_left_the_session_goes_too(self) -> None:
        client = Client()
        client.post(KEEP, {"practice": "one"})
        client.get(LIST)  # shows the message
        own = Session.objects.filter(pk=client.session.session_key)
        assert own.exists()
        client.post(REMOVE, {"practice": "one"})
        client.get(LIST)
        assert not own.exists()
        # The browser is told to forget them; the test client sends on what is left of them.
        assert {name for name, cookie in client.cookies.items() if cookie["max-age"] == 0} == {
            settings.SESSION_COOKIE_NAME,
            "messages",
        }
