"""The directory and the page of an organisation."""

import html
import re
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from hub.site_search.finding import find
from partners.directory.sectors import organisations_per_sector
from partners.organisations.models import Organisation
from tests.factories.exchange import NoticeFactory
from tests.factories.partners import OrganisationFactory, term
from tests.factories.practices import PracticeFactory

pytestmark = pytest.mark.django_db


def address(name: str, *args: Any, language: str = "en") -> str:
    with translation.override(language):
        return reverse(f"partners:{name}", args=args)


def names(client: Client, query: str = "", language: str = "en") -> list[str]:
    response = client.get(f"{address('directory', language=language)}?{query}")
    assert response.status_code == 200
    return [card.name for card in response.context["cards"]]


def test_filters_narrow_across_facets_and_widen_within_one(client: Client) -> None:
    OrganisationFactory.create(name="A", sector="citizens", country="BE")
    OrganisationFactory.create(name="B", sector="academia", country="BE")
    OrganisationFactory.create(name="C", sector="academia", country="FI")
    assert names(client) == ["A", "B", "C"]
    assert names(client, "sector=academia") == ["B", "C"]
    assert names(client, "sector=academia&country=FI") == ["C"]
    assert names(client, "country=BE&country=FI&sector=citizens&sector=academia") == ["A", "B", "C"]
    assert names(client, "sector=nothing&country=ZZ&page=999&sort=what") == ["A", "B", "C"]


def test_counts_of_a_facet_ignore_its_own_choice(client: Client) -> None:
    OrganisationFactory.create(sector="citizens", country="BE")
    OrganisationFactory.create(sector="academia", country="BE")
    OrganisationFactory.create(sector="academia", country="FI")
    OrganisationFactory.create(sector="academia", country="FI", status=Organisation.Status.HIDDEN)
    facets = client.get(f"{address('directory')}?sector=academia").context["listing"].first_facets
    counts = {facet.name: {option.code: option.count for option in facet.options} for facet in facets}
    assert counts == {"sector": {"citizens": 1, "academia": 2}, "country": {"BE": 1, "FI": 1}}


def test_a_choice_without_any_result_stays_visible(client: Client) -> None:
    OrganisationFactory.create(sector="citizens", country="BE")
    response = client.get(f"{address('directory')}?sector=academia")
    page = response.content.decode()
    assert "No organisations match your search" in page
    [option] = [option for option in response.context["listing"].first_facets[0].options if option.code == "academia"]
    assert (option.count, option.selected) == (0, True)


def test_where_nothing_fits_each_choice_that_is_in_the_way_can_be_left_out(client: Client) -> None:
    OrganisationFactory.create(name="Danish", sector="academia", country="DK")
    for _number in range(2):
        OrganisationFactory.create(sector="business", country="BE")
    asked = f"{address('directory')}?sector=business&sector=citizens&country=DK"
    shown = html.unescape(client.get(asked).content.decode()).partition("What each filter hides")[2]
    assert re.findall(r'<a href="([^"]*)" rel="nofollow">(Without .*?)</a> \((\d+)\)', shown) == [
        (f"{address('directory')}?sector=business&sector=citizens", "Without Denmark", "2"),
        (f"{address('directory')}?country=DK", "Without Business, Citizens", "1"),
    ]
    assert names(client, "country=DK") == ["Danish"]
    words = client.get(f"{address('directory')}?q=nothing&country=DK").content.decode()
    assert "Without “nothing”" in words
    assert "Without Denmark" not in words, "that would show nothing either"
    assert "What each filter hides" not in client.get(f"{address('directory')}?country=DK").content.decode()


def test_tracks_are_those_of_profiles_and_lead_to_the_offers_on_the_same(client: Client) -> None:
    found = OrganisationFactory.create(name="Trains")
    found.terms.set([term("track", "training")])
    found.save()
    offered = NoticeFactory.create(title="A course")
    offered.terms.set([term("track", "training")])
    NoticeFactory.create(title="A hall")
    page = client.get(f"{address('directory')}?track=training").content.decode()
    assert names(client, "track=training") == ["Trains"]
    assert "As profiles say." in page
    with translation.override("en"):
        same = f"{reverse('exchange:notices')}?track=training"
    assert f'<a href="{same}">1 offer or request</a>' in page
    assert [card.title for card in client.get(same).context["cards"]] == ["A course"]
    assert "On the same, now:" not in client.get(address("directory")).content.decode()


def test_htmx_gets_the_part_that_changes_and_caches_know(client: Client) -> None:
    OrganisationFactory.create(sector="citizens")
    asked = f"{address('directory')}?sector=citizens"
    headers = {"HX-Request": "true", "HX-Trigger": "directory-filters"}
    response = client.get(asked, headers=headers)
    page = response.content.decode()
    assert "<html" not in page
    assert 'id="directory"' in page
    assert '<details class="filters" open>' in page
    assert re.search(r'id="directory-status"[^>]*>1 organisation<', page)
    assert "HX-Request" in response["Vary"]
    whole = client.get(asked, headers=headers | {"HX-History-Restore-Request": "true"}).content.decode()
    assert "<html" in whole
    assert "Show results" in whole


