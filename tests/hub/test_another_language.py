"""A language beyond those of the portal: what it takes stands in docs/operations.md, and forgetting it is noticed."""

import os
import re
import subprocess
import sys
import uuid
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from wagtail.models import Locale

from hub.installation import setting_up
from hub.languages import word_files
from hub.vocabularies import loading
from tests.environment import BASE_DIR
from tests.test_architecture import APPS

OPERATIONS = (BASE_DIR / "docs" / "operations.md").read_text(encoding="utf-8")
SECTION = OPERATIONS.split("### Another language")[1].split("\n###")[0].split("\n## ")[0]
ROWS = [line.split("|")[1].strip() for line in SECTION.splitlines() if line.startswith("|")][2:]
KNOWN = tuple(settings.ALL_LANGUAGES)
INSTALLATION = Path(setting_up.__file__).parent


def test_it_asks_for_its_migrations(tmp_path: Path) -> None:
    (tmp_path / "one_more.py").write_text(
        "from nccsi.settings import *\nALL_LANGUAGES = ALL_LANGUAGES | {'lt': 'Lithuanian'}\n", encoding="utf-8"
    )
    own = {"DJANGO_SETTINGS_MODULE": "one_more", "PYTHONPATH": f"{tmp_path}{os.pathsep}{BASE_DIR}"}
    asked = subprocess.run(
        [sys.executable, "manage.py", "makemigrations", "--check", "--dry-run"],
        cwd=BASE_DIR,
        env=os.environ | own,
        capture_output=True,
        text=True,
        check=False,
    )
    assert asked.returncode == 1, asked.stderr
    assert set(re.findall(r"Migrations for '(\w+)'", asked.stdout)) == {"hub", "learning", "partners", "practices"}


@pytest.mark.django_db
def test_the_statements_of_the_docs_find_its_stems() -> None:
    found = "SELECT hub_vector('lt', 'bendruomenės') @@ hub_query('lt', 'bendruomenė'), practices_prefix('lt')"
    (statements,) = re.findall(r"```sql\n(.+?)```", SECTION, re.DOTALL)
    with connection.cursor() as cursor:
        cursor.execute(found)
        assert cursor.fetchone() == (False, "xx:")
        cursor.execute(statements)
        cursor.execute(found)
        assert cursor.fetchone() == (True, "lt:")
        cursor.execute(
            "SELECT array_agg(hub_configuration(code)::text) FROM unnest(%s::text[]) AS code", [[*KNOWN, "pl"]]
        )
        assert cursor.fetchone() == ([*(f"nccsi_{code}" for code in KNOWN), "nccsi_simple"],)


def test_the_docs_name_every_place_that_tells_the_languages_apart() -> None:
    named = [row.strip("`").rstrip("/") for row in ROWS]
    assert named[-1] == "four migrations"
    # The row of the migrations: what the database knows, and what PostgreSQL has a stemmer for.
    named += ["hub/sql", "hub/languages/european.py"]
    assert [place for place in _places() if not any(place.startswith(row) for row in named)] == []
    assert all((BASE_DIR / row).exists() for row in named if row != "four migrations")


def test_the_docs_name_every_folder_with_something_for_each_language() -> None:
    named = [row.strip("`").rstrip("/") for row in ROWS]
    own = (path for app in [*APPS, "locale"] for path in (BASE_DIR / app).rglob("*") if "demo" not in path.parts)
    stems: dict[str, set[str]] = {}
    for path in own:
        stems.setdefault(str(path.parent.relative_to(BASE_DIR)), set()).add(path.stem)
    folders = sorted(folder for folder, found in stems.items() if found >= set(KNOWN))
    assert {"hub/vocabularies/words", "hub/installation/words"} <= set(folders)
    assert [folder for folder in folders if folder not in named] == []


def test_words_beside_the_code_are_of_what_exists() -> None:
    """A code that was mistyped in a language's file, or a term that lacks one, shows here."""
    codes = {(entry.vocabulary, entry.code) for entry in loading.entries()}
    told = word_files.words(loading.FOLDER / "words")
    assert tuple(told) == KNOWN
    for language, vocabularies in told.items():
        assert {(name, code) for name, terms in vocabularies.items() for code in terms} == codes, language
    shapes = {tuple(sorted(_keys(each))) for each in word_files.words(INSTALLATION / "words").values()}
    assert len(shapes) == 1


def _keys(words: dict[str, Any], before: str = "") -> list[str]:
    """The way to each word of a file."""
    inside = [
        _keys(each, f"{before}{key}/") if isinstance(each, dict) else [before + key] for key, each in words.items()
    ]
    return [key for keys in inside for key in keys]


@pytest.mark.django_db
def test_a_portal_opens_in_english_where_a_language_has_no_words_yet() -> None:
    Locale.objects.create(language_code="lt")
    home = setting_up._new_home("lt", uuid.uuid4())
    assert (home.title, home.slug) == ("Home", "home-lt")
    assert setting_up._new_home("de", uuid.uuid4()).title == "Startseite"


def _places() -> list[str]:
    """Files of the portal that name each language by its code, but for the content of the demo and what is frozen."""
    each = [re.compile(rf"""["'.]{code}["']|^(?:\w+_)?{code} = |/{code}/""", re.MULTILINE) for code in KNOWN]
    kinds = ("*.py", "*.sql", "*.toml", "*.html", "*.txt", "*.js", "*.po", "*.md", "*.conf")
    folders = [*APPS, "templates", "static", "deploy", "locale"]
    files = [path for folder in folders for kind in kinds for path in (BASE_DIR / folder).rglob(kind)]
    own = [path.relative_to(BASE_DIR) for path in files if not {"migrations", "demo"} & set(path.parts)]
    texts = {str(path): (BASE_DIR / path).read_text(encoding="utf-8") for path in own}
    return sorted(path for path, text in texts.items() if all(code.search(text) for code in each))
