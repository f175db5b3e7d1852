"""Every migration of ours has a way back, and a database that went back and forth is as one that is new."""

import os
import re
import subprocess
from collections.abc import Iterator

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from pytest_django import DjangoDbBlocker

from nccsi.running.embedded import programs
from tests import databases
from tests.test_architecture import APPS

# Wagtail's migrations refer to the people, and not all of them have a way back.
STAYS = "accounts"


@pytest.fixture
def fresh_database(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """The address of a database as `manage.py migrate` makes it, which this test may change."""
    server, own = os.environ["DATABASE_URL"], connection.settings_dict["NAME"]
    name = f"{own}_schema"
    with django_db_blocker.unblock():
        url = databases.copy(server, databases.migrated(server), name)
        databases.turn_to(name)
        yield url
        databases.turn_to(own)
        databases.drop(server, name)


def test_back_and_forth_leaves_the_schema_of_a_new_database(fresh_database: str) -> None:
    fresh = _schema(fresh_database)
    MigrationExecutor(connection).migrate([(app, None) for app in APPS if app != STAYS])
    assert not [app for app in APPS if app != STAYS if f"CREATE TABLE public.{app}_" in _schema(fresh_database)]
    call_command("migrate", verbosity=0)
    assert _schema(fresh_database) == fresh


def _schema(url: str) -> str:
    (folder,) = programs()
    dumped = subprocess.run(
        [str(folder / "pg_dump"), "--schema-only", url], capture_output=True, text=True, check=True
    ).stdout
    # A key that is made up anew for each dump.
    return re.sub(r"^\\(un)?restrict .*$", "", dumped, flags=re.MULTILINE)
