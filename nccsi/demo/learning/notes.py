"""Two policy notes, as staff would write them: what they cite is kept when they are published."""

from itertools import chain
from typing import Any

from learning.notes.pages import SIDES, NotePage
from nccsi.demo.contents.pages import Tree
from nccsi.demo.learning import questions
from nccsi.demo.reading import words
from practices.practice.models.details import PracticeFigure
from practices.practice.models.practice import Practice
from practices.reuse.models.reuses import Reuse

FILE = "notes.toml"
INDEX = "notes"
CITED = ("practice", "figure", "reuse")

# What can be cited, by how the file names it.
Records = dict[tuple[str, Any], Any]


def load(tree: Tree) -> int:
    """Publishes those that are missing, each in its languages; what somebody wrote since stays."""
    before, records = tree.added, _records()
    for told in words.read(FILE)["note"]:
        for language, text in words.spoken(told).items():
            said = _said(text, words.read(questions.FILE)["mark"][language])
            sides = {side: _blocks(told[side], language, records) for side in SIDES}
            tree.place(f"note-{told['key']}", NotePage, {language: said}, under=INDEX, **_own(text), **sides)
    return tree.added - before


def _said(text: words.Words, mark: str) -> words.Words:
    """Its answer, with the word that it is an example."""
    return {**text, "introduction": f"{text['introduction']} {mark}", "seo_description": text["introduction"]}


def _own(text: words.Words) -> dict[str, Any]:
    return {name: text[name].strip() for name in ("recommendation", "addressed_to")}


def _records() -> Records:
    """Those that visitors can read: what somebody took down since is not cited."""
    practices = Practice.objects.public()
    found: Records = {("practice", each.slug): each for each in practices}
    places: dict[str, int] = {}
    figures = PracticeFigure.objects.filter(practice__in=practices).select_related("practice")
    for figure in figures.order_by("practice", "sort_order", "pk"):
        slug = figure.practice.slug
        places[slug] = places.get(slug, -1) + 1
        found["figure", (slug, places[slug])] = figure
    for reuse in Reuse.objects.public().select_related("practice"):
        found["reuse", (reuse.practice.slug, reuse.adopter)] = reuse
    return found


def _blocks(told: list[dict[str, Any]], language: str, records: Records) -> list[tuple[str, Any]]:
    return list(chain.from_iterable(_block(each, language, records) for each in told))


def _block(told: dict[str, Any], language: str, records: Records) -> list[tuple[str, Any]]:
    """One block; none where its record is gone."""
    kind = next((kind for kind in CITED if kind in told), None)
    if kind is None:
        return [("text", told[language])]
    name = tuple(told[kind]) if isinstance(told[kind], list) else told[kind]
    record = records.get((kind, name))
    return [(kind, {"record": record, "says": told[language]})] if record else []
