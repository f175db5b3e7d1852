"""The feed of what is new, for everything and for any search."""

import xml.etree.ElementTree as ET
from datetime import timedelta

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from nccsi.caching.page_cache import in_order
from practices.library.facets import FACETS
from tests.factories.practices import PracticeFactory

pytestmark = pytest.mark.django_db
FEED = "/en/practices/feed.atom"
ATOM = "{http://www.w3.org/2005/Atom}"


def read(client: Client, query: str = "") -> ET.Element:
    response = client.get(FEED + query)
    assert response.status_code == 200
    return ET.fromstring(response.content)  # noqa: S314  # our own


def titles(feed: ET.Element) -> list[str]:
    return [entry.findtext(f"{ATOM}title", "") for entry in feed.iter(f"{ATOM}entry")]


@pytest.fixture(autouse=True)
def _library() -> None:
    now = timezone.now()
    for days, (title, theme, country) in enumerate(
        [("Newest home", "19", "BE"), ("Other", "3", "BE"), ("Older home", "19", "FI"), ("Oldest home", "19", "BE")]
    ):
        PracticeFactory.create(
            texts={"en": {"title": title}},
            theme=[theme],
            country=[country],
            first_published_at=now - timedelta(days=days),
        )


def test_everything_without_a_search(visitor: Client) -> None:
    feed = read(visitor)
    assert titles(feed) == ["Newest home", "Other", "Older home", "Oldest home"]
    assert feed.findtext(f"{ATOM}title") == "NCCSI: newest practices"
    assert feed.findtext(f"{ATOM}id") == f"{settings.SITE_URL}{FEED}"


def test_what_fits_a_search_the_newest_first_and_called_by_it(visitor: Client) -> None:
    feed = read(visitor, "?theme=19&country=BE&sort=title&page=2")
    assert titles(feed) == ["Newest home", "Oldest home"]
    assert "Belgium, Housing" in feed.findtext(f"{ATOM}title", "")
    assert titles(read(visitor, "?q=home&sort=match")) == ["Newest home", "Older home", "Oldest home"]


def test_one_search_is_one_feed_however_it_is_written(visitor: Client) -> None:
    written = {read(visitor, query).findtext(f"{ATOM}id") for query in ("?theme=19&country=BE", "?country=BE&theme=19")}
    assert written == {f"{settings.SITE_URL}{FEED}?country=BE&theme=19"}


@pytest.mark.parametrize(
    "query", ["?theme=999", "?q=%00", "?q=%FF", "?page=99", "?theme=" + "x" * 3000, "?q=<b>&theme"]
)
def test_no_query_is_too_odd(visitor: Client, query: str) -> None:
    read(visitor, query)


def test_it_is_linked_from_the_search(visitor: Client) -> None:
    page = visitor.get("/en/practices/?theme=19&country=BE").content.decode()
    assert page.count("/en/practices/feed.atom?country=BE&amp;theme=19") == 2
    assert "feed.atom?" not in visitor.get("/en/practices/").content.decode()


def test_every_facet_may_stand_in_an_address_that_is_kept() -> None:
    for facet in FACETS:
        assert in_order(f"{facet.name}=1")


def test_as_many_queries_for_one_as_for_thirty(visitor: Client) -> None:
    counts = []
    for more in (1, 30):
        for _number in range(more):
            PracticeFactory.create(theme=["19"])
        with CaptureQueriesContext(connection) as queries:
            read(visitor, "?theme=19")
        counts.append(len(queries))
    assert counts[0] == counts[1]
    assert counts[0] <= 25


def test_the_feed_says_who_wrote_it(client: Client) -> None:
    """RFC 4287, 4.1.1: a feed names its author, or each of its entries does."""
    assert read(client).findtext(f"{ATOM}author/{ATOM}name", "").strip()
