"""The map of the site by ranges of keys: complete, steady, and as cheap for many as for few."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from nccsi.addresses import sitemaps
from nccsi.addresses.sitemaps import PageSitemap, PortalSitemap
from practices.practice.models.practice import Practice
from tests.factories.hub import add_page, home
from tests.factories.partners import OrganisationFactory
from tests.factories.practices import PracticeFactory

pytestmark = pytest.mark.django_db

LANGUAGES = len(sitemaps.LANGUAGES)


def small(monkeypatch: pytest.MonkeyPatch, keys: int) -> None:
    """Pages of so many keys of what has several languages."""
    monkeypatch.setattr(PortalSitemap, "limit", keys * LANGUAGES)


def addresses(text: str) -> list[str]:
    return re.findall(r"<loc>http://localhost:8000([^<]*)</loc>", text)


def maps(client: Client, section: str) -> list[str]:
    """The pages of one map, as the map of maps names them."""
    return [each for each in addresses(client.get("/sitemap.xml").content.decode()) if f"sitemap-{section}." in each]


def practices(client: Client) -> dict[str, list[str]]:
    """The slugs on each page of the practices' map."""
    found = {}
    for page in maps(client, "practices"):
        text = client.get(page).content.decode()
        found[page] = [address.rstrip("/").rpartition("/")[2] for address in addresses(text)]
    return found


def test_each_practice_stands_on_one_page_and_stays_there(visitor: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    small(monkeypatch, 3)
    made = [PracticeFactory.create(texts={"en": {}, "nl": {}}) for _each in range(10)]
    PracticeFactory.create(live=False)
    before = practices(visitor)
    assert sorted(slug for slugs in before.values() for slug in slugs) == sorted(each.slug for each in made * 2)
    assert max(len(slugs) for slugs in before.values()) <= 6
    assert len([slugs for slugs in before.values() if slugs]) >= 4
    Practice.objects.filter(pk__in=[each.pk for each in made[:2]]).delete()
    gone = {each.slug for each in made[:2]}
    after = practices(visitor)
    assert {page: [slug for slug in slugs if slug not in gone] for page, slugs in before.items()} == after


def test_a_page_reads_what_is_on_it_and_the_map_of_maps_reads_no_items(
    visitor: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    small(monkeypatch, 3)
    read: list[int] = []
    from_db = Practice.from_db

    def counted(*arguments: object) -> Practice:
        read.append(1)
        return from_db(*arguments)

    monkeypatch.setattr(Practice, "from_db", counted)
    costs = []
    for number in (1, 12):
        for _each in range(number):
            PracticeFactory.create()
            OrganisationFactory.create()
        last = maps(visitor, "practices")[-1]
        read.clear()
        with CaptureQueriesContext(connection) as index:
            visitor.get("/sitemap.xml")
        assert not read
        with CaptureQueriesContext(connection) as page:
            visitor.get(last)
        assert 0 < len(read) <= 3
        costs.append((len(index), len(page)))
    assert costs[0] == costs[1]


def test_numbers_that_are_no_page(visitor: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    small(monkeypatch, 3)
    PracticeFactory.create()
    pages = len(maps(visitor, "practices"))
    for number in ("0", str(pages + 1), "x", "-1", "9" * 30):
        assert visitor.get(f"/sitemap-practices.xml?p={number}").status_code == 404


def test_an_empty_map_is_a_map(visitor: Client) -> None:
    Practice.objects.all().delete()
    assert visitor.get("/sitemap-practices.xml").status_code == 200
    assert maps(visitor, "practices")


def test_translations_on_another_page_of_the_map_are_named(visitor: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(PageSitemap, "limit", 2)
    page = add_page(slug="first")
    for number in range(3):
        add_page(slug=f"between-{number}")
    copy = page.copy_for_translation(home("fr").locale)
    copy.save_revision().publish()
    here = next(text for each in maps(visitor, "pages") if "/en/first/" in (text := visitor.get(each).content.decode()))
    assert copy.url not in addresses(here)
    assert f'hreflang="fr" href="http://localhost:8000{copy.url}"' in here


def test_the_map_of_maps_names_the_portal_whatever_host_was_asked() -> None:
    add_page()
    text = Client(HTTP_HOST="localhost:4444").get("/sitemap.xml").content.decode()
    assert "4444" not in text
    assert "<lastmod>" in text
