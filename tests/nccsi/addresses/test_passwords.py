"""Passwords of protected pages and documents: they are not guessed without end, and their addresses tell nothing."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from wagtail.models import BaseViewRestriction, Collection, CollectionViewRestriction, Page, PageViewRestriction

from accounts.public_forms.throttling import GUESSES_FROM_NETWORK, GUESSES_OF_ONE
from tests.factories.hub import add_page, home

pytestmark = pytest.mark.django_db
PASSWORD = "open, sesame"


@pytest.fixture(autouse=True)
def _fresh_limits() -> None:
    cache.clear()


def protected_page() -> tuple[str, Page, PageViewRestriction]:
    page = add_page(home(), slug="locked", title="Locked")
    restriction = PageViewRestriction.objects.create(
        page=page, restriction_type=BaseViewRestriction.PASSWORD, password=PASSWORD
    )
    return address(restriction, page), page, restriction


def address(restriction: PageViewRestriction, page: Page) -> str:
    return reverse("wagtailcore_authenticate_with_password", args=[restriction.pk, page.pk])


def of_a_page() -> str:
    return protected_page()[0]


def of_documents() -> str:
    collection = Collection.get_first_root_node().add_child(name="Locked")
    restriction = CollectionViewRestriction.objects.create(
        collection=collection, restriction_type=BaseViewRestriction.PASSWORD, password=PASSWORD
    )
    return reverse("wagtaildocs_authenticate_with_password", args=[restriction.pk])


both = pytest.mark.parametrize("protect", [of_a_page, of_documents])


def guess(place: str, password: str, *, at: str = "198.51.100.7") -> Any:
    return Client(REMOTE_ADDR=at).post(place, {"password": password, "return_url": "/en/"})


@both
def test_guessing_stops_and_then_the_right_password_is_not_told_either(protect: Callable[[], str]) -> None:
    place = protect()
    answers = [guess(place, f"wrong {number}").status_code for number in range(GUESSES_OF_ONE)]
    assert answers == [200] * 20
    refused = guess(place, PASSWORD)
    assert refused.status_code == 429
    assert "errors/429.html" in [template.name for template in refused.templates]
    assert Client(REMOTE_ADDR="198.51.100.7").get(place).status_code == 200, "the question itself is free"
    assert guess(place, PASSWORD, at="203.0.113.9").status_code == 302, "others are not locked out"


@both
def test_a_change_of_address_within_a_network_does_not_help_for_long(protect: Callable[[], str]) -> None:
    place = protect()
    for number in range(GUESSES_FROM_NETWORK):
        assert guess(place, f"wrong {number}", at=f"198.51.100.{number}").status_code == 200
    assert guess(place, PASSWORD, at="198.51.100.200").status_code == 429


@both
def test_a_class_behind_one_address_that_was_told_the_password_comes_in(protect: Callable[[], str]) -> None:
    place = protect()
    assert {guess(place, PASSWORD).status_code for _each in range(30)} == {302}


def test_guesses_at_one_page_do_not_close_another() -> None:
    place = of_a_page()
    other = PageViewRestriction.objects.create(
        page=add_page(home(), slug="other", title="Other"),
        restriction_type=BaseViewRestriction.PASSWORD,
        password=PASSWORD,
    )
    for number in range(GUESSES_OF_ONE + 1):
        guess(place, f"wrong {number}")
    assert guess(address(other, other.page), PASSWORD).status_code == 302


def test_the_question_is_asked_for_pages_below_the_protected_one_alone() -> None:
    _place, page, restriction = protected_page()
    below = add_page(page, slug="below", title="Below")
    draft = add_page(page, slug="draft", title="Draft")
    draft.unpublish()
    beside = add_page(home(), slug="beside", title="Beside")
    asked = {
        name: (Client().get(address(restriction, each)).status_code, guess(address(restriction, each), "x").status_code)
        for name, each in (("itself", page), ("below", below), ("draft", draft), ("beside", beside), ("home", home()))
    }
    assert asked == {
        "itself": (200, 200),
        "below": (200, 200),
        "draft": (404, 404),
        "beside": (404, 404),
        "home": (404, 404),
    }
    for number in (10**6, 10**30):
        assert Client().get(address(restriction, page).replace(f"/{page.pk}/", f"/{number}/")).status_code == 404


def test_where_an_account_is_asked_for_there_is_no_password_to_type() -> None:
    page = add_page(home(), slug="members", title="Members")
    of_members = PageViewRestriction.objects.create(page=page, restriction_type=BaseViewRestriction.LOGIN)
    collection = Collection.get_first_root_node().add_child(name="Members")
    of_files = CollectionViewRestriction.objects.create(
        collection=collection, restriction_type=BaseViewRestriction.LOGIN
    )
    assert Client().get(address(of_members, page)).status_code == 404
    assert Client().get(reverse("wagtaildocs_authenticate_with_password", args=[of_files.pk])).status_code == 404
