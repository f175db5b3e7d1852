"""The stylesheet is one file in layers, and its colours keep the contrast that they promise, light and dark."""

import gzip
import re
from pathlib import Path

import pytest

from hub.templatetags.tile_map import STEPS
from nccsi.framework.stylesheets import NAME, SiteStylesheetFinder, joined, sources

LIGHT, DARK = (
    dict(re.findall(r"--([a-z0-9-]+): (#[0-9a-f]{6});", part))
    for part in (sources()[2].read_text(encoding="utf-8").split("@media (prefers-color-scheme: dark)"))
)
SECTORS = ("government", "non-profit", "business", "citizens", "academia")
TEXT = [
    *((text, ground) for text in ("ink", "muted", "primary", "link", "link-strong") for ground in ("paper", "card")),
    *((text, "sunken") for text in ("ink", "muted", "link")),
    ("on-primary", "primary"),
    ("on-primary", "primary-strong"),
    *(("ink", f"{tone}-soft") for tone in ("primary", "success", "warning", "error")),
    *((f"{tone}-ink", f"{tone}-soft") for tone in ("accent", "success", "warning", "error")),
    *((f"{tone}-ink", ground) for tone in ("accent", "error") for ground in ("paper", "card")),
    ("primary-strong", "primary-soft"),
    *((text, "night") for text in ("night-ink", "night-muted", "night-link")),
]
GRAPHICS = [(name, ground) for name in ("accent", "control", *SECTORS) for ground in ("paper", "card")]


def _luminance(colour: str) -> float:
    parts = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("scheme", [LIGHT, {**LIGHT, **DARK}], ids=["light", "dark"])
@pytest.mark.parametrize(
    ("front", "ground", "least"), [*((*pair, 4.5) for pair in TEXT), *((*pair, 3.0) for pair in GRAPHICS)]
)
def test_contrast(scheme: dict[str, str], front: str, ground: str, least: float) -> None:
    assert contrast(scheme[front], scheme[ground]) >= least


def mixed(front: str, ground: str, share: float) -> str:
    """A colour that lets some of its ground through."""
    pairs = ((int(front[place : place + 2], 16), int(ground[place : place + 2], 16)) for place in (1, 3, 5))
    return "#" + "".join(f"{round(one * share + other * (1 - share)):02x}" for one, other in pairs)


@pytest.mark.parametrize("scheme", [LIGHT, {**LIGHT, **DARK}], ids=["light", "dark"])
def test_what_stands_in_a_tile_can_be_read_on_every_shade(scheme: dict[str, str]) -> None:
    css = joined()
    [first] = re.findall(r"\.tile-map__tile rect \{[^}]*fill-opacity: ([\d.]+)", css)
    shades = [float(first), *map(float, re.findall(r"\.tile-map__tile \.is-\d \{\s*fill-opacity: ([\d.]+)", css))]
    assert len(shades) == STEPS
    assert shades == sorted(set(shades))
    assert ".tile-map__tile :is(.is-4, .is-5) ~ text" in css
    for ground in ("paper", "card"):
        for text, shade in zip(["ink"] * 3 + ["on-primary"] * 2, shades, strict=True):
            assert contrast(scheme[text], mixed(scheme["primary"], scheme[ground], shade)) >= 4.5


def test_every_rule_lives_in_a_layer() -> None:
    for path in sources():
        if path.name in {"layers.css", "fonts.css"}:
            continue
        outside = re.sub(r"/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
        depth, top = 0, ""
        for sign in outside:
            depth += sign == "{"
            top += sign if depth == 0 else ""
            depth -= sign == "}"
        assert depth == 0, path.name
        assert re.fullmatch(r"(\s*@layer [a-z]+ \}?\s*)+", top), path.name


def test_no_variable_is_used_that_nobody_sets() -> None:
    text = joined()
    used = set(re.findall(r"var\((--[a-z0-9-]+)\)", text))
    assert used <= set(re.findall(r"(--[a-z0-9-]+):", text))


def test_it_asks_nothing_of_other_hosts_and_stays_small() -> None:
    assert "//" not in joined().replace("http://www.w3.org", "")
    assert len(gzip.compress(joined().encode())) < 16_000


def test_finder_gives_the_one_file() -> None:
    finder = SiteStylesheetFinder()
    assert finder.find("css/other.css") == []
    assert Path(finder.find(NAME)).read_text(encoding="utf-8") == joined()
    assert [name for name, _storage in finder.list(None)] == [NAME]
