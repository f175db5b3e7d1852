"""The library as open data: the same answers as on the page, in codes and words."""

import csv
import io
import json
from datetime import UTC, date, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

import pytest
from django.core.cache import cache
from django.db import connection
from django.http import QueryDict
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.translation import override
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from partners.organisations.models import Organisation
from practices.library.filters import PracticeFilterSet
from practices.practice.models.practice import Practice
from tests.factories.partners import OrganisationFactory
from tests.factories.practices import PracticeFactory, PracticeSourceFactory

PRACTICES = "/api/v1/practices/"
CSV = "/api/v1/practices.csv"
JSON_LD = "/api/v1/practices.jsonld"


def slugs(client: Client, **query: Any) -> list[str]:
    return [row["slug"] for row in client.get(PRACTICES, query).json()["results"]]


def sent(answer: Any) -> str:
    return b"".join(answer.streaming_content).decode()


def table(answer: Any) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(sent(answer).removeprefix("\ufeff"))))


def answered(captured: CaptureQueriesContext) -> int:
    """How many queries an answer took besides the look at the content version, which comes once a second."""
    return sum("hub_contentchange" not in query["sql"] for query in captured)


@pytest.mark.django_db
class TestRows:
    def test_a_row_tells_what_the_page_tells(self, visitor: Client) -> None:
        owner = OrganisationFactory.create(slug="genio", name="Genio")
        practice = PracticeFactory.create(
            slug="shared-living",
            texts={"fi": {"title": "Suomeksi"}, "en": {"title": "Shared living"}, "nl": {"title": "Samen wonen"}},
            owner=owner,
            kind="method",
            stage="5",
            cost="under-10k",
            since=2015,
            place="Ghent",
            website="https://example.org/",
            contact_email="never@example.org",
            checked_on=date(2026, 5, 1),
            first_published_at=datetime(2026, 7, 1, 10, tzinfo=UTC),
            theme=["19", "3"],
            esf=["4.12"],
            country=["BE"],
            region=["BE21"],
        )
        PracticeSourceFactory.create(practice=practice, title="Report", url="https://example.org/report")
        (row,) = visitor.get(PRACTICES).json()["results"]
        expected = {
            "slug": "shared-living",
            "title": {"nl": "Samen wonen", "en": "Shared living", "fi": "Suomeksi"},
            "kind": "method",
            "stage": "5",
            "evidence": None,
            "cost": "under-10k",
            "theme": ["3", "19"],
            "target": [],
            "esf": ["4.12"],
            "country": ["BE"],
            "region": ["BE21"],
            "language": ["en", "fi", "nl"],
            "year": 2015,
            "place": "Ghent",
            "website": "https://example.org/",
            "owner": {"name": "Genio", "slug": "genio"},
            "sources": [{"title": "Report", "url": "https://example.org/report"}],
            "checked_on": "2026-05-01",
            "published_at": "2026-07-01T10:00:00Z",
            "licence": "https://creativecommons.org/licenses/by/4.0/",
        }
        assert {name: row[name] for name in expected} == expected
        assert row["urls"]["fr"] == "http://localhost:8000/fr/pratiques/shared-living/"
        assert list(row["title"]) == ["nl", "en", "fi"]
        assert "what" not in row
        assert "never@example.org" not in json.dumps(row)

    def test_its_own_address_has_the_whole_text(self, visitor: Client) -> None:
        PracticeFactory.create(slug="one", texts={"en": {"what": "Neighbours.", "steps": ""}, "nl": {"what": "Buren."}})
        row = visitor.get(f"{PRACTICES}one/").json()
        assert row["what"] == {"nl": "Buren.", "en": "Neighbours."}
        assert list(row["steps"]) == ["nl"]

    def test_an_owner_outside_the_directory_has_a_name_only(self, visitor: Client) -> None:
        hidden = OrganisationFactory.create(status=Organisation.Status.HIDDEN, name="Hidden")
        PracticeFactory.create(slug="named", owner=hidden, owner_name="A group")
        PracticeFactory.create(slug="unnamed", owner=hidden)
        rows = {row["slug"]: row["owner"] for row in visitor.get(PRACTICES).json()["results"]}
        assert rows == {"named": {"name": "A group", "slug": None}, "unnamed": None}

    def test_drafts_are_nowhere(self, visitor: Client) -> None:
        PracticeFactory.create(slug="not-yet", live=False, texts={"en": {"title": "Not yet"}, "cs": {"title": "Ne"}})
        assert visitor.get(f"{PRACTICES}not-yet/").status_code == 404
        assert visitor.get(PRACTICES).json()["count"] == 0
        assert "not-yet" not in sent(visitor.get(CSV)) + sent(visitor.get(JSON_LD))
        assert "title_cs" not in sent(visitor.get(CSV))


