"""Tables for spreadsheets have whatever the rows of the API have, also a field that comes."""

from typing import Any

import pytest
from rest_framework import serializers

from hub.open_data.downloads import CsvDownload
from hub.open_data.words import WordsField
from partners.directory.api import OrganisationCsv
from practices.open_data.api import PracticeCsv
from practices.practice.models.practice import Practice
from tests.factories.partners import OrganisationFactory
from tests.factories.practices import PracticeFactory, PracticeSourceFactory

pytestmark = pytest.mark.django_db

PRACTICES = """
slug
title_nl title_fr title_de title_en summary_nl summary_fr summary_de summary_en kind stage evidence reach cost theme
target scaling sector track sdg esf country region language year uptake outcome policy original_language place website
owner owner_slug sources picture picture_author picture_licence reuse_total reuse_works reuse_part reuse_stopped
reuse_failed reuse_early policy_hooks
checked_on published_at updated_at licence url_nl url_fr url_de url_en what_nl what_fr what_de what_en
results_nl results_fr results_de results_en needs_nl needs_fr needs_de needs_en steps_nl steps_fr steps_de steps_en
"""
ORGANISATIONS = """
slug name sector country region theme track networks website enterprise_number pic summary_nl summary_fr summary_de
summary_en language original_language updated_at licence url_nl url_fr url_de url_en body_nl body_fr body_de body_en
"""
TABLES: list[type[CsvDownload]] = [PracticeCsv, OrganisationCsv]


@pytest.mark.parametrize(("table", "columns"), [(PracticeCsv, PRACTICES), (OrganisationCsv, ORGANISATIONS)])
def test_columns_stand_where_spreadsheets_expect_them(table: type[CsvDownload], columns: str) -> None:
    assert table().columns() == columns.split()


@pytest.mark.parametrize("table", TABLES)
def test_every_field_of_a_row_has_a_column(table: type[CsvDownload]) -> None:
    columns = table().columns()
    assert len(columns) == len(set(columns))
    heads = {"urls": "url_en"} | {name: names[0] for name, names in table.parts.items()}
    fields = list(table.serializer_class().get_fields())
    lacking = [name for name in fields if heads.get(name, name) not in columns and f"{name}_en" not in columns]
    assert lacking == []


@pytest.mark.parametrize("table", TABLES)
def test_a_field_that_comes_has_one_too(table: type[CsvDownload]) -> None:
    more = {
        "budget": serializers.IntegerField(default=5),
        "motto": WordsField(),
    }

    class WithMore(table):  # type: ignore[valid-type,misc]  # one of ours, whichever it is
        serializer_class = type("More", (table.serializer_class,), more)

    columns = WithMore().columns()
    assert {"budget", "motto_nl", "motto_fr", "motto_de", "motto_en"} <= set(columns)
    assert [column for column in columns if column in table().columns()] == table().columns()


@pytest.mark.parametrize("table", TABLES)
def test_each_cell_is_one_value_or_a_list_of_such(table: type[CsvDownload]) -> None:
    practice = PracticeFactory.create(theme=["3"], owner=OrganisationFactory.create(), texts={"nl": {}})
    PracticeSourceFactory.create(practice=practice)
    key = practice.pk if table is PracticeCsv else Practice.objects.get(pk=practice.pk).owner_id
    (row,) = table().rows([key])
    cells = table().cells(row)
    assert {name for name in table().columns() if not _fits(cells.get(name))} == set()


def _fits(value: Any) -> bool:
    values = value if isinstance(value, list) else [value]
    return all(each is None or isinstance(each, str | int) for each in values)
