"""Keeps Wagtail's own search from indexing a page anew at each of the steps to its publication."""

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db.models import Model
from django.db.models.signals import post_save
from modelsearch.backends import get_search_backends_with_name
from modelsearch.index import get_indexed_models
from modelsearch.signal_handlers import post_save_signal_handler
from wagtail.models import Page


@contextmanager
def indexed_once() -> Iterator[None]:
    """What is saved meanwhile is indexed at the end, all of a kind in one statement; not where it fails.

    Only for a program that does nothing else: whatever this process saves in other threads waits, too.
    """
    saved: dict[type[Model], set[Any]] = defaultdict(set)

    def note(sender: type[Model], instance: Model, raw: bool = False, **_signal: Any) -> None:
        if not raw:
            saved[sender].add(instance.pk)

    # A bare page is indexed as what it is specifically, which takes a look at each.
    models = [model for model in get_indexed_models() if model is not Page]
    quiet = [model for model in models if post_save.disconnect(post_save_signal_handler, sender=model)]
    for model in quiet:
        post_save.connect(note, sender=model, weak=False)
    try:
        yield
    finally:
        for model in quiet:
            post_save.disconnect(note, sender=model)
            post_save.connect(post_save_signal_handler, sender=model)
    for model, keys in saved.items():
        found = list(model.get_indexed_objects().filter(pk__in=keys))  # type: ignore[attr-defined]  # of what is indexed
        for _name, backend in get_search_backends_with_name(with_auto_update=True):
            backend.add_bulk(model, found)
