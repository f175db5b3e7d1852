"""Loads the whole demo, in the order in which one thing needs another."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction

from hub.content_memory.search_index import indexed_once
from hub.site_search import page_entries
from nccsi.demo import targets
from nccsi.demo.contents import (
    activity,
    calls,
    events,
    exchange,
    organisations,
    pages,
    participants,
    people,
    practices,
    site,
)
from nccsi.demo.history import loading as history
from nccsi.demo.learning import loading as learning
from nccsi.demo.logins import EDITOR
from nccsi.demo.reading.terms import Terms


@transaction.atomic
def load() -> list[str]:
    """Adds what is missing, leaves alone what is there, and tells in a sentence each what it added."""
    with _without_log(), indexed_once(), page_entries.renewed_once():
        return list(_load())


def _load() -> Iterator[str]:
    terms = Terms()
    if added := organisations.load(terms):
        yield f"Organisations: {added}."
    if added := people.load():
        yield f"People: {added}."
    editor = people.person(EDITOR)
    if added := practices.load(terms, by=editor):
        yield f"Practices: {added}."

    tree = pages.Tree(by=editor)
    pages.load(tree, contact=site.contact("centre"))
    secretariat = site.contact("calls")
    calls.load(tree, terms, contact=secretariat)
    events.load(tree, terms, contact=secretariat)
    pages.load_news(tree)
    if tree.added:
        yield f"Pages: {tree.added}."
    site.load(tree)
    if added := exchange.load(terms):
        yield f"Offers and requests: {added}."
    if added := history.load(terms):
        yield f"Interests and consortia of the closed call: {added}."
    if added := activity.load(terms):
        yield f"Things that the partners did: {added}."
    if added := participants.load(tree):
        yield f"Guests of meetings: {added}."
    yield from learning.load(terms, tree)
    if added := targets.load():
        yield f"Figures with targets: {added}."


@contextmanager
def _without_log() -> Iterator[None]:
    """Hundreds of lines on what is saved and indexed help nobody; warnings still show."""
    before = logging.root.manager.disable
    logging.disable(logging.INFO)
    try:
        yield
    finally:
        logging.disable(before)
