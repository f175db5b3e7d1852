"""The demo's content for tests that only read it: a copy of the template, in a second instead of loading it anew."""

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pytest_django import DjangoDbBlocker

from tests import databases


def queries(path: Path) -> list[dict[str, Any]]:
    """What people type and what they mean by it, as a file of the tests of relevance has it."""
    found: list[dict[str, Any]] = tomllib.loads(path.read_text(encoding="utf-8"))["query"]
    return found


@pytest.fixture(scope="module")
def demo_content(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """This worker reads and writes a database with the demo's content until the module ends."""
    with django_db_blocker.unblock(), databases.instead(_copy_with_demo):
        yield


def _copy_with_demo(server: str, name: str) -> None:
    databases.copy(server, databases.with_demo(server), name)
