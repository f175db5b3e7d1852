"""What tests of relevance share: the queries of a file, and the demo's content to ask for."""

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import transaction
from django.test import override_settings
from pytest_django import DjangoDbBlocker


def queries(path: Path) -> list[dict[str, Any]]:
    """What people type and what they mean by it, as a file has it."""
    found: list[dict[str, Any]] = tomllib.loads(path.read_text(encoding="utf-8"))["query"]
    return found


@pytest.fixture(scope="module")
def demo_content(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The demo's content, loaded once and gone after this module."""
    with django_db_blocker.unblock(), override_settings(DEMO=True):
        everything = transaction.atomic()
        everything.__enter__()
        call_command("demo", verbosity=0)
    yield
    with django_db_blocker.unblock():
        transaction.set_rollback(True)
        everything.__exit__(None, None, None)
