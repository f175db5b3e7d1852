"""Every page that somebody signed in can open speaks the language of its address."""

from typing import Any

import pytest

from tests.access.test_access import LINES, address_of, ask, known_as
from tests.access.world import ROLES, World, build
from tests.foreign_words import foreign, proper_names
from tests.routes import routes

# What the world's makers call their pages, parts of a proposal, criteria and people, in whatever language one reads.
MADE_IN_ENGLISH = {"Calls", "Events", "Criterion", "Report", "Summary", "Partner"}
pytestmark = pytest.mark.django_db


@pytest.fixture
def world(settings: Any) -> World:
    settings.ACCOUNT_REAUTHENTICATION_TIMEOUT = 3_600
    return build()


@pytest.mark.parametrize("language", ["de", "fr", "nl"])
def test_what_members_read_is_in_their_language(world: World, language: str) -> None:
    by_name = {known_as(route): route for route in routes(language)}
    names, pages = proper_names() | MADE_IN_ENGLISH, 0
    found: dict[str, str] = {}
    for line in LINES:
        route = by_name.get(line.address)
        if line.method != "GET" or not route or not route.pattern.startswith(f"{language}/"):
            continue
        address = address_of(world, route, line.label)
        for role, expected in zip(ROLES, line.answers, strict=True):
            if expected == "ok" and role == "partner":
                answer: Any = ask(world.clients[role], "GET", address)
                if answer["Content-Type"].startswith("text/html"):
                    pages += 1
                    found |= dict.fromkeys(foreign(answer.body.decode(), names), address)
    assert pages > 100
    assert not found, "\n".join(f"{words} ({address})" for words, address in sorted(found.items()))
