"""Each figure of the board is that of the list behind it, and what a draft does not share finds it nowhere."""

import re
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone, translation

from calls.chain.models import Call
from consortia.board import gaps
from consortia.board.stages import STAGES
from consortia.consortium.models import Consortium
from tests.consortia.board.boards import at, consortium, many, open_call, owned, queries, sign
from tests.consortia.partnering import text
from tests.consortia.test_board import interested
from tests.factories.partners import OrganisationFactory, term

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def english(editor: Client) -> None:
    editor.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"


@pytest.fixture
def call() -> Call:
    """Drafts: one that shows its names, one that hides itself, one given up; one declared; three interests."""
    found = open_call(title="Together")
    flemish = OrganisationFactory.create(
        name="Antwerp", country=term("country", "BE"), region=term("region", "BE21"), sector=term("sector", "academia")
    )
    french, hidden = OrganisationFactory.create(name="Lille", country=term("country", "FR")), owned("Secret")[0]
    outside = OrganisationFactory.create(name="Outside", status="hidden", country=term("country", "PT"))
    consortium(found, "Shown", flemish, french, outside, tracks=("training",), shown_to_centre="names")
    consortium(found, "Hidden", hidden, french, tracks=("financing",))
    consortium(found, "Gone", flemish, tracks=("financing",), status="given_up", shown_to_centre="all")
    declared = consortium(found, "Declared", french, tracks=("regional",), status="declared")
    sign(declared, french)
    for number, each in enumerate((flemish, french, None)):
        interested(found, f"{number}@example.org", "training", organisation=each, sector=term("sector", "citizens"))
    consortium(open_call(title="Another call"), "Elsewhere", flemish, tracks=("training",), shown_to_centre="all")
    return found


def shown(editor: Client, url: str) -> list[str]:
    """The first cells of a list of consortia."""
    page = text(editor.get(url))
    return re.findall(r'<td class="title"><a href="[^"]*">([^<]*)</a>', page)


def _number(editor: Client, figure: gaps.Figure) -> int:
    answer: Any = editor.get(figure.url)
    assert answer.status_code == 200
    if figure.code == "interests":
        return int(answer.context["paginator"].count)
    return int(answer.context["page_obj"].paginator.count)


def test_the_row_goes_from_interests_to_proposals(editor: Client, call: Call) -> None:
    figures = gaps.figures(call)
    assert [(each.code, each.number) for each in figures] == [
        ("interests", 3),
        ("drafts", 2),
        ("declared", 1),
        ("recommended", 0),
        ("submitted", 0),
    ]
    page = unescape(text(editor.get(at("board", call.pk))))
    for each in figures:
        assert each.url in page
        assert _number(editor, each) == each.number, each


def test_every_figure_of_the_coverage_is_that_of_its_list(editor: Client, call: Call) -> None:
    asked = [
        figure for covered in gaps.gaps(call) for _term, figures in covered.rows for figure in figures if figure.number
    ]
    assert len(asked) >= 12
    assert {each.code for each in asked} == {"interests", "drafts", "declared"}
    for each in asked:
        assert _number(editor, each) == each.number, each


def test_what_nobody_takes_is_told_for_each_stage(editor: Client, call: Call) -> None:
    with translation.override("en"):
        tracks, sectors, places = gaps.gaps(call)
        training, financing, regional = (str(term("track", code)) for code in ("training", "financing", "regional"))
    missing = {gap.stage: gap.missing for gap in tracks.gaps}
    assert training not in missing["Drafts"]
    assert training in missing["Declared"]
    assert regional in missing["Drafts"]
    assert regional not in missing["Declared"]
    assert financing in missing["Drafts"], "what a draft hides, or one that was given up had, counts nowhere"
    assert "Academia" not in {gap.stage: gap.missing for gap in sectors.gaps}["Drafts"]
    labels = [label for label, _figures in places.rows]
    with translation.override("en"):
        antwerp, france, portugal = (
            str(term(*code)) for code in (("region", "BE21"), ("country", "FR"), ("country", "PT"))
        )
    assert antwerp not in {gap.stage: gap.missing for gap in places.gaps}["Drafts"]
    assert france in labels
    assert portugal not in labels, "what is not in the directory does not count"


@pytest.mark.parametrize(
    ("asked", "names"),
    [
        ({}, ["Declared", "Shown", "A draft that is not shared"]),
        ({"stage": "drafts"}, ["Shown", "A draft that is not shared"]),
        ({"stage": "nonsense"}, ["Declared", "Shown", "A draft that is not shared"]),
        ({"q": "hidden"}, []),
        ({"q": "secret"}, []),
        ({"q": "lille"}, ["Declared", "Shown"]),
        ({"q": "shown"}, ["Shown"]),
        ({"unsigned": "on"}, ["Shown"]),
    ],
)
def test_the_list_is_narrowed_by_what_is_shared(
    editor: Client, call: Call, asked: dict[str, str], names: list[str]
) -> None:
    assert shown(editor, at("consortia", call.pk, **asked)) == names


def test_facets_find_the_province_and_the_country(editor: Client, call: Call) -> None:
    for facet, code, names in (
        ("place", ("region", "BE21"), ["Shown"]),
        ("place", ("country", "FR"), ["Declared", "Shown"]),
        ("sector", ("sector", "academia"), ["Shown"]),
        ("track", ("track", "financing"), []),
    ):
        url = at("consortia", call.pk, **{facet: term(*code).pk})
        assert shown(editor, url) == names, code
        assert "1 draft does not share its organisations" in text(editor.get(url))


def test_a_file_has_what_the_list_has(editor: Client, call: Call) -> None:
    answer: Any = editor.get(at("consortia", call.pk, stage="drafts", export="csv"))
    lines = b"".join(answer.streaming_content).decode().splitlines()
    assert len(lines) == 3
    assert "Shown,draft,Antwerp,3,0," in lines[1]
    assert lines[2] == "(not shared),draft,,2,,,,,,"
    assert editor.get(at("consortia", call.pk, export="xlsx")).status_code == 200


def test_one_and_many_cost_the_same(editor: Client, call: Call) -> None:
    urls = [at("board", call.pk), at("consortia", call.pk), at("consortia", call.pk, stage="drafts", q="many")]
    list(many(call, 3))
    few = [queries(lambda url=url: editor.get(url)) for url in urls]
    list(many(call, 40))
    assert [queries(lambda url=url: editor.get(url)) for url in urls] == few
    assert len(shown(editor, urls[1])) == 46


def test_drafts_stay_on_the_board_once_the_call_is_over(editor: Client, call: Call) -> None:
    call.deadlines.update(due_at=timezone.now())
    assert STAGES["drafts"].rows(call).count() == 2
    assert Consortium.objects.filter(call=call).count() == 4
