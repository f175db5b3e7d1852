"""Organisations in and out of spreadsheets: seen first, written once, and what was exported changes nothing."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import ModelLogEntry

from accounts.users.models import User
from hub.facts.record import CHANGED_ELSEWHERE
from hub.sheets import planning
from hub.sheets.planning import CHANGED, Plan, PlannedRow
from hub.sheets.uploads import Sheet
from partners.organisations.models import EarlierOrganisationSlug, Organisation
from partners.sheets import columns, importing
from partners.sheets.importing import LOG_ACTION
from partners.sheets.models import OrganisationImport
from tests.factories.partners import OrganisationFactory, term
from tests.practices.sheets.spreadsheets import body, csv_file, member, rows_of

pytestmark = pytest.mark.django_db
NAMES = "wagtailsnippets_partners_organisation"
Row = dict[str, str]
# Texts, and what is told and never read.
NOT_OF_ONE_LINE = {f"{part}_{code}" for part in columns.WORDS for code in columns.languages()} | {columns.VERIFIED}


def _looked_at(client: Client, content: bytes, name: str = "organisations.csv") -> Any:
    sent = client.post(reverse(f"{NAMES}:import"), {"file": SimpleUploadedFile(name, content)})
    assert sent.status_code == 302, sent.context["form"].errors
    return client.get(sent["Location"])


def _confirmed(client: Client, page: Any, **choices: str) -> Any:
    data = {"seen": page.context["form"].initial["seen"], **choices}
    return client.post(page.request["PATH_INFO"], data, follow=True)


def _states(page: Any) -> list[str]:
    return [row.state for row in page.context["plan"].rows]


def _reasons(page: Any) -> list[str]:
    return [words for row in page.context["plan"].rows for _column, words in row.reasons]


def _exported(client: Client, kind: str, **query: str) -> bytes:
    answer = client.get(reverse(f"{NAMES}:list"), {**query, "export": kind})
    assert answer.status_code == 200
    return body(answer)


def _row(slug: str = "new-house", **more: str) -> Row:
    facts = {"slug": slug, "name": "New House", "original_language": "en", "sector": "non-profit", "country": "BE"}
    return facts | {"summary_en": "Helps people start."} | more


def _whole(**facts: Any) -> Organisation:
    found = OrganisationFactory.create(
        **{
            "region": "BE10",
            "networks": ["insisst"],
            "website": "https://house.example",
            "enterprise_number": "0403170701",
            "texts": {"en": {"summary": "=SUM(A1)", "body": "Two\nlines"}, "nl": {"summary": "Woorden"}},
            **facts,
        }
    )
    found.terms = [term("theme", "19"), term("theme", "3"), term("track", "training"), term("region", "BE21")]
    found.save()
    return found


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_what_was_exported_changes_nothing(editor: Client, kind: str) -> None:
    _whole(slug="one"), OrganisationFactory.create(slug="two", status="hidden", name="-Dash")
    content = _exported(editor, kind)
    (one, _two) = sorted(rows_of(kind, content), key=lambda row: row["slug"])
    assert one["summary_en"] == "'=SUM(A1)", "no formula leaves"
    page = _looked_at(editor, content, f"organisations.{kind}")
    assert _states(page) == ["unchanged", "unchanged"], [row.changes for row in page.context["plan"].rows]
    assert "There is nothing to import." in page.content.decode()
    assert not ModelLogEntry.objects.filter(action=LOG_ACTION).exists()


def test_new_changed_and_refused_are_seen_first_and_written_once(editor: Client, editor_user: User) -> None:
    known = _whole(slug="one", name="One")
    page = _looked_at(editor, csv_file([_row(theme="19", active="BE21")]))
    assert _states(page) == ["new"]
    assert Organisation.objects.count() == 1, "looking writes nothing"
    done = _confirmed(editor, page)
    assert "The file is imported." in done.content.decode()
    again = _confirmed(editor, page)
    assert "nothing more happened" in again.content.decode()
    found = Organisation.objects.get(slug="new-house")
    assert (found.status, found.sector.code, found.texts.get().summary) == (
        "proposed",
        "non-profit",
        "Helps people start.",
    )
    assert {(each.vocabulary, each.code) for each in found.terms.all()} == {("theme", "19"), ("region", "BE21")}
    changed = _looked_at(editor, csv_file([{"slug": "one", "name": "Renamed"}]))
    assert _states(changed) == ["changed"]
    _confirmed(editor, changed)
    known.refresh_from_db()
    assert known.name == "Renamed"
    assert known.terms.count() == 4
    assert known.texts.count() == 2
    assert ModelLogEntry.objects.filter(action=LOG_ACTION, user=editor_user).count() == 2
    assert ModelLogEntry.objects.filter(action=CHANGED_ELSEWHERE, object_id=str(known.pk)).count() == 1


def test_refused_rows_are_named_and_left_out_on_wish(editor: Client) -> None:
    taken = _whole(slug="one", name="One")
    rows = [
        _row(),
        _row("a", sector="unknown"),
        _row("b", country=""),
        _row("c", status="gone"),
        _row("d", website="javascript:alert(1)"),
        _row("e", summary_en=""),
        _row("f", vcode="X1"),
        _row("", name="Nameless"),
        _row("g", size="huge"),
        _row("twice"),
        _row("twice"),
        _row("h", email="no mailbox"),
        _row("i", summary_en="x" * 281),
    ]
    page = _looked_at(editor, csv_file(rows))
    assert _states(page) == ["new"] + ["refused"] * 12
    refused = body(editor.get(reverse(f"{NAMES}:import_refused_csv", args=[OrganisationImport.objects.get().pk])))
    assert {row["row"] for row in rows_of("csv", refused)} == {str(number) for number in range(3, 15)}
    stopped = _confirmed(editor, page)
    assert "Some rows are refused." in stopped.content.decode()
    _confirmed(editor, page, leave_out="on")
    assert set(Organisation.objects.values_list("slug", flat=True)) == {"new-house", taken.slug}


def test_what_cannot_be_read_is_told_as_it_is(editor: Client) -> None:
    page = _looked_at(editor, csv_file([_row(sector="unknown")]))
    assert "The list of codes, where you uploaded the file" in _reasons(page)[0]
    broken = csv_file([_row(), _row("b", summary_en="Helps \0 people")])
    sent = editor.post(reverse(f"{NAMES}:import"), {"file": SimpleUploadedFile("a.csv", broken)})
    assert "Row 3 has a character that no text holds." in sent.content.decode()
    assert "CSV (UTF-8 or Windows-1252) or XLSX." in sent.content.decode()


class TestMatching:
    def test_a_number_comes_before_the_slug(self, editor: Client) -> None:
        known = _whole(slug="one", name="One")
        row = {"slug": "other", "enterprise_number": "BE 0403.170.701", "name": "ONE ", "size": "large"}
        page = _looked_at(editor, csv_file([row]))
        assert [each.thing.pk for each in page.context["plan"].rows] == [known.pk]
        assert "“One” has the slug “one”, which stays." in page.content.decode()
        _confirmed(editor, page)
        known.refresh_from_db()
        assert (known.slug, known.size) == ("one", "large")

    @pytest.mark.parametrize("slug", ["other", ""])
    def test_another_name_under_the_number_of_one_changes_nothing(self, editor: Client, slug: str) -> None:
        _whole(slug="one", name="One")
        page = _looked_at(editor, csv_file([_row(slug, enterprise_number="0403170701")]))
        assert _reasons(page)[0].startswith("This is the number of “One”. If the row is about it, write its slug “one”")
        page = _looked_at(editor, csv_file([_row("one", enterprise_number="0403170701", name="Renamed")]))
        assert _states(page) == ["changed"], "with its slug it is renamed"

    @pytest.mark.parametrize("second", ["two", "known"])
    def test_a_number_stands_in_one_row_only(self, editor: Client, second: str) -> None:
        OrganisationFactory.create(slug="known", name="Known")
        rows = [_row("one", pic="123456789"), _row("three"), _row(second, name="Known", pic="123 456 789")]
        page = _looked_at(editor, csv_file(rows))
        assert _states(page) == ["refused", "new", "refused"]
        said = "No two organisations have the same number; these rows have it, too: {}."
        assert _reasons(page) == [said.format(4), said.format(2)]
        _confirmed(editor, page, leave_out="on")
        assert Organisation.objects.filter(slug="three").exists()
        assert not Organisation.objects.filter(pic="123456789").exists()

    def test_a_number_and_a_slug_of_two_are_refused(self, editor: Client) -> None:
        _whole(slug="one", name="One")
        OrganisationFactory.create(slug="two", name="Two", pic="123456789")
        page = _looked_at(editor, csv_file([{"slug": "two", "enterprise_number": "0403170701"}]))
        assert _reasons(page) == ["This is the number of “One”, and the slug that of “Two”."]
        page = _looked_at(editor, csv_file([{"slug": "", "enterprise_number": "0403170701", "pic": "123456789"}]))
        assert _reasons(page) == ["Its numbers belong to different organisations."]

    def test_an_earlier_slug_leads_to_what_had_it(self, editor: Client) -> None:
        known = OrganisationFactory.create(slug="now")
        EarlierOrganisationSlug.objects.create(organisation=known, slug="before")
        page = _looked_at(editor, csv_file([{"slug": "before", "name": "Renamed"}]))
        assert [each.thing.pk for each in page.context["plan"].rows] == [known.pk]
        page = _looked_at(editor, csv_file([{"slug": "before", "name": "A"}, {"slug": "now", "name": "B"}]))
        assert _states(page) == ["refused", "refused"]


def test_two_that_only_the_database_refuses_are_told_as_they_are(editor_user: User) -> None:
    upload = OrganisationImport.objects.create(by=editor_user, name="a.csv", sheet=Sheet(["slug"], []).as_json())
    OrganisationFactory.create(slug="one", pic="123456789")
    two = OrganisationFactory.create(slug="two")
    plan = Plan([PlannedRow(2, CHANGED, "two", two)])

    def write(_held: OrganisationImport, row: PlannedRow) -> None:
        Organisation.objects.filter(pk=row.thing.pk).update(pic="123456789")

    with pytest.raises(ValidationError, match=r"\(pic\)=\(123456789\)"):
        planning.confirm(
            upload, by=editor_user, seen=plan.digest, leave_out=False, plan=lambda sheet: plan, write=write
        )
    upload.refresh_from_db()
    assert upload.done_at is None


@pytest.mark.parametrize(
    "written", ["New\u202eHouse", "New\r\nHouse", "New\nHouse", "www.house.example", "New\x07House"]
)
@pytest.mark.parametrize("column", sorted({*columns.names()} - NOT_OF_ONE_LINE))
def test_no_column_of_one_line_takes_what_no_name_has(editor: Client, column: str, written: str) -> None:
    row = _row() | {column: written}
    assert _states(_looked_at(editor, csv_file([row]))) == ["refused"]


def test_what_changed_since_it_was_seen_stops_it(editor: Client) -> None:
    known = OrganisationFactory.create(slug="one", name="One")
    page = _looked_at(editor, csv_file([{"slug": "one", "name": "Renamed"}]))
    known.name = "Changed meanwhile"
    known.save()
    assert "Something changed since you looked." in _confirmed(editor, page).content.decode()
    known.refresh_from_db()
    assert known.name == "Changed meanwhile"


def test_an_import_is_seen_by_who_uploaded_it_alone(editor: Client) -> None:
    assert member().get(reverse(f"{NAMES}:import")).status_code == 302
    page = _looked_at(editor, csv_file([_row()]))
    other = member("change_organisation")
    assert other.get(page.request["PATH_INFO"]).status_code == 404
    assert _states(_looked_at(other, csv_file([_row()]))) == ["refused"], "who may change may not add"
    OrganisationImport.objects.update(created_at="2020-01-01T00:00Z")
    assert importing.forget() == 2


def test_mailboxes_leave_only_for_those_who_may_change(editor: Client) -> None:
    OrganisationFactory.create(email="box@house.example")
    assert "box@house.example" in _exported(editor, "csv").decode()
    assert "box@house.example" not in _exported(member("view_organisation"), "csv").decode()


def test_templates_and_the_button_below_the_list(editor: Client) -> None:
    one, _other = OrganisationFactory.create(slug="one"), OrganisationFactory.create(slug="two")
    for name, args in (
        ("import_template", ["csv"]),
        ("import_template", ["xlsx"]),
        ("import_codes_xlsx", []),
        ("import_codes_csv", []),
    ):
        assert editor.get(reverse(f"{NAMES}:{name}", args=args)).status_code == 200
    url = reverse("wagtail_bulk_action", args=["partners", "organisation", "export"])
    found = rows_of("csv", body(editor.post(f"{url}?id={one.pk}", {"kind": "csv"})))
    assert [row["slug"] for row in found] == ["one"]
    assert "Import organisations" in editor.get(reverse(f"{NAMES}:list")).content.decode()


def test_as_many_queries_for_one_row_as_for_many(editor: Client, editor_user: User) -> None:
    counts = []
    for number in (1, 40):
        rows = [_row(f"new-{each}") for each in range(number)]
        rows += [_row(OrganisationFactory.create().slug, name=f"Renamed {each}") for each in range(number)]
        page = _looked_at(editor, csv_file(rows))
        with CaptureQueriesContext(connection) as queries:
            editor.get(page.request["PATH_INFO"])
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 25
