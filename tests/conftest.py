"""What every test may use: the people of `tests/personas.py`, and a portal that has been set up."""

import os
from collections.abc import Iterator
from typing import cast

import pytest
from django.conf import settings
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection
from django.db.backends.postgresql.base import DatabaseWrapper as PostgreSQL
from django.utils import translation
from pytest_django import DjangoDbBlocker

from hub import content_version
from tests import databases

pytest_plugins = ["tests.personas", "tests.running", "tests.smtp_sink"]


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None, django_db_blocker: DjangoDbBlocker, django_db_modify_db_settings: None
) -> Iterator[None]:
    """A migrated database of this worker's own, with what every deployment has: languages, terms, groups, home pages.

    In place of pytest-django's fixture of this name, which would migrate anew for each worker.
    """
    server, own = os.environ["DATABASE_URL"], f"test_{os.environ.get('PYTEST_XDIST_WORKER', 'alone')}_{os.getpid()}"
    with django_db_blocker.unblock():
        _disconnect()
        databases.copy(server, databases.migrated(server), own)
        settings.DATABASES["default"]["NAME"] = connection.settings_dict["NAME"] = own
        call_command("setup", verbosity=0)
    yield
    with django_db_blocker.unblock():
        _disconnect()
        databases.drop(server, own)


def _disconnect() -> None:
    """Leave the database, with all connections that the pool keeps."""
    connection.close()
    cast(PostgreSQL, connection).close_pool()


@pytest.fixture(autouse=True)
def _fresh_memory() -> None:
    """Nothing of one test reaches the next: no counters, no terms of its database, no reader's language."""
    cache.clear()
    content_version.forget()
    translation.deactivate()
