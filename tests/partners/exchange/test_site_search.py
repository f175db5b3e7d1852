"""Offers and requests are found by the search of the whole site, as long as visitors see them."""

import re
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from hub.site_search.finding import find
from partners.exchange.models import Notice
from tests.factories.exchange import NoticeFactory
from tests.factories.partners import OrganisationFactory

pytestmark = pytest.mark.django_db


def _titles(words: str, language: str = "en") -> list[str]:
    return [hit.title for hit in find(words, language).hits]


def test_by_the_words_of_the_title_the_text_and_the_terms() -> None:
    NoticeFactory.create(title="Workshops on welding", text="In our hall, with tools.", terms=["19"])
    NoticeFactory.create(title="Un atelier", text="Des soudures, avec des outils.", language="fr")
    assert _titles("welding workshop") == ["Workshops on welding"]
    assert _titles("tools") == ["Workshops on welding"]
    assert _titles("soudure", "fr") == _titles("soudure") == ["Un atelier"]
    assert _titles("housing") == ["Workshops on welding"]


def test_a_title_comes_before_a_text() -> None:
    NoticeFactory.create(title="A hall", text="With an oven for pottery.")
    NoticeFactory.create(title="Pottery", text="With an oven.")
    assert _titles("pottery") == ["Pottery", "A hall"]


@pytest.mark.parametrize(
    "change", [{"withdrawn_at": "2026-01-01T08:00Z"}, {"until": "2026-01-01", "renewed_at": "2026-01-01T08:00Z"}]
)
def test_what_is_over_or_withdrawn_is_not_found(change: dict[str, Any]) -> None:
    made = NoticeFactory.create(title="Pottery")
    assert _titles("pottery")
    Notice.objects.filter(pk=made.pk).update(**change)
    assert not _titles("pottery")


def test_nor_what_a_hidden_organisation_offers() -> None:
    NoticeFactory.create(title="Pottery", organisation=OrganisationFactory.create(status="hidden"))
    assert not _titles("pottery")


def test_the_page_says_what_it_is_whose_and_leads_to_the_list(client: Client) -> None:
    made = NoticeFactory.create(title="Pottery", kind="request", renewed_at=timezone.now())
    page = client.get("/en/search/", {"q": "pottery"}).content.decode()
    assert re.search(r'class="tag">Offer or request</span><span>Request</span><span>' + made.organisation.name, page)
    assert f'href="{made.get_absolute_url()}"' in page
    alone = client.get("/en/search/", {"q": "pottery", "kind": "notice"}).content.decode()
    assert "?q=pottery" in alone
    assert "Offers and requests: search with filters" in alone
