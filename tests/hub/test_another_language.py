"""A language beyond those of the portal: what it takes stands in docs/operations.md, and forgetting it is noticed."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from tests.environment import BASE_DIR
from tests.test_architecture import APPS

OPERATIONS = (BASE_DIR / "docs" / "operations.md").read_text(encoding="utf-8")
SECTION = OPERATIONS.split("### Another language")[1].split("\n## ")[0]
ROWS = [line.split("|")[1].strip() for line in SECTION.splitlines() if line.startswith("|")][2:]
KNOWN = tuple(settings.ALL_LANGUAGES)


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
    assert set(re.findall(r"Migrations for '(\w+)'", asked.stdout)) == {"hub", "partners", "practices"}


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
    assert named[-1] == "a migration"
    # The migration's row: what the database knows, and what PostgreSQL has a stemmer for.
    named += ["hub/sql", "hub/languages/european.py"]
    assert [place for place in _places() if not any(place.startswith(row) for row in named)] == []
    assert all((BASE_DIR / row).exists() for row in named if row != "a migration")


def _places() -> list[str]:
    """Files of the portal that name each language by its code, but for the content of the demo and what is frozen."""
    each = [re.compile(rf"""["'.]{code}["']|^(?:\w+_)?{code} = |/{code}/""", re.MULTILINE) for code in KNOWN]
    kinds = ("*.py", "*.sql", "*.toml", "*.html", "*.txt", "*.js", "*.po", "*.md", "*.conf")
    folders = [*APPS, "templates", "static", "deploy", "locale"]
    files = [path for folder in folders for kind in kinds for path in (BASE_DIR / folder).rglob(kind)]
    own = [path.relative_to(BASE_DIR) for path in files if not {"migrations", "demo"} & set(path.parts)]
    texts = {str(path): (BASE_DIR / path).read_text(encoding="utf-8") for path in own}
    return sorted(path for path, text in texts.items() if all(code.search(text) for code in each))
