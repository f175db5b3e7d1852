"""The list of practices as a file: what it holds, that nothing in it runs, and that it costs little at any length."""

from io import BytesIO
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook
from tablib import Dataset

from hub.sheets.cells import guarded, unguarded
from hub.sheets.planning import UNCHANGED
from hub.sheets.uploads import ROW_NUMBER
from practices.import_export.resource import PracticeResource
from practices.practice.models.practice import Practice
from practices.sheets import columns, templates
from tests.factories import reuse
from tests.factories.mainstreaming import hook
from tests.factories.partners import OrganisationFactory
from tests.factories.practices import PracticeFactory, PracticeSourceFactory
from tests.practices.sheets.spreadsheets import LIST, body, exported, member

pytestmark = pytest.mark.django_db
KINDS = ["csv", "xlsx", "json"]
FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", '=HYPERLINK("https://example.org")', "'=1"]


def described() -> Practice:
    practice = PracticeFactory.create(
        slug="buurthuis",
        original_language="nl",
        stage="5",
        theme=["19", "3"],
        country=["BE"],
        since=2015,
        owner=OrganisationFactory.create(slug="habitat", name="Habitat"),
        contact_email="desk@example.org",
        texts={"nl": {"title": "Buurthuis", "what": "Één\nTwee"}, "fr": {"title": "Maison de quartier"}},
    )
    PracticeSourceFactory.create(practice=practice, title="Report", url="https://example.org/report")
    PracticeSourceFactory.create(practice=practice, title="Second report", url="https://example.org/second")
    return practice


@pytest.mark.parametrize("kind", KINDS)
def test_each_format_holds_all_of_a_practice(editor: Client, kind: str) -> None:
    described()
    (row,) = exported(editor, kind)
    assert row["slug"] == "buurthuis"
    assert (row["original_language"], row["kind"], row["stage"]) == ("nl", "good-practice", "5")
    assert row["theme"] == "3|19"
    assert str(row["since"]) == "2015"
    assert (row["owner"], row["contact_email"], row["status"]) == ("habitat", "desk@example.org", "published")
    assert (row["title_nl"], row["title_fr"]) == ("Buurthuis", "Maison de quartier")
    assert row["what_nl"] == "Één\nTwee"
    assert not row["title_de"]
    assert row["sources"] == "Report https://example.org/report\nSecond report https://example.org/second"


@pytest.mark.parametrize("kind", KINDS)
def test_it_tells_what_became_of_a_practice_and_reads_nothing_of_it(editor: Client, kind: str) -> None:
    practice = described()
    reuse.many(practice, 2)
    reuse.many(practice, 1, outcome="stopped", why_stopped="The grant ended.")
    hook("eu", title="The fund", practices=[practice])
    hook("region", title="The decree", status="idea", on="2019-01-01", practices=[practice])
    (row,) = exported(editor, kind)
    told = [int(row[f"reuse_{code}"]) for code in ("total", "works", "part", "stopped", "failed", "early")]
    assert told == [3, 2, 0, 1, 0, 0]
    assert row["policy_hooks"] == "The fund (eu, in-force) | The decree (region, idea)"
    assert not set(columns.TOLD) & set(templates.header())
    row |= {"reuse_works": "9", "policy_hooks": "Nothing"}
    resource = PracticeResource(with_contact=True)
    cells = Dataset([str(row[name] or "") for name in row] + ["2"], headers=[*row, ROW_NUMBER])
    resource.import_data(cells, dry_run=True)
    assert [(planned.state, planned.changes) for planned in resource.planned] == [(UNCHANGED, [])]


def test_the_file_holds_what_the_list_shows_in_its_order(editor: Client) -> None:
    for slug, theme, title in (("b", "19", "Beta"), ("a", "19", "Alpha"), ("c", "3", "Gamma")):
        PracticeFactory.create(slug=slug, theme=[theme], texts={"en": {"title": title}})
    theme = str(Practice.objects.get(slug="a").terms.get().pk)
    by_title = {"theme": theme, "ordering": "listed_title"}
    assert [row["slug"] for row in exported(editor, **by_title)] == ["a", "b"]
    assert [row["slug"] for row in exported(editor, q="gamma")] == ["c"]
    shown = editor.get(reverse(LIST), by_title).context["object_list"]
    assert [practice.slug for practice in shown] == ["a", "b"]


