"""What people type brings up what they mean: the demo's practices, asked for in four languages."""

import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from practices.practice.models.practice import Practice
from tests.demo_content import queries

FIRST = 3
QUERIES = queries(Path(__file__).with_name("relevance.toml"))
AS_MEANT = [(query, query["q"]) for query in QUERIES]
WITH_TYPO = [(query, query["typo"]) for query in QUERIES if "typo" in query]


@pytest.fixture
def first(demo_content: None, db: None, visitor: Client) -> Any:
    """Asks the library's page and returns the slugs of its first rows."""

    def ask(words: str, language: str) -> list[str]:
        with override(language):
            address = reverse("practices:library")
        answer = visitor.get(address, {"q": words}, headers={"HX-Request": "true"})
        assert answer.status_code == 200
        return re.findall(r'row__title">\s*<a href="[^"]*/([\w-]+)/"', answer.content.decode())[:FIRST]

    return ask


@pytest.mark.parametrize(
    ("query", "words"), AS_MEANT, ids=[f"{query['language']}: {words}" for query, words in AS_MEANT]
)
def test_what_is_meant_is_among_the_first_three(query: dict[str, Any], words: str, first: Any) -> None:
    assert_answered(query, first(words, query["language"]))


@pytest.mark.parametrize(
    ("query", "words"), WITH_TYPO, ids=[f"{query['language']}: {words}" for query, words in WITH_TYPO]
)
def test_the_same_with_a_typing_error(query: dict[str, Any], words: str, first: Any) -> None:
    assert_answered(query, first(words, query["language"]))


def assert_answered(query: dict[str, Any], found: list[str]) -> None:
    """All that is expected is there; where many would do, nothing else is."""
    assert found
    assert set(query.get("expect", [])) <= set(found)
    assert set(found) <= set(query.get("among", found))


@pytest.mark.usefixtures("demo_content", "db")
def test_the_file_is_worth_its_name() -> None:
    by_language = Counter(query["language"] for query in QUERIES)
    assert len(QUERIES) >= 140
    assert min(by_language[language] for language in ("nl", "fr", "de", "en")) >= 15
    assert len(WITH_TYPO) >= 20
    assert all(is_one_typo(query["q"], query["typo"]) for query, _words in WITH_TYPO)
    named = {slug for query in QUERIES for slug in [*query.get("expect", []), *query.get("among", [])]}
    assert named <= set(Practice.objects.public().values_list("slug", flat=True))
    assert all(query.get("expect") or len(query.get("among", [])) > FIRST for query in QUERIES)


def is_one_typo(meant: str, typed: str) -> bool:
    """One letter less, one twice, or two neighbours swapped."""
    less = {meant[:place] + meant[place + 1 :] for place in range(len(meant))}
    twice = {meant[: place + 1] + meant[place:] for place in range(len(meant))}
    swapped = {meant[:place] + meant[place + 1] + meant[place] + meant[place + 2 :] for place in range(len(meant) - 1)}
    return typed in less | twice | swapped
