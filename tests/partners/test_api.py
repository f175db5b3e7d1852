"""The directory as open data: what pages show of organisations, and nothing more."""

import csv
import io
import json
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from partners.organisations.models import Organisation
from tests.factories.partners import OrganisationFactory, term

ORGANISATIONS = "/api/v1/organisations/"


def slugs(client: Client, **query: Any) -> list[str]:
    return [row["slug"] for row in client.get(ORGANISATIONS, query).json()["results"]]


def sent(answer: Any) -> str:
    return b"".join(answer.streaming_content).decode()


@pytest.fixture
def genio(db: Any) -> Organisation:
    organisation = OrganisationFactory.create(
        slug="genio",
        name="Genio",
        sector="non-profit",
        country="BE",
        region="BE21",
        email="never@example.org",
        website="https://www.genio.example/",
        enterprise_number="0123456749",
        vcode="V1234567",
        pic="999999999",
        networks=["insisst"],
        texts={"fi": {"summary": "Auttaa", "body": "Paljon"}, "nl": {"summary": "Helpt", "body": "Veel"}},
    )
    organisation.terms.set([term("track", "training"), term("theme", "19"), term("theme", "3")])
    organisation.terms.commit()
    return organisation


@pytest.mark.django_db
class TestRows:
    def test_a_row_tells_what_the_page_tells(self, visitor: Client, genio: Organisation) -> None:
        (row,) = visitor.get(ORGANISATIONS).json()["results"]
        expected = {
            "slug": "genio",
            "name": "Genio",
            "summary": {"nl": "Helpt", "fi": "Auttaa"},
            "sector": "non-profit",
            "country": "BE",
            "region": "BE21",
            "theme": ["3", "19"],
            "track": ["training"],
            "networks": ["INSISST"],
            "language": ["fi", "nl"],
            "website": "https://www.genio.example/",
            "enterprise_number": "0123456749",
            "pic": "999999999",
            "licence": "https://creativecommons.org/licenses/by/4.0/",
        }
        assert {name: row[name] for name in expected} == expected
        assert row["urls"]["de"] == "http://localhost:8000/de/partner/genio/"
        assert row["updated_at"].endswith("Z")
        assert not {"email", "vcode", "body"} & set(row)

    def test_its_own_address_has_the_whole_text(self, visitor: Client, genio: Organisation) -> None:
        assert visitor.get(f"{ORGANISATIONS}genio/").json()["body"] == {"nl": "Veel", "fi": "Paljon"}

    def test_without_a_region(self, visitor: Client) -> None:
        OrganisationFactory.create()
        assert visitor.get(ORGANISATIONS).json()["results"][0]["region"] is None

    @pytest.mark.parametrize("status", [Organisation.Status.PROPOSED, Organisation.Status.HIDDEN])
    def test_what_is_not_listed_is_nowhere(self, visitor: Client, status: str) -> None:
        OrganisationFactory.create(slug="not-shown", status=status)
        assert visitor.get(f"{ORGANISATIONS}not-shown/").status_code == 404
        assert slugs(visitor) == []
        for kind in ("csv", "jsonld"):
            assert "not-shown" not in sent(visitor.get(f"/api/v1/organisations.{kind}"))


@pytest.mark.django_db
class TestQuestions:
    @pytest.fixture(autouse=True)
    def _directory(self) -> None:
        OrganisationFactory.create(slug="a", name="Aarde", sector="citizens", country="BE")
        OrganisationFactory.create(slug="b", name="Beter", sector="academia", country="FI")
        OrganisationFactory.create(slug="c", name="Coop", sector="citizens", country="FI")

    @pytest.mark.parametrize(
        ("query", "found"),
        [
            ({}, ["a", "b", "c"]),
            ({"sector": "citizens"}, ["a", "c"]),
            ({"sector": ["citizens", "academia"], "country": "FI"}, ["b", "c"]),
            ({"sector": "nobody"}, ["a", "b", "c"]),
            ({"q": "coop"}, ["c"]),
            ({"region": "BE21"}, []),
            ({"region": "no-such"}, ["a", "b", "c"]),
        ],
    )
    def test_as_on_the_page(self, visitor: Client, query: dict[str, Any], found: list[str]) -> None:
        assert slugs(visitor, **query) == found
        page = visitor.get("/nl/partners/", query).content.decode()
        assert [slug for slug in "abc" if f'href="/nl/partners/{slug}/"' in page] == found
        table = sent(visitor.get("/api/v1/organisations.csv", query)).removeprefix("\ufeff")
        assert [row["slug"] for row in csv.DictReader(io.StringIO(table))] == found


@pytest.mark.django_db
class TestDownloads:
    def test_a_table(self, visitor: Client, genio: Organisation) -> None:
        Organisation.objects.update(name="@SUM(1)")
        (row,) = csv.DictReader(io.StringIO(sent(visitor.get("/api/v1/organisations.csv")).removeprefix("\ufeff")))
        assert row["name"] == "'@SUM(1)"
        assert row["theme"] == "3|19"
        assert row["enterprise_number"] == "0123456749"
        assert (row["summary_nl"], row["summary_fi"], row["body_nl"]) == ("Helpt", "Auttaa", "Veel")
        assert row["url_fr"] == "http://localhost:8000/fr/partenaires/genio/"

    def test_linked_data(self, visitor: Client, genio: Organisation) -> None:
        data = json.loads(sent(visitor.get("/api/v1/organisations.jsonld")))
        thing = data["mainEntity"]["itemListElement"][0]["item"]
        assert thing["@type"] == "Organization"
        assert {"@type": "PropertyValue", "propertyID": "KBO/BCE", "value": "0123456749"} in thing["identifier"]
        assert thing["location"][0]["@id"] == "http://publications.europa.eu/resource/authority/country/BEL"
        assert thing["memberOf"] == [{"@type": "Organization", "name": "INSISST"}]
        assert {"@language": "nl", "@value": "Helpt"} in thing["description"]


@pytest.mark.django_db
@pytest.mark.parametrize("path", [ORGANISATIONS, "/api/v1/organisations.csv", "/api/v1/organisations.jsonld"])
def test_as_many_queries_for_one_row_as_for_sixty(visitor: Client, path: str) -> None:
    counts = []
    for more in (1, 2, 57):
        for _number in range(more):
            found = OrganisationFactory.create(
                region="BE21", texts={"nl": {"summary": "Helpt"}, "en": {"summary": "H"}}
            )
            found.terms.set([term("track", "training"), term("theme", "19")])
            found.terms.commit()
        with CaptureQueriesContext(connection) as queries:
            answer = visitor.get(path, {"q": "helpt", "page_size": "200"})
            text = sent(answer) if answer.streaming else answer.content.decode()
        assert found.slug in text
        counts.append(sum("hub_contentchange" not in query["sql"] for query in queries))
    assert len(set(counts)) == 1
    assert counts[0] <= 12
