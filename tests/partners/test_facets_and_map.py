"""What the directory can be narrowed by, and the map of tiles beside it."""

import re
from urllib.parse import urlencode

import pytest
from django.test import Client

from hub.search.places import BELGIUM, EUROPE, SHORT
from hub.vocabularies.models import Term
from partners.organisations.models import Organisation
from tests.factories.partners import OrganisationFactory

pytestmark = pytest.mark.django_db
DIRECTORY = "/en/partners/"


def names(client: Client, **asked: str | list[str]) -> list[str]:
    response = client.get(f"{DIRECTORY}?{urlencode(asked, doseq=True)}")
    assert response.status_code == 200
    return [card.name for card in response.context["cards"]]


def knows(organisation: Organisation, *terms: tuple[str, str]) -> None:
    organisation.terms.set([Term.objects.get(vocabulary=vocabulary, code=code) for vocabulary, code in terms])
    organisation.save()


@pytest.fixture
def three(db: None) -> None:
    region = Term.objects.get(vocabulary="region", code="BE33")
    liege = OrganisationFactory.create(name="A", country="BE", sector="academia", region=region)
    knows(liege, ("track", "financing"), ("theme", "19"), ("theme", "3"))
    knows(OrganisationFactory.create(name="B", country="BE", sector="citizens"), ("theme", "19"))
    OrganisationFactory.create(name="C", country="FI", sector="academia")


def test_terms_of_one_facet_widen_and_facets_narrow(client: Client, three: None) -> None:
    assert names(client, theme="19") == ["A", "B"]
    assert names(client, theme=["19", "3"]) == ["A", "B"]
    assert names(client, theme="3", track="financing") == ["A"]
    assert names(client, theme="19", sector="citizens") == ["B"]
    assert names(client, region="BE33") == ["A"]
    assert names(client, theme="no-such", target="x", region="ZZ") == ["A", "B", "C"]


def test_counts_ignore_the_choice_of_their_own_facet(client: Client, three: None) -> None:
    listing = client.get(f"{DIRECTORY}?theme=3&sector=academia").context["listing"]
    counts = {
        facet.name: {option.code: option.count for option in facet.options}
        for facet in [*listing.first_facets, *listing.more_facets]
    }
    assert counts["theme"] == {"3": 1, "19": 1}
    assert counts["sector"] == {"academia": 1}
    assert counts["country"] == {"BE": 1}
    assert counts["track"] == {"financing": 1}


def test_what_an_organisation_is_described_with_is_found_by_its_words(client: Client, three: None) -> None:
    label = str(Term.objects.get(vocabulary="theme", code="3").label)
    assert names(client, q=label) == ["A"]
    assert names(client, q="Luik") == ["A"], "in any language"
    assert names(client, q="Finland") == ["C"]


def test_every_place_of_the_vocabularies_has_a_tile_of_its_own() -> None:
    codes = {
        vocabulary: {term.code for term in Term.objects.filter(vocabulary=vocabulary)}
        for vocabulary in ("country", "region")
    }
    assert codes == {"country": set(EUROPE), "region": set(BELGIUM)}
    for grid in (EUROPE, BELGIUM):
        assert len(set(grid.values())) == len(grid)
    assert set(SHORT) == {*BELGIUM, "GR", "GB"}
    assert len({SHORT.get(code, code) for code in {**EUROPE, **BELGIUM}}) == len(EUROPE) + len(BELGIUM)


def test_a_tile_says_its_place_and_number_and_keeps_what_was_asked(client: Client, three: None) -> None:
    page = client.get(f"{DIRECTORY}?sector=academia").content.decode()
    tiles = dict(re.findall(r'class="tile-map__tile" href="([^"]+)"[^>]*aria-label="([^"]+)"', page))
    assert tiles == {
        "/en/partners/?sector=academia&amp;country=BE": "Belgium: 1 organisation",
        "/en/partners/?sector=academia&amp;country=FI": "Finland: 1 organisation",
        "/en/partners/?sector=academia&amp;region=BE33": "Liège: 1 organisation",
    }
    chosen = client.get(f"{DIRECTORY}?sector=academia&country=BE").content.decode()
    [back] = re.findall(r'class="tile-map__tile is-selected" href="([^"]+)"', chosen)
    assert back == "/en/partners/?sector=academia", "a second press takes the choice back"


def test_the_open_data_narrows_likewise(client: Client, three: None) -> None:
    found = client.get("/api/v1/organisations/?theme=19&region=BE33").json()
    assert [each["name"] for each in found["results"]] == ["A"]
