"""What the docs point at is there: files, folders, tests by their names, modules and their parts."""

import ast
import os
import re
from functools import cache
from pathlib import Path
from pkgutil import resolve_name

import pytest

from tests.environment import BASE_DIR
from tests.test_architecture import OWN

DOCS = [*sorted(BASE_DIR.glob("docs/*.md")), BASE_DIR / "README.md", BASE_DIR / "CONTRIBUTING.md"]
# What has one of these endings is a file of ours, wherever it is said to lie.
_ENDINGS = (".py", ".toml", ".sql", ".html", ".conf", ".txt", ".css", ".js", ".yml", ".md")
_DOWNLOADS = (".csv", ".jsonld")
_NOT_OURS = {".git", ".venv", "var", "__pycache__"}
# Words, commands and addresses stand between backticks, too: a path has no placeholder and begins with no slash.
_PATH = re.compile(r"[\w.-]+(?:/[\w.-]+)*/?")
_DOTTED = re.compile(r"[a-z_]\w*(?:\.\w+)+")


@cache
def _tree() -> frozenset[str]:
    """Every file and folder of the repository."""
    found = set()
    for folder, folders, files in os.walk(BASE_DIR):
        folders[:] = [each for each in folders if each not in _NOT_OURS]
        found |= {str((Path(folder) / each).relative_to(BASE_DIR)) for each in [*folders, *files]}
    return frozenset(found)


def missing(text: str) -> list[str]:
    """What stands between backticks as a path of the repository, a test or a part of a module, and is none."""
    words = [word for quoted in re.findall(r"`([^`\n]+)`", text) for word in re.split(r"[\s=\"'()]+", quoted)]
    return [word for word in words if not (_is_there(word) and _is_defined(word))]


def _is_there(word: str) -> bool:
    """From the top a path is as it stands; of a file some of its folders may be left out, or all."""
    path, _colons, test = re.sub(r"\[.*\]$", "", word).partition("::")
    path = path.rstrip("/")
    if not _PATH.fullmatch(path):
        return True
    is_from_top = "/" in path and path.partition("/")[0] in _tree()
    if is_from_top and path not in _tree():
        return False
    if path.endswith(_ENDINGS) and not any(f"/{each}".endswith(f"/{path}") for each in _tree()):
        return False
    return not test or test in _tests(BASE_DIR / path)


def _tests(path: Path) -> set[str]:
    nodes = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
    return {node.name for node in nodes if isinstance(node, ast.FunctionDef | ast.ClassDef)}


def _is_defined(word: str) -> bool:
    """`hub.dates.calendars.register_source`: a module of ours, or something in one."""
    ends_as_file = word.endswith((*_ENDINGS, *_DOWNLOADS))
    if not _DOTTED.fullmatch(word) or ends_as_file or word.partition(".")[0] not in OWN:
        return True
    try:
        resolve_name(word)
    except (ImportError, AttributeError):
        return False
    return True


@pytest.mark.parametrize("path", DOCS, ids=lambda path: path.name)
def test_what_the_docs_point_at_is_there(path: Path) -> None:
    assert missing(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "gone",
    [
        "hub/dates/clocks.py",
        "practices/migrations/0041",
        "question_preview.py",
        "tests/test_site.py::test_nothing",
        "hub.dates.calendars.register_clock",
    ],
)
def test_what_is_gone_is_found(gone: str) -> None:
    assert missing(f"As `hub/dates/` says (`{gone}`), with `make test` and `/api/v1/`.") == [gone]
