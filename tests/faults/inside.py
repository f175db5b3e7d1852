"""Django of the tests upon the database of a portal that they break: arranging and looking by its own code."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import connection
from environ import Env
from pytest_django import DjangoDbBlocker

from hub.content_memory import content_version
from tests import databases
from tests.faults.portal import Portal

_PLACE = ("NAME", "USER", "PASSWORD", "HOST", "PORT")


@contextmanager
def inside(portal: Portal, blocker: DjangoDbBlocker) -> Iterator[None]:
    """What is written here is committed at once; afterwards Django is where it was."""
    before = {name: connection.settings_dict[name] for name in _PLACE}
    with blocker.unblock():
        place = Env.db_url_config(portal.database_url)
        _turn_to({**place, "HOST": place["OPTIONS"]["host"]})
        try:
            yield
        finally:
            _turn_to(before)


def _turn_to(place: Mapping[str, Any]) -> None:
    databases.disconnect()
    connection.settings_dict.update({name: place[name] for name in _PLACE})
    ContentType.objects.clear_cache()
    content_version.forget()
