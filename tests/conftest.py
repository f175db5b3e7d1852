"""What every test may use: the people of `tests/personas.py`, and a portal that has been set up."""

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.utils import translation
from pytest_django import DjangoDbBlocker

from hub import content_version

pytest_plugins = ["tests.personas", "tests.running", "tests.smtp_sink"]


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    """The empty database gets what every deployment has: languages, terms, groups, home pages."""
    with django_db_blocker.unblock():
        call_command("setup", verbosity=0)


@pytest.fixture(autouse=True)
def _fresh_memory() -> None:
    """Nothing of one test reaches the next: no counters, no terms of its database, no reader's language."""
    cache.clear()
    content_version.forget()
    translation.deactivate()
