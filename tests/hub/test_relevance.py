"""What people type into the search of the whole site brings up what they mean, whatever kind of thing it is."""

import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import override

from hub.site_search import registry
from tests.demo_content import queries

FIRST = 3
# Their addresses have keys that differ from one database to the next.
NAMED_BY_TITLE = {"reuse", "policy-hook"}
QUERIES = queries(Path(__file__).with_name("relevance.toml"))
ASKED = [(query, query[way]) for way in ("q", "typo") for query in QUERIES if way in query]


@pytest.fixture
def first(demo_content: None, db: None, visitor: Client) -> Any:
    """Asks the search page; kind and end of the address of its first rows, or the title of what has but a number."""

    def ask(words: str, language: str) -> list[tuple[str, str]]:
        with override(language):
            address = reverse("hub:search")
            codes = {str(kind.one): code for code, kind in registry.kinds().items()}
        answer = visitor.get(address, {"q": words})
        assert answer.status_code == 200
        row = r'class="tag">([^<]*)</span>.*?row__title"><a href="[^"]*/([\w-]+)/(?:\?hook=\d+)?"[^>]*>([^<]*)<'
        found = re.findall(row, answer.content.decode(), re.DOTALL)[:FIRST]
        rows = [(codes[label], slug, slugify(title)) for label, slug, title in found]
        return [(kind, title if slug.isdigit() or kind in NAMED_BY_TITLE else slug) for kind, slug, title in rows]

    return ask


@pytest.mark.parametrize(("query", "words"), ASKED, ids=[f"{query['language']}: {words}" for query, words in ASKED])
def test_what_is_meant_is_among_the_first_three(query: dict[str, Any], words: str, first: Any) -> None:
    found = first(words, query["language"])
    assert set(query["expect"]) <= {slug for _kind, slug in found}
    assert query.get("first", found[0][0]) == found[0][0]


def test_the_file_is_worth_its_name() -> None:
    by_language = Counter(query["language"] for query in QUERIES)
    assert len(QUERIES) >= 60
    assert min(by_language[language] for language in ("nl", "fr", "de", "en")) >= 9
    by_kind = Counter(query["first"] for query in QUERIES if "first" in query)
    assert set(by_kind) == {*registry.kinds()}
    assert min(by_kind.values()) >= 3
    assert by_kind.total() >= 40
    assert all(query["expect"] for query in QUERIES)