@pytest.mark.django_db
class TestPages:
    def test_next_leads_through_all_of_it_once(self, visitor: Client) -> None:
        now = timezone.now()
        for _number in range(23):
            PracticeFactory.create(first_published_at=now, theme=["19"])
        PracticeFactory.create()
        url: str | None = f"{PRACTICES}?theme=19&page_size=10&unknown=1"
        seen: list[str] = []
        addresses = []
        while url:
            answer = visitor.get(url).json()
            assert answer["count"] == 23
            seen += [row["slug"] for row in answer["results"]]
            url = answer["next"] and answer["next"].removeprefix("http://localhost:8000")
            addresses.append(answer["next"])
        assert len(seen) == len(set(seen)) == 23
        assert len(addresses) == 3
        assert all("?page_size=10&theme=19&cursor=" in address for address in addresses[:2])
        back = visitor.get(answer["previous"].removeprefix("http://localhost:8000")).json()
        assert [row["slug"] for row in back["results"]] == seen[10:20]
        first = visitor.get(back["previous"].removeprefix("http://localhost:8000")).json()
        assert [row["slug"] for row in first["results"]] == seen[:10]
        assert first["previous"] is None

    def test_pages_by_number_lead_on_by_number(self, visitor: Client) -> None:
        for _number in range(5):
            PracticeFactory.create()
        answer = visitor.get(f"{PRACTICES}?page=2&page_size=2").json()
        assert answer["next"] == "http://localhost:8000/api/v1/practices/?page_size=2&page=3"
        assert answer["previous"] == "http://localhost:8000/api/v1/practices/?page_size=2&page=1"

    @pytest.mark.parametrize("cursor", ["x", "YWZ0ZXI6", "é", "YWZ0ZXI6LTE", "9" * 500])
    def test_a_cursor_that_no_answer_gave_is_refused(self, visitor: Client, cursor: str) -> None:
        assert visitor.get(PRACTICES, {"cursor": cursor}).status_code == 404

    @pytest.mark.parametrize(
        ("size", "rows"), [("", 50), ("0", 50), ("x", 50), ("-3", 50), ("7", 7), ("500", 60), ("9" * 5000, 50)]
    )
    def test_the_size_of_a_page(self, visitor: Client, size: str, rows: int) -> None:
        for _number in range(60):
            PracticeFactory.create()
        assert len(visitor.get(PRACTICES, {"page_size": size}).json()["results"]) == rows

    @pytest.mark.parametrize(("number", "status"), [("", 200), ("x", 200), ("1", 200), ("0", 404), ("2", 404)])
    def test_a_page_that_is_not_there(self, visitor: Client, number: str, status: int) -> None:
        assert visitor.get(PRACTICES, {"page": number}).status_code == status

    @pytest.mark.parametrize("path", [PRACTICES, CSV, JSON_LD])
    def test_as_many_queries_for_one_row_as_for_sixty(self, visitor: Client, path: str) -> None:
        counts = []
        for more in (1, 2, 57):
            for _number in range(more):
                practice = PracticeFactory.create(
                    owner=OrganisationFactory.create(),
                    stage="5",
                    theme=["19", "3"],
                    country=["BE"],
                    texts={"nl": {}, "en": {}},
                )
                PracticeSourceFactory.create(practice=practice)
            with CaptureQueriesContext(connection) as queries:
                answer = visitor.get(path, {"q": "shared living", "theme": "19", "page_size": "200"})
                text = sent(answer) if answer.streaming else answer.content.decode()
            assert practice.slug in text
            counts.append(answered(queries))
        assert len(set(counts)) == 1
        assert counts[0] <= 16


class SameQuestionSameAnswer(TestCase):
    """What the page's own filter finds, for whatever is asked, in the same order; and the downloads hold the same."""

    def setUp(self) -> None:
        for number in range(12):
            PracticeFactory.create(
                theme=[["19"], ["3"], ["19", "3"], []][number % 4],
                stage=["5", "6", None][number % 3],
                since=[2010, None][number % 2],
                country=[["BE"], ["FI"]][number % 2],
                texts={["en", "nl"][number % 2]: {"title": f"Wonen {12 - number}" if number % 3 else "Housing"}},
                first_published_at=timezone.now() - timedelta(days=number % 5),
            )

    @settings(max_examples=40, deadline=None)
    @given(
        asked=st.fixed_dictionaries(
            {},
            optional={
                "theme": st.lists(st.sampled_from(["19", "3", "1", "x"]), max_size=2),
                "stage": st.lists(st.sampled_from(["5", "6"]), max_size=2),
                "country": st.sampled_from(["BE", "FI"]),
                "language": st.sampled_from(["en", "nl", "fr"]),
                "year": st.sampled_from(["2010", "x"]),
                "q": st.sampled_from(["wonen", "housing", "zzz"]),
                "sort": st.sampled_from(["newest", "title", "evidence", "match", "banana"]),
            },
        ),
        by_number=st.booleans(),
    )
    def test_as_on_the_page(self, asked: dict[str, Any], by_number: bool) -> None:
        cache.clear()
        query = urlencode(asked | ({"page": "1"} if by_number else {}), doseq=True)
        with override("nl"):
            found = PracticeFilterSet(QueryDict(query), queryset=Practice.objects.public()).qs
            by_key = found if by_number or "sort" in asked else found.order_by("pk")
            expected = [practice.slug for practice in by_key]
        assert [row["slug"] for row in self.client.get(f"{PRACTICES}?{query}").json()["results"]] == expected
        assert sorted(row["slug"] for row in table(self.client.get(f"{CSV}?{query}"))) == sorted(expected)


@pytest.mark.django_db
def test_the_preferred_language_decides_the_order(visitor: Client) -> None:
    PracticeFactory.create(slug="a", texts={"nl": {"title": "Zon"}, "en": {"title": "Art"}})
    PracticeFactory.create(slug="b", texts={"nl": {"title": "Boot"}, "en": {"title": "Zoo"}})
    assert slugs(visitor, sort="title") == ["b", "a"]
    assert slugs(visitor, sort="title", prefer="en") == ["a", "b"]
    assert slugs(visitor, sort="title", prefer="xx") == ["b", "a"]
