import time
from collections.abc import Callable

import pytest
import time_machine
from django import forms
from django.http import HttpRequest, QueryDict
from django.test import RequestFactory
from pytest_django import Settings

from accounts.public_forms import spam, throttling


class Letter(spam.GuardedForm):
    name = forms.CharField(required=False)
    text = forms.CharField()


def sent(**changes: str) -> Letter:
    data = QueryDict(mutable=True)
    data.update({"text": "Hello", "rendered": Letter()["rendered"].value(), **changes})
    return Letter(data)


def test_a_person_who_takes_some_seconds_gets_through() -> None:
    form = sent()
    with time_machine.travel(time.time() + spam.MINIMUM_SECONDS + 1):
        assert form.is_valid()


def test_too_quick_is_told_and_the_same_page_can_be_sent_again() -> None:
    form = sent()
    assert not form.is_valid()
    assert form.non_field_errors()
    with time_machine.travel(time.time() + spam.MINIMUM_SECONDS + 1):
        assert Letter(form.data).is_valid()


@pytest.mark.parametrize("name", ["Win: http://spam.example.org", "WWW.spam.example.org", "Me\r\nBcc: all@example.org"])
def test_a_name_is_one_line_without_a_web_address(name: str) -> None:
    form = sent(name=name, text=f"In a text it is fine: {name}")
    with time_machine.travel(time.time() + 60):
        assert not form.is_valid()
    assert set(form.errors) == {"name"}


def test_a_filled_trap_is_refused() -> None:
    form = sent(website="https://example.org")
    with time_machine.travel(time.time() + 60):
        assert not form.is_valid()


@pytest.mark.parametrize("stamp", ["", "forged", "1:2:3"])
def test_a_broken_stamp_is_replaced_so_that_a_second_try_works(stamp: str) -> None:
    form = sent(rendered=stamp)
    assert not form.is_valid()
    assert form.data["text"] == "Hello"
    with time_machine.travel(time.time() + spam.MINIMUM_SECONDS + 1):
        assert Letter(form.data).is_valid()


def test_the_limit_counts_per_key_and_window() -> None:
    with time_machine.travel(1_800_000_000, tick=False) as clock:
        assert [throttling.allow("test", "a@example.org", limit=2, per=60) for _ in range(3)] == [True, True, False]
        assert not throttling.allow("test", " A@Example.org ", limit=2, per=60)
        assert throttling.allow("test", "b@example.org", limit=2, per=60)
        clock.shift(60)
        assert throttling.allow("test", "a@example.org", limit=2, per=60)


def test_a_network_has_a_limit_too() -> None:
    answers = [
        throttling.allow_visitor(
            RequestFactory().get("/", REMOTE_ADDR=f"198.51.100.{host}"), "test-network", limit=1, per=3600
        )
        for host in range(7)
    ]
    assert answers == [True] * 5 + [False] * 2


def test_a_forged_proxy_header_is_not_believed(settings: Settings) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 0
    request = RequestFactory().get("/", REMOTE_ADDR="192.0.2.7", headers={"x-forwarded-for": "203.0.113.9"})
    assert throttling.client_address(request) == "192.0.2.7"
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    assert throttling.client_address(request) == "203.0.113.9"


@pytest.mark.parametrize("counted", [throttling.client_source, throttling.client_line, throttling.client_network])
def test_an_ipv4_address_is_the_same_visitor_in_either_spelling(counted: Callable[[HttpRequest], str]) -> None:
    """A server that listens for both writes it as IPv6: all of IPv4 would be one network there."""
    plain, mapped, other = (
        counted(RequestFactory().get("/", REMOTE_ADDR=address))
        for address in ("192.0.2.7", "::ffff:192.0.2.7", "::ffff:198.51.100.7")
    )
    assert mapped == plain
    assert mapped != other
