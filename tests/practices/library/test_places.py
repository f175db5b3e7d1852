"""Where practices are, on the maps of the library and of the home page: each tile opens as many as it says."""

import re
from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from hub.content_memory import content_version
from tests.factories.libraries import Made, make_library

pytestmark = pytest.mark.django_db

LIBRARY = "/en/practices/"
TILE = re.compile(
    r'<a class="tile-map__tile(?P<chosen>[^"]*)" href="(?P<url>[^"]+)"[^>]* aria-label="(?P<words>[^"]+)".*?'
    r'<rect class="is-(?P<step>\d)".*?<text class="tile-map__number"[^>]*>(?P<number>\d+)</text>',
    re.DOTALL,
)


def made(slug: str, **codes: set[str]) -> Made:
    return Made(
        slug=slug, codes={"kind": frozenset({"method"}), **{name: frozenset(each) for name, each in codes.items()}}
    )


@pytest.fixture(autouse=True)
def _library() -> None:
    make_library(
        [
            *(made(f"finnish-{number}", country={"FI"}, theme={"19"}) for number in range(6)),
            made("two", country={"BE", "NL"}, region={"BE21", "BE10"}, theme={"19", "3"}),
            made("one", country={"BE"}, region={"BE10"}, theme={"3"}),
            made("nowhere", theme={"3"}),
        ]
    )


def tiles(page: str) -> dict[str, re.Match[str]]:
    return {unescape(found["words"]): found for found in TILE.finditer(page)}


def found(visitor: Client, url: str) -> int:
    [number] = re.findall(r'id="library-count"[^>]*>(\d+) practices?<', visitor.get(url).content.decode())
    return int(number)


@pytest.mark.parametrize("address", ["/en/", LIBRARY, f"{LIBRARY}?theme=3", f"{LIBRARY}?theme=19&q=shared"])
def test_each_tile_opens_a_list_of_as_many_as_it_says(visitor: Client, address: str) -> None:
    shown = tiles(visitor.get(address).content.decode())
    assert len(shown) >= 4
    for words, tile in shown.items():
        assert found(visitor, unescape(tile["url"])) == int(tile["number"]), words
        assert re.fullmatch(rf"[^:]+: {tile['number']} practices?", words)


def test_tiles_follow_what_was_asked_and_lead_where_the_facet_leads(visitor: Client) -> None:
    assert set(tiles(visitor.get(LIBRARY).content.decode())) == {
        "Belgium: 2 practices", "Finland: 6 practices", "Netherlands: 1 practice",
        "Antwerp: 1 practice", "Brussels-Capital Region: 2 practices",
    }  # fmt: skip
    narrowed = tiles(visitor.get(LIBRARY, {"theme": "3", "country": "BE"}).content.decode())
    assert {words: unescape(tile["url"]) for words, tile in narrowed.items()} == {
        "Belgium: 2 practices": f"{LIBRARY}?theme=3",
        "Netherlands: 1 practice": f"{LIBRARY}?theme=3&country=BE&country=NL",
        "Antwerp: 1 practice": f"{LIBRARY}?theme=3&country=BE&region=BE21",
        "Brussels-Capital Region: 2 practices": f"{LIBRARY}?theme=3&country=BE&region=BE10",
    }
    assert "is-selected" in narrowed["Belgium: 2 practices"]["chosen"]


def test_the_list_beside_it_has_the_same_links(visitor: Client) -> None:
    page = visitor.get(LIBRARY).content.decode()
    listed = re.findall(r'<li><a href="([^"]+)" rel="nofollow">([^<]+: \d+ practices?)</a></li>', page)
    assert {unescape(words): url for url, words in listed} == {
        words: tile["url"] for words, tile in tiles(page).items()
    }


def test_more_is_darker_and_where_nothing_is_no_link_stands(visitor: Client) -> None:
    page = visitor.get(LIBRARY).content.decode()
    steps = {words: tile["step"] for words, tile in tiles(page).items()}
    assert steps["Finland: 6 practices"] == "5"
    assert steps["Belgium: 2 practices"] == "2"
    assert steps["Netherlands: 1 practice"] == "1"
    assert steps["Antwerp: 1 practice"] == "1", "a few are few, even where nobody has more"
    empty = re.findall(r'<g class="tile-map__empty" aria-hidden="true">(.*?)</g>', page)
    assert len(empty) == 41 - 3 + 11 - 2
    assert not any("<a" in tile for tile in empty)


def test_the_map_is_there_until_something_else_is_asked(visitor: Client) -> None:
    there = 'class="more maps is-there"'
    assert there in visitor.get(LIBRARY).content.decode()
    assert there in visitor.get(LIBRARY, {"theme": "3", "country": "BE"}).content.decode()
    searched = visitor.get(LIBRARY, {"q": "shared"}).content.decode()
    assert there not in searched
    assert 'class="more maps"' in searched


@pytest.mark.parametrize("address", ["/en/", LIBRARY])
def test_no_tile_costs_a_query(visitor: Client, address: str) -> None:
    visitor.get(address)  # once, so that what a process learns only once is known
    counts = []
    for more in ([], [made(f"more-{code}", country={code}) for code in ("CZ", "DK", "IE", "PL", "SE")]):
        make_library(more)
        content_version.forget()
        with CaptureQueriesContext(connection) as queries:
            shown = tiles(visitor.get(address).content.decode())
        counts.append((len(queries), len(shown)))
    assert [number for _queries, number in counts] == [5, 10]
    assert counts[0][0] == counts[1][0] <= 25
