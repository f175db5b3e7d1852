"""The rows of an import: each thing that is wrong is said where it is, and only what a row says is changed."""

from typing import Any

import pytest
from django.test import Client

from practices.practice.models.practice import Practice
from tests.factories.partners import OrganisationFactory
from tests.factories.practices import PracticeFactory, PracticeSourceFactory, term
from tests.practices.sheets.spreadsheets import body, confirmed, csv_file, looked_at, row, rows_of, states

pytestmark = pytest.mark.django_db
THREE_BAD = [
    row("good"),
    row("a", theme="houzing"),
    row("b", title_en=""),
    row("c", since="99", website="ftp://x.org"),
]


def reasons(page: Any) -> dict[str, str]:
    """Columns and words of all that is wrong."""
    return {column: words for each in page.context["plan"].rows for column, words in each.reasons}


def test_three_bad_rows_are_named_and_nothing_goes_without_a_decision(editor: Client) -> None:
    page = looked_at(editor, csv_file(THREE_BAD))
    assert states(page) == ["new", "refused", "refused", "refused"]
    said = reasons(page)
    assert said["theme"].startswith("“houzing” is not a code of theme. Did you mean 19 (")
    assert said["title_en"] == "It is missing, and there are words in this language."
    assert said["since"] == "Write the year in four figures, for example 2015."
    assert said["website"] == "The address must start with https:// or http://."
    undecided = confirmed(editor, page)
    assert "Some rows are refused." in undecided.content.decode()
    assert not Practice.objects.exists()
    assert confirmed(editor, undecided, leave_out="on").context["upload"].refused == 3
    assert Practice.objects.get().slug == "good"


def test_the_refused_rows_come_back_with_their_reasons_to_be_corrected(editor: Client) -> None:
    page = looked_at(editor, csv_file(THREE_BAD))
    content = body(editor.get(f"{page.request['PATH_INFO']}refused.csv"))
    refused = rows_of("csv", content)
    assert [(each["row"], each["slug"]) for each in refused] == [("3", "a"), ("4", "b"), ("5", "c")]
    assert refused[0]["why_refused"].startswith("theme: “houzing”")
    corrected = [{**each, "theme": "19", "title_en": "T", "since": "1999", "website": ""} for each in refused]
    assert states(looked_at(editor, csv_file(corrected))) == ["new"] * 3


@pytest.mark.parametrize(
    ("wrong", "column", "words"),
    [
        ({"slug": ""}, "slug", "The slug is missing: the end of the address, for example shared-homes."),
        ({"slug": "Not a slug"}, "slug", "slug"),
        ({"slug": "compare"}, "slug", "The portal uses this word itself."),
        ({"kind": ""}, "kind", "The kind is missing."),
        ({"kind": "methd"}, "kind", "Did you mean method ("),
        ({"country": "BE|Belgiqe"}, "country", "Did you mean BE ("),
        ({"original_language": "es"}, "original_language", "Write one of these: nl, fr, de, en."),
        ({"original_language": "fr"}, "title_fr", "The title in the original language is missing."),
        ({"summary_en": ""}, "summary_en", "It is missing"),
        ({"title_nl": "Alleen een titel"}, "summary_nl", "It is missing"),
        ({"title_en": "a" * 161}, "title_en", "at most 160"),
        ({"owner": "habitatt"}, "owner", "Did you mean habitat (Habitat)?"),
        ({"contact_email": "nobody"}, "contact_email", "valid e-mail"),
        ({"website": "https://"}, "website", "valid URL"),
        ({"checked_on": "31/31/2020"}, "checked_on", "is not a date"),
        ({"checked_on": "2999-01-01"}, "checked_on", "still to come"),
        ({"since": "3000"}, "since", "four figures"),
        ({"sources": "Report"}, "sources", "is not a title with an address behind it"),
        ({"sources": "Report ftp://example.org/"}, "sources", "must start with https:// or http://"),
    ],
)
def test_each_thing_that_is_wrong_is_said_where_it_is(
    editor: Client, wrong: dict[str, str], column: str, words: str
) -> None:
    OrganisationFactory.create(slug="habitat", name="Habitat")
    page = looked_at(editor, csv_file([row(**wrong) if "slug" not in wrong else {**row(), **wrong}]))
    assert states(page) == ["refused"]
    assert words in reasons(page)[column]


def test_two_rows_of_one_practice_are_both_refused(editor: Client) -> None:
    page = looked_at(editor, csv_file([row("a"), row("a", place="Gent"), row("b")]))
    assert states(page) == ["refused", "refused", "new"]
    assert reasons(page)["slug"] == "Another row has the same slug."


def test_what_was_wrong_before_does_not_stop_another_change(editor: Client) -> None:
    PracticeFactory.create(slug="old", website="http://old.example.org/", texts={"en": {"summary": ""}})
    assert states(looked_at(editor, csv_file([{"slug": "old", "place": "Gent"}]))) == ["changed"]
    assert states(looked_at(editor, csv_file([{"slug": "old", "website": "ftp://new.example.org/"}]))) == ["refused"]


