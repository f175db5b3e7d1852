"""What people type into the search of the whole site brings up the pages and organisations that they mean."""

import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import transaction
from django.test import Client, override_settings
from django.urls import reverse
from django.utils.translation import override
from pytest_django import DjangoDbBlocker

FIRST = 3
GROUPS = ("pages", "partners")
QUERIES: list[dict[str, Any]] = tomllib.loads(Path(__file__).with_name("relevance.toml").read_text(encoding="utf-8"))[
    "query"
]
ASKED = [(query, query[way]) for way in ("q", "typo") for query in QUERIES if way in query]


@pytest.fixture(scope="module")
def _demo(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The demo's content, loaded once and gone after this module."""
    with django_db_blocker.unblock(), override_settings(DEMO=True):
        everything = transaction.atomic()
        everything.__enter__()
        call_command("demo", verbosity=0)
    yield
    with django_db_blocker.unblock():
        transaction.set_rollback(True)
        everything.__exit__(None, None, None)


@pytest.fixture
def first(_demo: None, db: None, visitor: Client) -> Any:
    """Asks the search page and returns the ends of the addresses of its first rows, group by group."""

    def ask(words: str, language: str) -> dict[str, list[str]]:
        with override(language):
            address = reverse("hub:search")
        answer = visitor.get(address, {"q": words})
        assert answer.status_code == 200
        groups = re.findall(r'aria-labelledby="group-(\w+)">(.*?)</section>', answer.content.decode(), re.DOTALL)
        return {
            name: re.findall(r'row__title"><a href="[^"]*/([\w-]+)/"', rows)[:FIRST]
            for name, rows in groups
            if name in GROUPS
        }

    return ask


@pytest.mark.parametrize(("query", "words"), ASKED, ids=[f"{query['language']}: {words}" for query, words in ASKED])
def test_what_is_meant_is_among_the_first_three(query: dict[str, Any], words: str, first: Any) -> None:
    found = first(words, query["language"])
    for group in GROUPS:
        assert set(query.get(group, [])) <= set(found.get(group, []))


def test_the_file_is_worth_its_name() -> None:
    by_language = Counter(query["language"] for query in QUERIES)
    assert len(QUERIES) >= 40
    assert min(by_language[language] for language in ("nl", "fr", "de", "en")) >= 9
    assert all(any(query.get(group) for group in GROUPS) for query in QUERIES)
