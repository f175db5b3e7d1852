"""A facet is declared once; every place that must know it does, also one that comes."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.db.models import ForeignKey
from django.test import Client
from django.utils.html import escape

from hub.vocabularies.models import Term, Vocabulary
from practices.open_data.api import PracticeCsv
from practices.practice.facet_declarations import DECLARATIONS, Answers, in_place
from practices.practice.models.practice import Practice
from practices.search import keys
from tests.environment import BASE_DIR
from tests.factories.mainstreaming import hook
from tests.factories.practices import PracticeFactory
from tests.factories.reuse import many
from tests.practices.library import facet_places

NAMES = [facet.name for facet in in_place()]


@pytest.mark.parametrize("name", NAMES)
def test_every_place_knows_each_facet(name: str) -> None:
    assert {place for place, knows in facet_places.places(name).items() if not knows} == set()


def test_every_place_would_know_one_that_is_added() -> None:
    command = [sys.executable, "-m", facet_places.__name__]
    env = os.environ | {"DJANGO_SETTINGS_MODULE": "nccsi.settings"}
    done = subprocess.run(command, cwd=BASE_DIR, env=env, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    answer = json.loads(done.stdout.splitlines()[-1])
    assert {place for place, knows in answer.items() if not knows} == set()


def test_places_are_numbered_without_a_gap() -> None:
    assert [facet.place for facet in in_place()] == list(range(len(keys.PARTS)))


def test_what_is_declared_exists() -> None:
    for each in DECLARATIONS:
        if each.answers in {Answers.ONE, Answers.SEVERAL}:
            assert each.name in Vocabulary.values
        if each.answers is Answers.ONE:
            assert isinstance(Practice._meta.get_field(each.name), ForeignKey)
        if each.answers is Answers.SEVERAL:
            assert each.many, "the editor's list needs a heading"
        if each.answers in {Answers.RECORD, Answers.RECORDS}:
            assert each.name in keys.RECORDS


@pytest.mark.django_db
def test_the_database_counts_the_same_parts() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, practices_part(name) FROM unnest(%s::text[]) AS name", [[*NAMES, "esf"]])
        assert dict(cursor.fetchall()) == {**{name: place for place, name in enumerate(NAMES)}, "esf": None}


@pytest.mark.django_db
def test_the_database_puts_each_answer_into_its_part() -> None:
    first: dict[str, Any] = {term.vocabulary: term for term in Term.objects.order_by("-position", "-pk")}
    one = {each.name: first[each.name].code for each in DECLARATIONS if each.answers is Answers.ONE}
    several = {each.name: [first[each.name].code] for each in DECLARATIONS if each.answers is Answers.SEVERAL}
    practice = PracticeFactory.create(since=2008, texts={"nl": {}}, **one, **several)
    many(practice, 1)
    hook("eu", practices=[practice])
    parts = ", ".join(f"cardinality({keys.part(name)})" for name in NAMES)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT length(starts), {parts} FROM practices_libraryentry WHERE practice_id = %s",  # ours
            [practice.pk],
        )
        assert cursor.fetchone() == (len(NAMES) + 1, *([1] * len(NAMES)))


@pytest.mark.django_db
def test_the_page_of_a_practice_shows_each_answer(visitor: Client) -> None:
    first: dict[str, Any] = {term.vocabulary: term for term in Term.objects.order_by("-position", "-pk")}
    one = {each.name: first[each.name].code for each in DECLARATIONS if each.answers is Answers.ONE}
    several = {each.name: [first[each.name].code] for each in DECLARATIONS if each.answers is Answers.SEVERAL}
    practice = PracticeFactory.create(since=1999, texts={"en": {}, "fr": {}}, **one, **several)
    many(practice, 1)
    hook("eu", practices=[practice])
    answer = visitor.get(f"/en/practices/{practice.slug}/").content.decode()
    page = re.sub("<script.+?</script>", "", answer, flags=re.DOTALL)  # where machines read it
    told = {"language": "English", "year": "<dt>Since</dt><dd>1999</dd>"}
    told |= {facet.name: escape(first[facet.name].label.localize("en")) for facet in in_place() if facet.name in first}
    told |= {"uptake": "Taken up by 1", "outcome": "works for 1", "policy": "European Union"}
    assert set(told) == set(NAMES)
    assert {name for name, words in told.items() if words not in page} == set()


@pytest.mark.django_db
def test_tables_of_the_open_data_have_a_column_for_each() -> None:
    assert {each.name for each in DECLARATIONS} <= set(PracticeCsv().columns())


def test_the_docs_name_each_parameter() -> None:
    text = (Path(BASE_DIR) / "docs" / "open-data.md").read_text(encoding="utf-8")
    told = re.search(r"Practices: `q ([a-z ]+) sort`", text)
    assert told
    assert set(told[1].split()) == set(NAMES)


@pytest.mark.django_db
def test_the_editor_has_the_lists_in_their_groups(editor: Client) -> None:
    page = editor.get("/admin/snippets/practices/practice/add/").content.decode()
    order = ["kind", "stage", "evidence", "reach", "cost", "theme", "target", "sector", "scaling", "track"]
    found = [page.index(f'name="{name}"') for name in [*order, "country", "region", "sdg", "esf"]]
    assert found == sorted(found)
