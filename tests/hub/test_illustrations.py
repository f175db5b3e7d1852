"""The drawings that stand for what has no picture."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.template import Context, Template
from django.utils import translation

from hub.templatetags.illustrations import COLOURS
from hub.templatetags.pentagon import SECTORS

SPRITE = (Path(settings.BASE_DIR) / "static/img/illustrations.svg").read_text()
MOST_BYTES = 1_200


def _drawn(theme: str, sectors: list[str], says: str = "") -> str:
    drawn = Template("{% load illustrations %}{% illustration theme sectors says %}")
    with translation.override("en"):
        return drawn.render(Context({"theme": theme, "sectors": sectors, "says": says}))


def _filled(drawn: str) -> list[str]:
    return re.findall(r"pentagon--([-a-z]+) is-filled", drawn)


@pytest.mark.parametrize("theme", sorted(COLOURS))
def test_every_theme_has_a_drawing_of_its_own_that_stays_small(theme: str) -> None:
    drawn = _drawn(theme, [*SECTORS])
    name = f"theme-{theme}" if theme else "theme"
    assert f"#{name}" in drawn
    assert f'<symbol id="{name}"' in SPRITE
    assert len(drawn.encode()) < MOST_BYTES


def test_the_corners_tell_which_sectors_took_part() -> None:
    assert _filled(_drawn("19", ["citizens", "government", "unheard-of"])) == ["government", "citizens"]
    assert _filled(_drawn("19", [])) == []


def test_an_unknown_theme_is_drawn_as_none() -> None:
    assert _drawn("unheard-of", []) == _drawn("", [])


def test_it_is_decoration_unless_it_says_the_sectors() -> None:
    assert 'aria-hidden="true"' in _drawn("1", ["business"])
    assert "<title>" not in _drawn("1", ["business"])
    says = _drawn("1", ["business"], "sectors")
    assert 'role="img"' in says
    assert "aria-hidden" not in says
    assert "<title>Sectors: Business</title>" in says


def test_themes_of_the_vocabulary_are_drawn() -> None:
    vocabulary = (Path(settings.BASE_DIR) / "hub/vocabularies/theme.toml").read_text()
    assert sorted(re.findall(r'^code = "(\w+)"', vocabulary, re.MULTILINE)) == sorted(set(COLOURS) - {""})
