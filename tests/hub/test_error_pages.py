"""Error pages speak the house's language; the one for our own faults stands without a database."""

import io
import logging
from collections.abc import Callable, Iterator
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import translation

from hub.refusals import error_views
from nccsi.framework.log_lines import LineFormatter
from tests.factories.accounts import UserFactory
from tests.personas import signed_in


@pytest.mark.parametrize("language", ["nl", "en"])
def test_500_needs_no_database(language: str) -> None:
    # No database mark: any query here fails the test.
    with translation.override(language):
        answer = error_views.server_error(RequestFactory().get(f"/{language}/"))
    page = answer.content.decode()
    assert answer.status_code == 500
    assert f'<html lang="{language}"' in page
    assert f'href="/{language}/"' in page
    assert "eu-emblem" in page


@pytest.mark.django_db
def test_404_offers_search_and_the_way_home(client: Client) -> None:
    answer = client.get("/en/there-is-nothing-here/")
    page = answer.content.decode()
    assert answer.status_code == 404
    assert page.count("<h1") == 1
    assert 'role="search"' in page
    assert 'href="/en/"' in page


@pytest.mark.django_db
def test_an_address_that_only_a_button_sends_to_has_a_page_for_who_opens_it() -> None:
    client = signed_in(UserFactory.create())
    with translation.override("en"):
        address = reverse("consortia:submit", args=[uuid4()])
    answer = client.get(address, headers={"accept": "text/html"})
    assert answer.status_code == 405
    assert answer["Allow"] == "POST"
    page = answer.content.decode()
    assert "nothing was lost" in page
    assert 'href="/en/my/"' in page
    assert client.get(address, headers={"accept": "application/json"}).content == b""


@pytest.mark.django_db
def test_a_form_with_too_much_text_says_what_to_do(client: Client, settings: Any) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    answer = client.post("/en/follow/mine/", {"email": "x" * 2000})
    assert answer.status_code == 413
    assert "Go back" in answer.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("view", "status"),
    [
        (error_views.forbidden, 403),
        (error_views.gone, 410),
        (error_views.too_many, 429),
        (error_views.csrf_failure, 403),
    ],
)
def test_each_error_says_its_number(rf: RequestFactory, view: object, status: int) -> None:
    assert callable(view)
    answer = view(rf.get("/en/"))
    assert answer.status_code == status
    assert str(status) in answer.content.decode()
    assert "style=" not in answer.content.decode()


FORM = "application/x-www-form-urlencoded"
TOO_LARGE = "message=" + "x" * (settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1)
TOO_MANY = "&".join(["a=b"] * (settings.DATA_UPLOAD_MAX_NUMBER_FIELDS + 1))
HEADINGS = {
    413: {
        "nl": "Dat formulier is te groot",
        "fr": "Ce formulaire est trop volumineux",
        "de": "Das Formular ist zu groß",
        "en": "That form is too large",
    },
    400: {
        "nl": "Dat is meer dan één formulier mag bevatten",
        "fr": "C’est plus que ce qu’un formulaire peut contenir",
        "de": "Das ist mehr, als ein Formular enthalten darf",
        "en": "That is more than one form may hold",
    },
}


def browser(**more: Any) -> Client:
    """A browser that has been here before."""
    client = Client(enforce_csrf_checks=True, **more)
    client.cookies[settings.CSRF_COOKIE_NAME] = "c" * 32
    return client


def _files(client: Client, path: str) -> Any:
    files = [SimpleUploadedFile(f"{number}.txt", b"x") for number in range(settings.DATA_UPLOAD_MAX_NUMBER_FILES + 1)]
    return client.post(path, {"file": files})


TOO_MUCH: dict[str, tuple[int, Callable[[Client, str], Any]]] = {
    "too large": (413, lambda client, path: client.post(path, TOO_LARGE, content_type=FORM)),
    "too many fields": (400, lambda client, path: client.post(path, TOO_MANY, content_type=FORM)),
    "too many files": (400, _files),
    "too many parameters": (400, lambda client, path: client.get(path, QUERY_STRING=TOO_MANY)),
}


@pytest.fixture
def written() -> Iterator[Callable[[], list[str]]]:
    """The lines that the portal's own handler writes meanwhile."""
    (handler,) = [one for one in logging.getLogger().handlers if isinstance(one.formatter, LineFormatter)]
    assert isinstance(handler, logging.StreamHandler)
    stream = io.StringIO()
    before = handler.setStream(stream)
    yield lambda: stream.getvalue().splitlines()
    handler.setStream(before)


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["nl", "fr", "de", "en"])
@pytest.mark.parametrize("sent", list(TOO_MUCH))
def test_who_sends_too_much_reads_what_to_do(sent: str, language: str, written: Callable[[], list[str]]) -> None:
    status, send = TOO_MUCH[sent]
    client = browser()
    answer = send(client, f"/{language}/my/details/")
    page = answer.content.decode()
    assert answer.status_code == status
    assert f'<html lang="{language}"' in page
    assert f"<h1>{HEADINGS[status][language]}</h1>" in page
    (line,) = written()
    assert " WARNING " in line
    assert "/my/details/" in line


@pytest.mark.django_db
def test_without_a_language_in_the_address_the_browser_is_asked() -> None:
    client = browser(headers={"accept-language": "fr"})
    page = client.post("/accounts/login/", TOO_LARGE, content_type=FORM).content.decode()
    assert HEADINGS[413]["fr"] in page


@pytest.mark.django_db
def test_a_damaged_form_is_told_in_the_house_style_too(written: Callable[[], list[str]]) -> None:
    client = browser()
    answer = client.post("/en/my/details/", b"nonsense", content_type="multipart/form-data; boundary=")
    assert answer.status_code == 400
    assert "We cannot read what was sent" in answer.content.decode()
    (line,) = written()
    assert " WARNING " in line
