"""What every test may use: the people of `tests/personas.py`, and a portal that has been set up."""

import gc
import os
from collections.abc import Iterator
from importlib import import_module

import pytest
from django.conf import settings
from django.contrib.auth.hashers import ScryptPasswordHasher
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection
from django.test import TransactionTestCase
from django.utils import translation
from pytest_django import DjangoDbBlocker
from wagtail.signal_handlers import disconnect_reference_index_signal_handlers

from hub.content_memory import content_version
from nccsi.health import views
from tests import databases

pytest_plugins = ["tests.demo_content", "tests.object_store", "tests.personas", "tests.running", "tests.smtp_sink"]


# What the portal's passwords cost is a promise of the settings, not of each test that signs somebody in.
SLOW = ScryptPasswordHasher.work_factor
ScryptPasswordHasher.work_factor = 2**4
# Each test asks for a state of its own.
views.REMEMBERED = 0


def pytest_collection_finish() -> None:
    """What is loaded stays: looking through it for garbage again and again would take an eighth of the suite."""
    gc.freeze()
    gc.set_threshold(100_000, 50, 100)


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None, django_db_blocker: DjangoDbBlocker, django_db_modify_db_settings: None
) -> Iterator[None]:
    """A migrated database of this worker's own, with what every deployment has: languages, terms, groups, home pages.

    In place of pytest-django's fixture of this name, which would migrate anew for each worker.
    """
    server, own = os.environ["DATABASE_URL"], f"test_{os.environ.get('PYTEST_XDIST_WORKER', 'alone')}_{os.getpid()}"
    untouched = f"{own}_untouched"
    with django_db_blocker.unblock():
        databases.disconnect()
        databases.copy(server, databases.migrated(server), own)
        settings.DATABASES["default"]["NAME"] = connection.settings_dict["NAME"] = own
        call_command("setup", verbosity=0)
        databases.disconnect()
        databases.copy(server, own, untouched)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda _case: _as_before(server, untouched))
        yield
    with django_db_blocker.unblock():
        databases.disconnect()
        databases.drop(server, own)
        databases.drop(server, untouched)


def _as_before(server: str, untouched: str) -> None:
    """After real transactions: copying is quicker than emptying every table and setting the portal up anew."""
    databases.disconnect()
    databases.copy(server, untouched, connection.settings_dict["NAME"])


@pytest.fixture
def set_up_anew(transactional_db: None) -> None:
    """Real transactions, on a portal that has been set up; the next test finds nothing of them."""


@pytest.fixture(scope="session", autouse=True)
def _references_left_out(django_test_environment: None) -> None:
    """What refers to what is asked by few screens, and noting it would take a tenth of the suite."""
    import_module(settings.ROOT_URLCONF)  # the admin's screens would connect what they show when they are made
    disconnect_reference_index_signal_handlers()


@pytest.fixture(autouse=True)
def _fresh_memory() -> None:
    """Nothing of one test reaches the next: no counters, no terms of its database, no reader's language."""
    cache.clear()
    content_version.forget()
    translation.deactivate()


@pytest.fixture
def english() -> Iterator[None]:
    """For a module that reads texts which no request asks for: the language they are in."""
    with translation.override("en"):
        yield
