"""Adds reuse, mainstreaming and the learning agenda, once the practices, the events and the people are there."""

from collections.abc import Iterator

from accounts.users.models import User
from hub.content_memory.references import referenced_together
from nccsi.demo.learning import mainstreaming, questions, reuse
from nccsi.demo.reading.terms import Terms


def load(terms: Terms, *, by: User) -> Iterator[str]:
    """Tells in a sentence each what it added."""
    with referenced_together() as records:
        if added := reuse.load(terms, records, by=by):
            yield f"Practices taken up elsewhere: {added}."
        if added := mainstreaming.load(terms, records, by=by):
            yield f"Histories of stages and policy hooks: {added}."
        if added := questions.load(terms, records, by=by):
            yield f"Questions of the learning agenda: {added}."
