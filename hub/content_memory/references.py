"""Keeps saving much at once fast."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import models
from wagtail.models import ReferenceIndex
from wagtail.signal_handlers import disable_reference_index_auto_update


@contextmanager
def referenced_once(record: models.Model) -> Iterator[None]:
    """Notes what a record refers to once at the end, not after each of the steps to its publication."""
    with disable_reference_index_auto_update():
        yield
    ReferenceIndex.create_or_update_for_object(record)


@contextmanager
def referenced_together() -> Iterator[list[models.Model]]:
    """The same for many records: those that are put on the list meanwhile."""
    records: list[models.Model] = []
    with disable_reference_index_auto_update():
        yield records
    for record in records:
        ReferenceIndex.create_or_update_for_object(record)
