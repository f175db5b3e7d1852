"""Adds reuse, mainstreaming, the learning agenda, policy notes, a report, the logbook, once what they need is there."""

from collections.abc import Iterator

from hub.content_memory.references import referenced_together
from nccsi.demo.contents.pages import Tree
from nccsi.demo.learning import mainstreaming, notes, questions, reports, reuse
from nccsi.demo.reading.terms import Terms


def load(terms: Terms, tree: Tree) -> Iterator[str]:
    """Tells in a sentence each what it added."""
    with referenced_together() as records:
        if added := reuse.load(terms, records, by=tree.by):
            yield f"Practices taken up elsewhere: {added}."
        if added := mainstreaming.load(terms, records, by=tree.by):
            yield f"Histories of stages and policy hooks: {added}."
        if added := questions.load(terms, records, by=tree.by):
            yield f"Questions of the learning agenda: {added}."
    # Only now: they cite what came before.
    if added := notes.load(tree):
        yield f"Pages of policy notes: {added}."
    if added := reports.load(by=tree.by):
        yield f"Reports: {added}."
    if added := reports.load_logbook(by=tree.by):
        yield f"Entries of the logbook: {added}."
