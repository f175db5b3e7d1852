"""Error pages speak the house's language; the one for our own faults stands without a database."""

from typing import Any

import pytest
from django.test import Client, RequestFactory
from django.utils import translation

from hub.refusals import error_views


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
