"""The table "Where to add what" of docs/architecture.md points at what is there."""

import re
from itertools import product
from pathlib import Path

import pytest

from tests.environment import BASE_DIR

SECTION = (BASE_DIR / "docs" / "architecture.md").read_text(encoding="utf-8").split("## Where to add what")[1]
ROWS = {
    line.split(" | ")[0].removeprefix("| "): line
    for line in SECTION.split("\n## ")[0].splitlines()
    if line.startswith("| ") and not line.startswith("| to add")
}
_PATH = re.compile(r"[\w<>.{},-]+/[\w<>.{},/-]*|[\w-]+\.md")
_NAME = re.compile(r"[A-Za-z_]{4,}")


def files(path: str) -> list[Path]:
    """What fits a path of the docs: `<kind>` stands for any name, `{html,txt}` for each of these."""
    parts = [each[1:-1].split(",") if each.startswith("{") else [each] for each in re.split(r"(\{[^}]+\})", path)]
    patterns = [re.sub(r"<\w+>", "*", "".join(choice)) for choice in product(*parts)]
    found = [sorted(BASE_DIR.glob(pattern.rstrip("/"))) for pattern in patterns]
    return [each for some in found for each in some] if all(found) else []


def quoted(row: str) -> list[str]:
    """What stands between backticks."""
    return re.findall(r"`([^`]+)`", row)


def test_each_kind_of_addition_has_its_row() -> None:
    assert len(ROWS) == 21


@pytest.mark.parametrize("row", ROWS)
def test_its_files_are_there(row: str) -> None:
    paths = [each for each in quoted(ROWS[row]) if _PATH.fullmatch(each)]
    assert paths
    assert [path for path in paths if not files(path)] == []


@pytest.mark.parametrize("row", ROWS)
def test_its_files_have_what_is_named(row: str) -> None:
    found = [each for path in quoted(ROWS[row]) if _PATH.fullmatch(path) for each in files(path) if each.is_file()]
    text = "".join(path.read_text(encoding="utf-8") for path in found)
    assert [name for name in quoted(ROWS[row]) if _NAME.fullmatch(name) and not re.search(rf"\b{name}\b", text)] == []


def test_what_is_gone_is_found() -> None:
    assert files("events/staff/panels.py") == []
    assert files("templates/emails/<app>/<kind>.{html,docx}") == []
    assert BASE_DIR / "events" / "apps.py" in files("<app>/apps.py")