def test_what_waits_to_be_published_is_what_the_file_holds(editor: Client) -> None:
    practice = described()
    practice.texts.get(language="nl")
    draft = Practice.objects.get(pk=practice.pk)
    text = draft.texts.all()[0]
    text.title = "Not yet"
    draft.texts = [text]
    draft.terms = []
    draft.save_revision()
    (row,) = exported(editor)
    assert (row[f"title_{text.language}"], row["theme"]) == ("Not yet", "")
    assert (row["owner"], row["status"]) == ("habitat", "published-changes-waiting")


def test_words_in_a_language_that_the_portal_lacks_are_not_lost(editor: Client) -> None:
    PracticeFactory.create(original_language="fi", texts={"fi": {"title": "Naapurit"}})
    assert exported(editor, "json")[0]["title_fi"] == "Naapurit"


def test_the_mailbox_is_for_those_who_may_change_practices() -> None:
    described()
    assert "contact_email" not in exported(member("view_practice"))[0]
    assert "contact_email" in exported(member("change_practice"))[0]
    assert member().get(reverse(LIST), {"export": "csv"}).status_code in {302, 403}


@pytest.mark.parametrize("words", FORMULAS)
def test_no_cell_runs_as_a_formula(editor: Client, words: str) -> None:
    PracticeFactory.create(place=words, texts={"en": {"title": words}})
    for kind in ("csv", "xlsx"):
        (row,) = exported(editor, kind)
        assert {row["place"][0], row["title_en"][0]} == {"'"}
    assert exported(editor, "json")[0]["title_en"] == words
    content = body(editor.get(reverse(LIST), {"export": "xlsx"}))
    cells = [cell for line in load_workbook(BytesIO(content)).worksheets[0] for cell in line]
    assert not [cell for cell in cells if cell.data_type == "f"]


@given(st.text(st.sampled_from("=+-@'\t\r\n a|;,\"é"), max_size=12) | st.text(max_size=40))
def test_a_guarded_text_starts_no_formula_and_comes_back_as_it_was(text: str) -> None:
    cell = guarded(text)
    assert not cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n"))
    assert unguarded(cell) == text


def test_letters_that_xlsx_cannot_hold_do_not_stop_it(editor: Client) -> None:
    PracticeFactory.create(texts={"en": {"what": "a\x0bb"}})
    assert exported(editor, "xlsx")[0]["what_en"] == "a�b"


def test_a_text_that_excel_would_cut_is_named_instead(editor: Client) -> None:
    PracticeFactory.create(slug="endless", texts={"en": {"what": "a" * 33_000}})
    answer = editor.get(reverse(LIST), {"export": "xlsx"}, follow=True)
    assert "“endless” has a text that is too long for XLSX" in answer.content.decode()
    assert len(exported(editor, "csv")[0]["what_en"]) == 33_000


def fill(number: int) -> None:
    for _number in range(number):
        practice = PracticeFactory.create(theme=["19", "3"], texts={"en": {}, "nl": {}})
    practice.save_revision()


def test_a_longer_file_costs_no_more_queries(editor: Client) -> None:
    counts: dict[str, list[int]] = {kind: [] for kind in KINDS}
    for more in (1, 2, 497):
        fill(more)
        for kind in KINDS:
            with CaptureQueriesContext(connection) as queries:
                assert exported(editor, kind)
            counts[kind].append(len(queries))
    for one, three, many in counts.values():
        assert one == three == many
        assert many <= 25


def test_an_empty_list_makes_an_empty_file(editor: Client) -> None:
    kinds: list[Any] = [exported(editor, kind) for kind in KINDS]
    assert kinds == [[], [], []]
