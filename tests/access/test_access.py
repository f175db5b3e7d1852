"""Who may open what: every address of the router, asked by every role, against the table in `addresses.txt`.

An address without a line fails, and so does a line without an address. In each answer that somebody gets, nothing of
anybody else may stand: see `tests/access/world.py`.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.cookies import SimpleCookie
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.apps import apps
from django.core.cache import cache
from django.db import models, transaction
from django.http import HttpResponseBase
from django.test import Client

from tests.access.world import LANGUAGES, MARKS, ROLES, World, build
from tests.routes import Route, routes
from tests.test_architecture import APPS

pytestmark = pytest.mark.django_db
OURS = tuple(sorted(APPS))
NOT_STAFF = ("visitor", "signed_in", "partner", "other")
# Of Wagtail's and of other packages' views in the admin: only who may enter it gets anything there.
DOOR = {"visitor": "login", "other": "403"}
OPEN_IN_THE_ADMIN = {
    "admin/login/": "leads to the way in",
    "^admin/password_reset/": "leads to the way in",
    "admin/sprite/": "icons",
    "admin/jsi18n/": "words of buttons",
}


@dataclass(frozen=True)
class Line:
    """One line of the table: what each role gets."""

    address: str
    method: str
    label: str
    answers: tuple[str, ...]


def _lines() -> list[Line]:
    found = []
    for text in (Path(__file__).parent / "addresses.txt").read_text().splitlines():
        words = text.partition("#")[0].split()
        if words:
            address, method, label, *answers = words
            assert len(answers) == len(ROLES), text
            found.append(Line(address, method, label, tuple(answers)))
    return found


LINES = _lines()


def known_as(route: Route) -> str:
    """What the table calls an address: its name, or its pattern when it has none."""
    if route.pattern.startswith("admin/") or not route.name:
        return route.pattern or "/"
    return route.name


def needs_a_line(route: Route) -> bool:
    """Every address for people, and what we added to the admin."""
    return not route.pattern.startswith(("admin/", "^admin/")) or route.view_name.startswith(OURS)


@pytest.fixture
def world(settings: Any) -> World:
    # However long the walk takes, nobody is asked on the way who they are.
    settings.ACCOUNT_REAUTHENTICATION_TIMEOUT = 3_600
    return build()


@contextmanager
def taken_back() -> Iterator[None]:
    """Whatever an answer changed is as before for the next one."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def ask(client: Client, method: str, address: str) -> HttpResponseBase:
    """One request; an address that breaks is an answer, too."""
    client.raise_request_exception = False
    cookies = SimpleCookie(client.cookies)
    with taken_back():
        answer: Any = getattr(client, method.lower())(address)
        if answer.status_code == 429:  # so many from one place; not what is asked here
            cache.clear()
            answer = getattr(client, method.lower())(address)
        answer.body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    client.cookies = cookies
    return answer


def in_short(answer: HttpResponseBase) -> str:
    """As the table says it: ok, login, no (back to the admin's home), go (elsewhere), or the status."""
    if answer.status_code in {301, 302, 303, 307, 308}:
        path = urlsplit(answer["Location"]).path
        if path == "/admin/":
            return "no"  # as Wagtail refuses
        return "login" if path in {"/accounts/login/", "/admin/login/", "/accounts/password/reset/"} else "go"
    return "ok" if answer.status_code == 200 else str(answer.status_code)


def betrayed(world: World, answer: Any, *, to: str, address: str, owner_of_link: str = "") -> set[str]:
    """Whose words stand in an answer to somebody else."""
    text = (answer.body + str(answer.headers).encode()).decode(errors="replace")
    theirs = {to, owner_of_link} | ({"hidden"} if to == "partner" else set())
    return {
        f"{person}: {secret}"
        for person, secrets in world.secrets.items()
        for secret in secrets
        # Who asks for an address knows what is in it.
        if person not in theirs and secret in text and secret not in address
    }


def address_of(world: World, route: Route, label: str) -> str:
    values = world.objects[label]
    path = route.filled(lambda name: values[name])
    return f"{path}?{world.queries[label]}" if label in world.queries else path


def test_every_address_has_a_line_and_every_line_an_address() -> None:
    addresses = {known_as(route) for route in routes() if needs_a_line(route)}
    lines = {line.address for line in LINES}
    assert addresses - lines == set(), "addresses without a line in addresses.txt"
    assert lines - addresses == set(), "lines for addresses that are gone"


def _asked(world: World, language: str) -> Iterator[tuple[Line, str, str, str]]:
    """Each line with its address, a role, and what that role must get.

    In English by everybody; in the other languages by those whose answers could betray most.
    """
    by_name = {known_as(route): route for route in routes(language)}
    for line in LINES:
        # Pages were made in English; addresses without a language, or without a name to find them by, are asked once.
        route = by_name.get(line.address)
        if language != "en" and (
            not route or not route.pattern.startswith(f"{language}/") or line.label.startswith("page")
        ):
            continue
        assert route, line.address
        address = address_of(world, route, line.label)
        for role, expected in zip(ROLES, line.answers, strict=True):
            if language == "en" or role in {"visitor", "other"}:
                yield line, address, role, expected


@pytest.mark.parametrize("language", LANGUAGES)
def test_everybody_gets_what_the_table_says_and_nothing_of_others(world: World, language: str) -> None:
    wrong, seen = [], []
    for line, address, role, expected in _asked(world, language):
        answer = ask(world.clients[role], line.method, address)
        if (found := in_short(answer)) != expected:
            wrong.append(f"{line.address} {line.method} {line.label} {address}: {role} gets {found}, not {expected}")
        if role in NOT_STAFF:
            owner = "stranger" if line.label.startswith("link-") else ""
            found_there = betrayed(world, answer, to=role, address=address, owner_of_link=owner)
            seen += [f"{address} shows {role} {what}" for what in sorted(found_there)]
    assert not seen, "\n".join(seen)
    assert not wrong, "\n".join(wrong)


def _anything(route: Route) -> Callable[[str], str]:
    return lambda name: "00000000-0000-0000-0000-000000000001" if f"<uuid:{name}>" in route.pattern else "1"


def test_the_admin_is_shut_to_everybody_else(world: World) -> None:
    wrong = []
    for route in routes():
        if not route.pattern.startswith(("admin/", "^admin/")) or route.pattern in OPEN_IN_THE_ADMIN:
            continue
        address = route.filled(_anything(route))
        for role, allowed in DOOR.items():
            found = in_short(ask(world.clients[role], "GET", address))
            if found not in {allowed, "404"}:
                wrong.append(f"{route.pattern}: {role} gets {found}")
    assert not wrong, "\n".join(wrong)


def test_every_table_that_keeps_people_holds_a_trace(world: World) -> None:
    """So that a new one is not forgotten here: a table with an address or a name of somebody, or a key to a user."""
    without = {
        "hub.Contact",  # roles of the centre, shown on purpose
        "hub.SiteSettings",
        "partners.Organisation",
    }
    missing = []
    for model in (each for app in OURS for each in apps.get_app_config(app).get_models()):
        columns = [field for field in model._meta.concrete_fields if isinstance(field, models.EmailField)]
        if not columns or model._meta.label in without:
            continue
        for mark in MARKS.values():
            marked = models.Q()
            for column in columns:
                marked |= models.Q(**{f"{column.name}__contains": mark})
            if not model._default_manager.filter(marked).exists() and (model._meta.label, mark) != (
                "accounts.User",
                MARKS["stranger"],
            ):
                missing.append(f"{model._meta.label}: {mark}")
    assert not missing
