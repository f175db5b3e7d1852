import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor

import pytest
import time_machine
from django import forms
from django.core.cache import cache
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


def guesses(scope: str, *passwords: str) -> list[bool]:
    request = RequestFactory().post("/", REMOTE_ADDR="198.51.100.7")
    return [throttling.allow_guess(request, scope, guess=password) for password in passwords]


def in_the_midst(monkeypatch: pytest.MonkeyPatch, act: Callable[[], object], *, of: str) -> None:
    """Do something right before or after the counter of the next guess goes up."""
    count = cache.incr

    def incr(name: str) -> int:
        monkeypatch.undo()
        if of == "before":
            act()
        number = count(name)
        if of == "after":
            act()
        return number

    monkeypatch.setattr(cache, "incr", incr)


@pytest.mark.parametrize("moment", ["before", "after"])
def test_a_copy_sent_while_a_guess_is_being_counted_is_no_more_allowed_than_the_guess(
    monkeypatch: pytest.MonkeyPatch, moment: str
) -> None:
    cache.clear()
    assert all(guesses("copies", *(f"wrong {number}" for number in range(throttling.GUESSES_OF_ONE))))
    copy: list[bool] = []
    in_the_midst(monkeypatch, lambda: copy.extend(guesses("copies", "one too many")), of=moment)
    assert guesses("copies", "one too many") == [False]
    assert copy == [False]
    assert guesses("copies", "one too many", "wrong 3") == [False, True]


@pytest.mark.parametrize("moment", ["before", "after"])
def test_a_class_that_types_the_last_guess_at_once_uses_up_one(monkeypatch: pytest.MonkeyPatch, moment: str) -> None:
    cache.clear()
    assert all(guesses("class", *(f"wrong {number}" for number in range(throttling.GUESSES_OF_ONE - 1))))
    with ThreadPoolExecutor(8) as others:
        answers: list[Future[list[bool]]] = []
        in_the_midst(
            monkeypatch,
            lambda: answers.extend(others.submit(guesses, "class", "the right one") for _each in range(8)),
            of=moment,
        )
        assert guesses("class", "the right one") == [True]
        assert [each.result() for each in answers] == [[True]] * 8
    assert guesses("class", "one more", "the right one") == [False, True]


def test_a_guess_whose_counting_was_broken_off_is_counted_by_its_copies(monkeypatch: pytest.MonkeyPatch) -> None:
    cache.clear()

    def fail(_name: str) -> int:
        raise ConnectionError

    monkeypatch.setattr(cache, "incr", fail)
    assert guesses("broken", "the right one") == [True], "a cache that does not answer lets people through"
    monkeypatch.undo()
    assert guesses("broken", "the right one") == [True]
    assert all(guesses("broken", *(f"wrong {number}" for number in range(throttling.GUESSES_OF_ONE - 1))))
    assert guesses("broken", "one too many", "the right one") == [False, True]
