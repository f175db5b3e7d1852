"""How the portal writes dates, plain text and data."""

import json
from datetime import UTC, date, datetime

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from hub.dates.words import day, moment
from hub.languages.european import EUROPEAN
from hub.languages.names import language_name
from hub.pages.structured_data import json_ld
from hub.templatetags.portal import paragraphs, parse_moment

LAST_MINUTE = datetime(2027, 10, 14, 21, 59, tzinfo=UTC)


@pytest.mark.parametrize(
    ("language", "month"), [("nl", "oktober"), ("fr", "octobre"), ("de", "Oktober"), ("en", "October")]
)
def test_dates_are_written_out_in_brussels_time(language: str, month: str) -> None:
    with override(language):
        assert month in day(LAST_MINUTE)
        assert month in moment(LAST_MINUTE)
        assert "23:59" in moment(LAST_MINUTE)
        assert "Br" in moment(LAST_MINUTE)


def test_dates_in_english() -> None:
    with override("en"):
        assert day(LAST_MINUTE) == "Thursday 14 October 2027"
        assert day(date(2027, 1, 1)) == "Friday 1 January 2027"
        assert moment(LAST_MINUTE) == "Thursday 14 October 2027, 23:59 (Brussels)"


@pytest.mark.parametrize("nothing", [None, ""])
def test_nothing_stays_nothing(nothing: None) -> None:
    assert day(nothing) == moment(nothing) == paragraphs(nothing) == language_name(nothing) == ""


def test_moments_come_back_from_plain_data() -> None:
    assert parse_moment(LAST_MINUTE.isoformat()) == LAST_MINUTE
    assert parse_moment("no date") is None
    assert parse_moment(None) is None


def test_names_of_languages() -> None:
    with override("en"):
        assert [language_name(code) for code in ("nl", "fi", "xx")] == ["Dutch", "Finnish", "xx"]


def test_most_languages_of_the_union_write_names_of_languages_small() -> None:
    named = {"es": "inglés", "fr": "anglais", "lt": "anglų", "el": "αγγλικά", "de": "Englisch", "nl": "Engels"}
    for reader, name in named.items():
        with override(reader):
            assert language_name("en") == name
    assert [code for code, each in EUROPEAN.items() if each.capitals] == ["de", "en", "ga", "mt", "nl"]


def test_plain_text_becomes_paragraphs_and_lists() -> None:
    assert paragraphs("One\ntwo\n\nThree\n- a\n- b") == "<p>One<br>two</p><p>Three</p><ul><li>a</li><li>b</li></ul>"


@given(st.text())
def test_plain_text_never_becomes_markup(text: str) -> None:
    written = str(paragraphs(text))
    for tag in ("<p>", "</p>", "<br>", "<ul>", "</ul>", "<li>", "</li>"):
        written = written.replace(tag, "")
    assert "<" not in written
    assert ">" not in written


@given(st.text())
def test_data_stays_inside_its_element(text: str) -> None:
    written = json_ld("Thing", name=text or "x")
    inside = written.removeprefix('<script type="application/ld+json">').removesuffix("</script>")
    assert "<" not in inside
    assert json.loads(inside)["name"] == (text or "x")
