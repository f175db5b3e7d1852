"""The whole library as a file: for spreadsheets and for the web of data."""

import csv
import io
import json

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.factories.practices import PracticeFactory, PracticeSourceFactory
from tests.practices.open_data.test_api import CSV, JSON_LD, sent, table


@pytest.mark.django_db
class TestDownloads:
    def test_a_table_that_opens_in_a_spreadsheet(self, visitor: Client) -> None:
        practice = PracticeFactory.create(
            slug="one", theme=["19", "3"], since=2010, texts={"fi": {"title": "=1+1"}, "en": {"title": "Éclair, “a”"}}
        )
        PracticeSourceFactory.create(practice=practice, url="https://example.org/a")
        PracticeSourceFactory.create(practice=practice, url="https://example.org/b")
        answer = visitor.get(CSV)
        assert answer["Content-Disposition"] == 'attachment; filename="practices.csv"'
        assert answer["Link"] == '<https://creativecommons.org/licenses/by/4.0/>; rel="license"'
        text = sent(answer)
        assert text.startswith("\ufeffslug,title_nl")
        (row,) = csv.DictReader(io.StringIO(text.removeprefix("\ufeff")))
        assert row["title_fi"] == "'=1+1"
        assert row["title_en"] == "Éclair, “a”"
        assert row["title_nl"] == ""
        assert row["theme"] == "3|19"
        assert row["year"] == "2010"
        assert row["sources"] == "https://example.org/a|https://example.org/b"
        assert row["steps_en"].startswith("1. Find a place.\n")
        assert row["url_de"] == "http://localhost:8000/de/praxisbeispiele/one/"

    def test_linked_data_names_terms_by_their_authorities(self, visitor: Client) -> None:
        PracticeFactory.create(slug="one", country=["BE"], theme=["19"], texts={"nl": {"title": "Wonen"}}, since=2010)
        data = json.loads(sent(visitor.get(JSON_LD)))
        assert data["@type"] == "Dataset"
        assert data["license"] == "https://creativecommons.org/licenses/by/4.0/"
        (item,) = data["mainEntity"]["itemListElement"]
        thing = item["item"]
        assert item["position"] == 1
        assert thing["@type"] == "CreativeWork"
        assert thing["name"] == [{"@language": "nl", "@value": "Wonen"}]
        assert thing["spatialCoverage"][0]["@id"] == "http://publications.europa.eu/resource/authority/country/BEL"
        assert "http://localhost:8000/api/v1/terms/kind/good-practice/" in {term["@id"] for term in thing["about"]}

    def test_an_empty_answer_is_still_a_whole_file(self, visitor: Client) -> None:
        assert json.loads(sent(visitor.get(JSON_LD)))["mainEntity"]["itemListElement"] == []
        assert table(visitor.get(CSV)) == []

    def test_more_rows_than_are_read_at_a_time(self, visitor: Client, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("hub.open_data.downloads.AT_A_TIME", 3)
        expected = {PracticeFactory.create().slug for _number in range(8)}
        assert {row["slug"] for row in table(visitor.get(CSV))} == expected
        items = json.loads(sent(visitor.get(JSON_LD)))["mainEntity"]["itemListElement"]
        assert [item["position"] for item in items] == list(range(1, 9))

    def test_nothing_is_read_before_it_is_sent(self, visitor: Client) -> None:
        PracticeFactory.create()
        with CaptureQueriesContext(connection) as queries:
            answer = visitor.head(CSV)
            assert sent(answer) == ""
        assert answer.status_code == 200
        assert not answer.has_header("Content-Length")
        assert "practices_practice" not in " ".join(query["sql"] for query in queries)