def test_words_are_found_in_every_language_and_the_readers_first(client: Client) -> None:
    OrganisationFactory.create(name="A", original_language="nl", texts={"nl": {"summary": "Samen wonen met zorg"}})
    OrganisationFactory.create(name="B", texts={"en": {"summary": "Wonen is our word for housing"}})
    OrganisationFactory.create(name="C", texts={"en": {"summary": "Nothing to do with it"}})
    assert names(client, "q=wonen") == ["B", "A"]
    assert names(client, "q=wonen", language="nl") == ["A", "B"]


def test_a_name_is_found_by_a_part_and_with_a_typing_error(client: Client) -> None:
    OrganisationFactory.create(name="Sociale Innovatiefabriek")
    OrganisationFactory.create(name="Something else")
    assert names(client, "q=innovatie") == ["Sociale Innovatiefabriek"]
    assert names(client, "q=Inovatiefabriek") == ["Sociale Innovatiefabriek"]
    assert names(client, urlencode({"q": "100%_'; DROP TABLE--"})) == []


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    query=st.lists(
        st.tuples(
            st.sampled_from(["q", "sector", "country", "page", "sort", "language"]),
            st.one_of(st.text(max_size=30), st.sampled_from(["academia", "BE", "1", "-1", "\x00", '"or -'])),
        ),
        max_size=6,
    )
)
def test_no_query_string_breaks_the_directory(client: Client, query: list[tuple[str, str]]) -> None:
    text = urlencode(query, encoding="utf-8", errors="surrogatepass")
    assert client.get(f"{address('directory')}?{text}").status_code == 200


def test_the_directory_asks_the_database_as_often_for_fifty_as_for_one(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    counts = []
    for number in (1, 3, 50):
        while Organisation.objects.count() < number:
            OrganisationFactory.create(texts={"en": {"summary": "Helps."}, "nl": {"summary": "Helpt."}})
        client.get(address("directory"))
        with django_assert_max_num_queries(25) as queries:
            client.get(f"{address('directory')}?country=BE&q=helps")
        counts.append(len(queries))
    assert len(set(counts)) == 1, counts


def test_a_page_in_the_readers_language_else_in_the_original_with_its_name(client: Client) -> None:
    organisation = OrganisationFactory.create(
        name="House", original_language="nl", texts={"nl": {"summary": "Huis"}, "fr": {"summary": "Maison"}}
    )
    french = client.get(address("organisation", organisation.slug, language="fr")).content.decode()
    assert "Maison" in french
    english = client.get(address("organisation", organisation.slug)).content.decode()
    assert 'lang="nl">Huis' in english
    assert "Dutch" in english
    assert '"@type": "Organization"' in english


@pytest.mark.parametrize("status", [Organisation.Status.PROPOSED, Organisation.Status.HIDDEN])
def test_what_is_not_listed_cannot_be_found(client: Client, administrator: Client, status: str) -> None:
    organisation = OrganisationFactory.create(name="Secret", status=status)
    for somebody in (client, administrator):
        assert somebody.get(address("organisation", organisation.slug)).status_code == 404
    assert names(client) == []
    assert names(client, "q=secret") == []


def test_the_mailbox_is_never_shown(client: Client) -> None:
    organisation = OrganisationFactory.create(email="mailbox@example.org")
    assert b"mailbox@example.org" not in client.get(address("organisation", organisation.slug)).content


def test_the_sites_search_finds_organisations() -> None:
    OrganisationFactory.create(name="Sociale Innovatiefabriek")
    assert [hit.title for hit in find("innovatiefabriek", "en").hits] == ["Sociale Innovatiefabriek"]


def test_what_other_apps_show() -> None:
    OrganisationFactory.create(sector="citizens")
    with translation.override("en"):
        sectors = {row["code"]: row for row in organisations_per_sector()}
    assert len(sectors) == 5
    assert sectors["citizens"]["count"] == 1
    assert sectors["citizens"]["url"] == "/en/partners/?sector=citizens"


def test_an_organisation_shows_the_practices_it_answers_for(client: Client) -> None:
    organisation = OrganisationFactory.create()
    PracticeFactory.create(owner=organisation, texts={"en": {"title": "Shared homes"}})
    PracticeFactory.create(owner=organisation, live=False, texts={"en": {"title": "A draft"}})
    page = client.get(address("organisation", organisation.slug)).content.decode()
    assert "Shared homes" in page
    assert "A draft" not in page


def test_words_in_another_language_are_marked_in_lists(client: Client) -> None:
    OrganisationFactory.create(name="Werkgroep", original_language="nl", texts={"nl": {"summary": "Helpt mensen."}})
    directory = client.get(address("directory", language="de")).content.decode()
    search = client.get("/de/suche/", {"q": "werkgroep"}).content.decode()
    for page in (directory, search):
        assert 'lang="nl">Helpt mensen.</p>' in page
        assert "language-note" in page
    own = client.get(address("directory", language="nl")).content.decode()
    assert ">Helpt mensen.</p>" in own
    assert "language-note" not in own
