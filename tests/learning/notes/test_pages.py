"""The pages of notes, their PDF, the search, and the practices that they cite."""

import io
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader
from wagtail.models import PageViewRestriction

from learning.notes.blocks import MOST_BLOCKS
from tests.factories import notes as make
from tests.factories.practices import PracticeFactory, PracticeFigureFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


def read(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status
    return answer.content.decode()


def pdf_of(client: Client, page: Any) -> PdfReader:
    answer = client.get(reverse("learning:note_pdf", args=[page.pk]))
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/pdf"
    return PdfReader(io.BytesIO(answer.content))


def words_of(file: PdfReader) -> str:
    return " ".join(" ".join(page.extract_text() for page in file.pages).split())


def test_a_note_is_read_and_listed(client: Client) -> None:
    practice = PracticeFactory.create(texts={"en": {"title": "Neighbours together"}})
    page = make.note(make.text("Costs fall."), make.citing(practice, "People stay."), against=(make.text("Slow."),))
    shown = read(client, page.url)
    for words in (page.title, page.introduction, "Costs fall.", "People stay.", "Neighbours together", "Slow."):
        assert words in shown
    assert practice.get_absolute_url() in shown
    assert '"@type": "Report"' in shown
    listed = read(client, make.notes_index().url)
    assert page.title in listed
    assert make.notes_index().url in read(client, reverse("learning:questions"))


def test_an_overview_without_notes(client: Client) -> None:
    assert "No policy notes yet" in read(client, make.notes_index().url)


def test_a_side_without_anything_is_left_out(client: Client) -> None:
    assert "What speaks against it" not in read(client, make.note(make.text("Costs fall.")).url)


def test_it_is_printed_on_two_pages_with_what_it_says(client: Client) -> None:
    cited = [
        PracticeFigureFactory.create(practice=PracticeFactory.create(), year=2025, label=f"neighbours {number}")
        for number in range(3)
    ]
    practice = PracticeFactory.create(texts={"en": {"title": "Neighbours together"}})
    argument = "What people told us about it, in the words of a paragraph of usual length. " * 4
    page = make.note(
        make.text(argument),
        *(make.citing(each, "So many take part each year, and few leave.") for each in cited),
        against=(make.text(argument), make.citing(practice, "It asks for a building that belongs to the town.")),
        recommendation="Pay one coordinator for each house. " * 12,
    )
    file = pdf_of(client, page)
    assert len(file.pages) <= 2
    words = words_of(file)
    for each in (
        page.title,
        "It works where somebody coordinates.",
        "12,500 neighbours 1 (2025)",
        "Neighbours together",
    ):
        assert each in words
    for each in (
        "What supports it",
        "What speaks against it",
        "Recommendation",
        "Municipalities that plan new housing",
    ):
        assert each in words
    root: Any = file.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en"


def test_the_file_is_in_the_language_of_the_note(client: Client) -> None:
    page = make.note(make.text("De kosten dalen."), language="nl", title="Moeten we samenleven steunen?")
    root: Any = pdf_of(client, page).trailer["/Root"]
    assert root["/Lang"] == "nl"


def test_a_draft_or_a_private_note_has_no_file(client: Client) -> None:
    draft = make.draft_note(make.text("Costs fall."))
    read(client, reverse("learning:note_pdf", args=[draft.pk]), 404)
    page = make.note(make.text("Costs fall."), title="Another?")
    PageViewRestriction.objects.create(page=page, restriction_type="login")
    read(client, reverse("learning:note_pdf", args=[page.pk]), 404)


def test_the_practice_says_where_it_is_cited(client: Client) -> None:
    practice = PracticeFactory.create()
    figure = PracticeFigureFactory.create(practice=practice)
    assert "Cited in" not in read(client, practice.get_absolute_url())
    page = make.note(make.citing(figure), make.citing(practice))
    shown = read(client, practice.get_absolute_url())
    assert "Cited in" in shown
    assert shown.count(page.title) == 1
    page.unpublish()
    assert "Cited in" not in read(client, practice.get_absolute_url())


def test_the_site_finds_it_by_what_it_says_and_calls_it_a_note(client: Client) -> None:
    make.note(make.text("Concierges matter."))
    call_command("setup", verbosity=0)
    shown = read(client, reverse("hub:search") + "?q=concierges")
    assert "Should we fund shared living?" in shown
    assert "Policy note" in shown


def _cites(number: int) -> Any:
    blocks = []
    for _each in range(number):
        practice = PracticeFactory.create()
        blocks += [make.citing(practice), make.citing(PracticeFigureFactory.create(practice=practice))]
    return make.note(*blocks, title=f"Of {number}?")


def test_a_note_that_cites_much_takes_as_many_queries(client: Client, django_assert_max_num_queries: Any) -> None:
    few, many = _cites(1), _cites(MOST_BLOCKS // 2)
    client.get(few.url)
    with django_assert_max_num_queries(100) as first:
        client.get(few.url)
    with django_assert_max_num_queries(len(first.captured_queries)):
        client.get(many.url)


def test_all_chosen_figures_can_be_searched(editor: Client) -> None:
    practice = PracticeFactory.create(texts={"en": {"title": "Neighbours together"}})
    PracticeFigureFactory.create(practice=practice)
    PracticeFigureFactory.create(practice=PracticeFactory.create(), label="trees")
    address = reverse("learning_figures:choose_results")
    assert "trees" in read(editor, address)
    found = read(editor, f"{address}?q=together")
    assert "neighbours" in found
    assert "trees" not in found
