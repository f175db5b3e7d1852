"""The pentagon says in words what it shows, keeps its geometry, and carries nothing inline."""

import re

import pytest
from django.template import Context, Template
from django.utils import translation

from hub.templatetags.pentagon import HEIGHT, SECTORS, WIDTH, outline, point
from nccsi.framework.stylesheets import joined


def _drawn(source: str, **context: object) -> str:
    return Template("{% load pentagon %}" + source).render(Context(context))


def test_corners_start_at_the_top_and_go_clockwise() -> None:
    assert point(0) == (100.0, 10.0)
    xs = [point(index)[0] for index in range(5)]
    assert xs[1] > xs[2] > 100 > xs[3] > xs[4]
    assert len(outline([1, 0.5, 0, 0.2, 1]).split()) == 5


def test_mark_names_the_sectors_and_fills_their_corners() -> None:
    with translation.override("en"):
        drawn = _drawn("{% pentagon_mark sectors %}", sectors=["government", "citizens", "unheard-of"])
    assert "<title>Sectors: Government, Citizens</title>" in drawn
    assert drawn.count("is-filled") == 2
    assert drawn.count("<circle") == 5


@pytest.mark.parametrize("sectors", [None, [], ["unheard-of"]])
def test_mark_without_sectors_says_so(sectors: list[str] | None) -> None:
    with translation.override("en"):
        drawn = _drawn("{% pentagon_mark sectors %}", sectors=sectors)
    assert "<title>Sectors: not known</title>" in drawn
    assert "is-filled" not in drawn


def test_chart_links_each_corner_and_shows_its_number() -> None:
    counts = [{"code": code, "label": code, "count": place, "url": f"/x/{code}/"} for place, code in enumerate(SECTORS)]
    drawn = _drawn("{% pentagon_chart counts %}", counts=counts)
    assert re.findall(r'<a href="(/x/[a-z-]+/)"', drawn) == [f"/x/{code}/" for code in SECTORS]
    assert drawn.count("is-empty") == 1


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("nl", ["1 organisatie", "12 organisaties"]),
        ("fr", ["1 organisation", "12 organisations"]),
        ("de", ["1 Organisation", "12 Organisationen"]),
        ("en", ["1 organisation", "12 organisations"]),
    ],
)
def test_chart_says_what_its_numbers_count(language: str, said: list[str]) -> None:
    counts = [{"code": "business", "count": 1}, {"code": "citizens", "count": 12}]
    with translation.override(language):
        drawn = _drawn("{% pentagon_chart counts %}", counts=counts)
    shown = re.findall(r'pentagon-chart__count">([^<]*)<', drawn)
    assert shown[2:4] == said


def test_chart_without_numbers_still_stands() -> None:
    drawn = _drawn("{% pentagon_chart counts %}", counts=[])
    assert "pentagon__area" not in drawn
    assert drawn.count("pentagon-chart__dot") == 5


def test_labels_are_escaped_and_nothing_is_inline() -> None:
    counts = [{"code": "business", "label": "<script>", "count": 1, "url": '"><b>'}]
    drawn = _drawn("{% pentagon_chart counts %}{% pentagon_mark sectors %}", counts=counts, sectors=["business"])
    assert "<script" not in drawn
    assert "<b>" not in drawn
    assert "style=" not in drawn


def test_stylesheet_puts_the_labels_where_the_corners_are() -> None:
    placed = re.findall(
        r"li\.pentagon--([a-z-]+) \{ inset-block-start: ([\d.]+)%; inset-inline-start: ([\d.]+)%; \}", joined()
    )
    assert [code for code, _top, _start in placed] == list(SECTORS)
    for index, (_code, top, start) in enumerate(placed):
        x, y = point(index)
        assert float(start) == pytest.approx(100 * x / WIDTH, abs=0.1)
        assert float(top) == pytest.approx(100 * y / HEIGHT, abs=0.1)
