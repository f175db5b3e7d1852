"""A drawing for what has no picture: one per theme, in a pentagon whose filled corners are the sectors that took part.

The drawings stand in `static/img/illustrations.svg`, which a browser fetches once; the page only points at them.
"""

from collections.abc import Iterable
from functools import lru_cache

from django import template
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.translation import get_language

from hub.templatetags import pentagon

register = template.Library()

# The two colours of each drawing, by the code of its theme; the first is that of the ground, too.
COLOURS = {
    "": ("non-profit", "government"),
    "1": ("government", "academia"),
    "2": ("business", "citizens"),
    "3": ("citizens", "government"),
    "4": ("non-profit", "academia"),
    "5": ("government", "citizens"),
    "6": ("academia", "non-profit"),
    "7": ("government", "business"),
    "8": ("business", "academia"),
    "9": ("non-profit", "citizens"),
    "10": ("government", "non-profit"),
    "11": ("citizens", "academia"),
    "12": ("non-profit", "government"),
    "13": ("government", "academia"),
    "14": ("academia", "citizens"),
    "15": ("non-profit", "academia"),
    "16": ("citizens", "non-profit"),
    "17": ("government", "citizens"),
    "18": ("business", "citizens"),
    "19": ("citizens", "academia"),
    "20": ("non-profit", "business"),
}
# Where the pentagon lies in a drawing of 320 by 180, as the ground is drawn.
_CENTRE = (160, 94)
_RADIUS = 80


@register.simple_tag
def illustration(theme: str | None, sectors: Iterable[str] | None = None, says: str = "") -> str:
    """The drawing of this theme. With `says="sectors"` it tells which took part; else it is decoration."""
    code = theme if theme in COLOURS else ""
    return _drawn(code or "", frozenset(sectors or ()) & set(pentagon.SECTORS), says == "sectors", get_language())


@lru_cache(maxsize=1_000)  # a list shows many, and there are few different ones
def _drawn(theme: str, sectors: frozenset[str], says_sectors: bool, _language: str | None) -> str:
    hue, spark = COLOURS[theme]
    drawn = pentagon.mark(sectors)
    corners = [_corner(index, corner) for index, corner in enumerate(drawn["corners"])]
    return render_to_string(
        "components/illustration.html",
        {
            "title": drawn["title"] if says_sectors else "",
            "drawings": static("img/illustrations.svg"),
            "name": f"theme-{theme}" if theme else "theme",
            "hue": hue,
            "spark": spark,
            "corners": corners,
        },
    )


def _corner(index: int, corner: pentagon.Corner) -> dict[str, object]:
    x, y = pentagon.point(index)
    scale = _RADIUS / pentagon.RADIUS
    return {
        "code": corner.code,
        "filled": corner.filled,
        "x": round(_CENTRE[0] + (x - pentagon.CENTRE[0]) * scale, 1),
        "y": round(_CENTRE[1] + (y - pentagon.CENTRE[1]) * scale, 1),
    }
