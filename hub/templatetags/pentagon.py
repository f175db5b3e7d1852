"""The societal pentagon: five sectors at five corners, drawn as inline SVG, with words and never by colour alone."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from math import cos, pi, sin
from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

register = template.Library()

# Clockwise from the top. The codes are those of the vocabulary of sectors.
SECTORS: dict[str, str | Promise] = {
    "government": _("Government"),
    "non-profit": _("Non-profit"),
    "business": _("Business"),
    "citizens": _("Citizens"),
    "academia": _("Academia"),
}
WIDTH, HEIGHT = 200, 190
CENTRE = (100.0, 100.0)
RADIUS = 90.0
RINGS = (0.33, 0.66)


@dataclass(frozen=True)
class Corner:
    """One sector where it is drawn."""

    code: str
    label: str
    x: float
    y: float
    filled: bool = False
    count: int = 0
    url: str = ""


def point(index: int, share: float = 1.0) -> tuple[float, float]:
    """Where the corner with this number lies when drawn at a share of the full radius."""
    angle = 2 * pi * index / len(SECTORS)
    x = CENTRE[0] + RADIUS * share * sin(angle)
    y = CENTRE[1] - RADIUS * share * cos(angle)
    return round(x, 1), round(y, 1)


def outline(shares: Iterable[float]) -> str:
    """The `points` of a polygon whose corners lie at these shares of the radius."""
    return " ".join("{},{}".format(*point(index, share)) for index, share in enumerate(shares))


@register.simple_tag
def pentagon_mark(sectors: Iterable[str] | None, size: str = "") -> str:
    """A small pentagon: the corners of the sectors that took part are filled and joined, the others hollow."""
    return _drawn(frozenset(sectors or ()) & set(SECTORS), size, get_language())


@lru_cache(maxsize=1_000)  # a list shows many, and there are few different ones
def _drawn(chosen: frozenset[str], size: str, _language: str | None) -> str:
    return render_to_string("components/pentagon_mark.html", mark(chosen, size))


def mark(chosen: frozenset[str], size: str = "") -> dict[str, Any]:
    """What the drawing of the small pentagon needs."""
    corners = [
        Corner(code, str(label), *point(index), filled=code in chosen)
        for index, (code, label) in enumerate(SECTORS.items())
    ]
    return {
        "title": _sentence([corner.label for corner in corners if corner.filled]),
        "frame": outline([1] * len(SECTORS)),
        "area": " ".join(f"{corner.x},{corner.y}" for corner in corners if corner.filled),
        "corners": corners,
        "size": size,
    }


@register.inclusion_tag("components/pentagon_chart.html")
def pentagon_chart(counts: Iterable[Mapping[str, Any]] | None, title: str = "") -> dict[str, Any]:
    """The large pentagon as a radar: the more organisations of a sector, the nearer the area comes to its corner."""
    rows = {row["code"]: row for row in counts or () if row.get("code") in SECTORS}
    highest = max([int(row.get("count") or 0) for row in rows.values()], default=0)
    corners = [_counted(index, code, rows.get(code, {})) for index, code in enumerate(SECTORS)]
    return {
        "title": title or gettext("Organisations per sector"),
        "frame": outline([1] * len(SECTORS)),
        "rings": [outline([share] * len(SECTORS)) for share in RINGS],
        "area": outline([_share(corner.count, highest) for corner in corners]) if highest else "",
        "corners": corners,
    }


def _counted(index: int, code: str, row: Mapping[str, Any]) -> Corner:
    count = int(row.get("count") or 0)
    label = str(row.get("label") or SECTORS[code])
    return Corner(code, label, *point(index), filled=count > 0, count=count, url=str(row.get("url") or ""))


def _share(count: int, highest: int) -> float:
    # The largest stays short of its corner, so that dot and area can be told apart.
    return 0.18 + 0.7 * count / highest


def _sentence(labels: list[str]) -> str:
    if not labels:
        return gettext("Sectors: not known")
    return gettext("Sectors: %(sectors)s") % {"sectors": ", ".join(labels)}