def test_only_the_columns_of_the_file_are_touched_and_an_empty_cell_empties(editor: Client) -> None:
    texts = {"en": {"title": "Neighbours"}, "nl": {"title": "Buren"}}
    practice = PracticeFactory.create(
        slug="old", theme=["19"], place="Gent", contact_email="a@example.org", texts=texts
    )
    PracticeSourceFactory.create(practice=practice)
    emptied = {f"{part}_nl": "" for part in ("title", "summary", "what", "results", "needs", "steps")}
    page = looked_at(editor, csv_file([{"slug": "old", "place": "", **emptied}]))
    confirmed(editor, page, publish="on")
    practice = Practice.objects.get()
    assert (practice.place, practice.contact_email) == ("", "a@example.org")
    assert [(text.language, text.title) for text in practice.texts.all()] == [("en", "Neighbours")]
    assert practice.terms.get() == term("theme", "19")
    assert practice.sources.count() == 1


@pytest.mark.parametrize(
    ("written", "year"),
    [
        ("12/05/2015", 2015),
        ("2015-05-12", 2015),
        ("12.05.2015", 2015),
        ("05/2015", 2015),
        ("2015-05-12 09:30:00", 2015),
        ("42136", 2015),
        ("42136.5", 2015),
    ],
)
def test_of_a_whole_date_the_year_is_taken_and_said(editor: Client, written: str, year: int) -> None:
    page = looked_at(editor, csv_file([row(since=written)]))
    assert states(page) == ["new"]
    assert page.context["plan"].rows[0].thing.since == year
    assert f"Row 2: of the date “{written}” the year {year} was taken." in page.content.decode()
    confirmed(editor, page)
    assert Practice.objects.get().get_latest_revision_as_object().since == year


def test_a_plain_year_is_not_said(editor: Client) -> None:
    assert looked_at(editor, csv_file([row(since="2015")])).context["plan"].notes == []


def test_sites_without_a_certificate_are_taken(editor: Client) -> None:
    given = row(website="http://example.org/", sources="Report http://example.org/report")
    page = looked_at(editor, csv_file([given]))
    assert states(page) == ["new"]
    practice = page.context["plan"].rows[0].thing
    assert (practice.website, practice.sources.all()[0].url) == ("http://example.org/", "http://example.org/report")


def test_a_day_as_excel_counts_it(editor: Client) -> None:
    page = looked_at(editor, csv_file([row(checked_on="42136")]))
    assert page.context["plan"].rows[0].thing.checked_on.isoformat() == "2015-05-12"


def test_what_was_left_out_above_is_said_on_the_page(editor: Client) -> None:
    content = b"sep=;\r\nOur practices;;\r\n" + csv_file([row()], delimiter=";")
    page = looked_at(editor, content)
    assert states(page) == ["new"]
    assert "Row 1 stands above the names of the columns and was left out: “Our practices”." in page.content.decode()


class TestRenamed:
    """A sheet from before a practice got another slug."""

    def test_its_row_changes_the_practice_and_leaves_the_new_slug(self, editor: Client) -> None:
        practice = PracticeFactory.create(slug="old", place="Gent", texts={"en": {"title": "Old"}})
        Practice.objects.filter(pk=practice.pk).update(slug="new")
        page = looked_at(editor, csv_file([{"slug": "old", "place": "Luik"}]))
        assert states(page) == ["changed"]
        assert "the practice “old” is called “new” by now" in page.content.decode()
        assert [change.column for each in page.context["plan"].rows for change in each.changes] == ["place"]
        confirmed(editor, page)
        assert Practice.objects.count() == 1
        newest = Practice.objects.get().get_latest_revision_as_object()
        assert (newest.slug, newest.place) == ("new", "Luik")

    def test_who_has_the_slug_now_comes_first(self, editor: Client) -> None:
        earlier = PracticeFactory.create(slug="shared", place="Gent")
        Practice.objects.filter(pk=earlier.pk).update(slug="new")
        present = PracticeFactory.create(slug="shared", place="Gent")
        page = looked_at(editor, csv_file([{"slug": "shared", "place": "Luik"}]))
        assert [each.thing.pk for each in page.context["plan"].rows] == [present.pk]
        assert "by now" not in page.content.decode()

    def test_then_a_draft_that_gives_it_and_then_who_gave_it_up_last(self, editor: Client) -> None:
        first, second = PracticeFactory.create(slug="first"), PracticeFactory.create(slug="second")
        for practice in (first, second):
            Practice.objects.filter(pk=practice.pk).update(slug="shared")
            Practice.objects.filter(pk=practice.pk).update(slug=f"now-{practice.pk}")
        file = csv_file([{"slug": "shared", "place": "Luik"}])
        assert [each.thing.pk for each in looked_at(editor, file).context["plan"].rows] == [second.pk]
        draft = Practice.objects.get(pk=first.pk)
        draft.slug = "shared"
        draft.save_revision()
        assert [each.thing.pk for each in looked_at(editor, file).context["plan"].rows] == [first.pk]

    def test_a_draft_keeps_the_slug_that_it_gives(self, editor: Client) -> None:
        practice = PracticeFactory.create(slug="old", place="Gent")
        Practice.objects.filter(pk=practice.pk).update(slug="new")
        draft = Practice.objects.get(pk=practice.pk)
        draft.slug = "newer"
        draft.save_revision()
        page = looked_at(editor, csv_file([{"slug": "old", "place": "Luik"}]))
        assert [change.column for each in page.context["plan"].rows for change in each.changes] == ["place"]

    def test_both_slugs_in_one_sheet_are_one_practice_twice(self, editor: Client) -> None:
        practice = PracticeFactory.create(slug="old", place="Gent")
        Practice.objects.filter(pk=practice.pk).update(slug="new")
        page = looked_at(editor, csv_file([{"slug": slug, "place": "Luik"} for slug in ("old", "new")]))
        assert states(page) == ["refused", "refused"]
