"""Files as the offices of Belgium save them, labels for codes, what is refused, and what an import leads to."""

from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from i18nfield.strings import LazyI18nString
from openpyxl import load_workbook

from hub.vocabularies.models import Term
from practices.import_export.models import PracticeImport
from practices.practice.models.practice import Practice
from tests.factories.practices import PracticeFactory
from tests.practices.sheets.spreadsheets import (
    LIST,
    NAMES,
    body,
    confirmed,
    csv_file,
    looked_at,
    member,
    row,
    states,
    xlsx_file,
)

pytestmark = pytest.mark.django_db
ACCENTS = {"title_nl": "Zorg en coördinatie", "summary_nl": "Jong en oud wonen samen, één voor één."}
OFFICES = [(";", "utf-8-sig"), (";", "cp1252"), (";", "utf-8"), (",", "utf-8-sig"), (",", "cp1252"), ("\t", "utf-16")]


def _reasons(page: Any) -> list[str]:
    return [words for planned in page.context["plan"].rows for _column, words in planned.reasons]


@pytest.mark.parametrize(("delimiter", "encoding"), OFFICES)
def test_a_csv_of_an_office_says_what_it_says(editor: Client, delimiter: str, encoding: str) -> None:
    content = csv_file([row(checked_on="20/04/2026", **ACCENTS)], delimiter=delimiter, encoding=encoding)
    confirmed(editor, looked_at(editor, content))
    practice = Practice.objects.get().get_latest_revision_as_object()
    assert practice.texts.get(language="nl").title == ACCENTS["title_nl"]
    assert practice.checked_on.isoformat() == "2026-04-20"


@pytest.mark.parametrize("written", ["19", "Huisvesting", "  HUISVESTING ", "Logement", "logement", "Wohnen"])
def test_a_label_in_any_language_is_taken_for_its_code(editor: Client, written: str) -> None:
    theme = Term.objects.get(vocabulary="theme", code="19")
    theme.label = LazyI18nString({"nl": "Huisvesting", "fr": "Logement", "de": "Wohnen", "en": "Housing"})
    theme.save()
    page = looked_at(editor, csv_file([row(theme=f"{written}|3|19")], delimiter=";"))
    assert states(page) == ["new"], _reasons(page)
    said = {change.column: change.new for change in page.context["plan"].rows[0].changes}
    assert said["theme"] == "3|19"


def test_accents_do_not_matter_and_one_term_is_a_must(editor: Client) -> None:
    for code, label in (("19", "Santé  mentale"), ("3", "Vie commune")):
        Term.objects.filter(vocabulary="theme", code=code).update(label=LazyI18nString({"fr": label}))
    assert states(looked_at(editor, csv_file([row(theme="sante mentale")]))) == ["new"]
    Term.objects.filter(vocabulary="theme", code="3").update(label=LazyI18nString({"nl": "SANTE MENTALE"}))
    (said,) = _reasons(looked_at(editor, csv_file([row(theme="Santé mentale")])))
    assert "is the label of several codes of theme: " in said
    assert {code for code in ("3", "19") if code in said.split("theme: ")[1]} == {"3", "19"}


def test_refused_rows_come_as_xlsx_and_go_back_corrected(editor: Client) -> None:
    rows = [row("fine"), row("wrong", theme="no such thing")]
    page = looked_at(editor, csv_file(rows, delimiter=";"))
    assert states(page) == ["new", "refused"]
    text = page.content.decode()
    assert text.index("refused.xlsx") < text.index("refused.csv")
    content = body(editor.get(f"{page.request['PATH_INFO']}refused.xlsx"))
    header, refused = load_workbook(BytesIO(content)).worksheets[0].iter_rows(values_only=True)
    told = dict(zip(header, refused, strict=True))
    assert (told["row"], told["slug"]) == (3, "wrong")
    assert "is not a code of theme" in told["why_refused"]
    corrected = ["19" if name == "theme" else value for name, value in told.items()]
    again = looked_at(editor, xlsx_file([header, corrected]), "refused-rows.xlsx")
    assert states(again) == ["new"]
    assert {"row", "why_refused"}.isdisjoint(change.column for change in again.context["plan"].rows[0].changes)


def test_an_import_leads_to_what_it_made(editor: Client) -> None:
    page = looked_at(editor, csv_file([row(f"place-{number}") for number in range(22)]))
    done = confirmed(editor, page)
    upload = PracticeImport.objects.get()
    text = done.content.decode()
    linked = [each for each in Practice.objects.all() if reverse(f"{NAMES}:edit", args=[each.pk]) in text]
    assert len(linked) == 20
    assert "Show all of them in the list" in text
    other = PracticeFactory.create(slug="before")
    shown = editor.get(reverse(LIST), {"imported": str(upload.pk)}).context["object_list"]
    assert len(shown) == 22
    assert other not in shown
    assert f"?imported={upload.pk}" in text
    stranger = member("view_practice", "change_practice").get(reverse(LIST), {"imported": str(upload.pk)})
    assert other in stranger.context["object_list"], "whose import it was not gets the list as it is"
