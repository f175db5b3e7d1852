"""Every page that we added to the admin says in its title what it is: tabs and screen readers have no more."""

import re
from typing import Any

import pytest

from tests.access.test_access import LINES, OURS, address_of, ask, known_as
from tests.access.world import World, build
from tests.routes import routes

pytestmark = pytest.mark.django_db
_TITLE = re.compile(r"<title>(.*?)</title>", re.DOTALL)


@pytest.fixture
def world() -> World:
    return build()


def test_every_page_of_ours_in_the_admin_has_a_title(world: World) -> None:
    by_name = {known_as(route): route for route in routes() if route.pattern.startswith("admin/")}
    ours = {name for name, route in by_name.items() if route.view_name.startswith(OURS)}
    client = world.clients["administrator"]
    looked, nameless = 0, []
    for line in LINES:
        if line.address not in ours or line.method != "GET" or line.answers[-1] != "ok":
            continue
        address = address_of(world, by_name[line.address], line.label)
        answer: Any = ask(client, "GET", address)
        found = _TITLE.search(answer.body.decode(errors="replace"))
        if found is None:
            continue  # a file, or a part of a page
        looked += 1
        if not found[1].rpartition(" - ")[0].strip():
            nameless.append(address)
    assert looked > 30
    assert nameless == []
