"""axe finds nothing on any template: four languages, a desk and the smallest phone, light and dark."""

import tomllib
from fnmatch import fnmatch
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.urls import Resolver404, resolve
from django.utils.translation import override

from tests.access.test_access import LINES
from tests.browser.places import PLACES
from tests.browser.walk import Facts, Findings

UNWALKED = tomllib.loads(Path(__file__).with_name("unwalked.toml").read_text())

# One process walks, and looks at what it found.
pytestmark = [pytest.mark.browser, pytest.mark.needs("chromium", "redis"), pytest.mark.xdist_group("walk")]


def _listed(findings: list[str]) -> str:
    return "\n".join(["", *sorted(set(findings))])


def test_every_page_is_a_place_of_the_walk(facts: Facts) -> None:
    """Each address for people that answers somebody, by the table of who may open what."""
    walked = {_name_of(facts.addresses["en"][place.where or place.name]) for place in PLACES}
    answering = {line.address for line in LINES if line.method == "GET" and "ok" in line.answers}
    pages = {name for name in answering if not name.startswith("admin/")}
    patterns = [each for names in UNWALKED.values() for each in names]
    left_out = {name for name in pages for each in patterns if fnmatch(name, each)}
    assert sorted(pages - walked - left_out) == []
    assert sorted(walked & left_out) == [], "no reason is needed any more"
    assert [each for each in patterns if not any(fnmatch(name, each) for name in pages)] == [], "nothing is called so"


def _name_of(address: str) -> str:
    with override("en"):
        try:
            return resolve(urlsplit(address).path).view_name
        except Resolver404:
            return ""


def test_no_barriers(findings: Findings) -> None:
    """Every rule of axe up to WCAG 2.2 AA, contrast and target size included, and what it holds for good practice."""
    assert sorted(findings.seen) == sorted(place.name for place in PLACES), "the walk stopped half-way"
    assert not findings.barriers, _listed(findings.barriers)


def test_nothing_is_wider_than_its_window(findings: Findings) -> None:
    """No sideways scrolling at 320 px, nor with large letters; one heading of level 1, the language said rightly."""
    assert not findings.layout, _listed(findings.layout)


def test_nothing_is_refused(findings: Findings) -> None:
    """The content policy blocks nothing that we wrote, nobody else is asked for anything, no script fails."""
    assert not findings.policy, _listed(findings.policy)
