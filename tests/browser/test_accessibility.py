"""axe finds nothing on any template: four languages, a desk and the smallest phone, light and dark."""

import pytest

from tests.browser.places import PLACES
from tests.browser.walk import Findings

# One process walks, and looks at what it found.
pytestmark = [pytest.mark.browser, pytest.mark.needs("chromium", "redis"), pytest.mark.xdist_group("walk")]


def _listed(findings: list[str]) -> str:
    return "\n".join(["", *sorted(set(findings))])


def test_no_barriers(findings: Findings) -> None:
    """Every rule of axe up to WCAG 2.2 AA, contrast and target size included."""
    assert sorted(findings.seen) == sorted(place.name for place in PLACES), "the walk stopped half-way"
    assert not findings.barriers, _listed(findings.barriers)


def test_nothing_is_wider_than_its_window(findings: Findings) -> None:
    """No sideways scrolling at 320 px, one heading of level 1, the language said rightly."""
    assert not findings.layout, _listed(findings.layout)


def test_nothing_is_refused(findings: Findings) -> None:
    """The content policy blocks nothing that we wrote, nobody else is asked for anything, no script fails."""
    assert not findings.policy, _listed(findings.policy)
