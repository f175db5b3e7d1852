"""Who may import whom: only from the left, and nobody from the wiring."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
_CHAIN = ("accounts", "notifications", "hub", "calls", "partners")
_ON_PARTNERS = ("practices", "events", "consortia")  # these three do not know each other
LEFT_OF: dict[str, set[str]] = {
    **{app: set(_CHAIN[:place]) for place, app in enumerate(_CHAIN)},
    **{app: set(_CHAIN) for app in _ON_PARTNERS},
    "learning": {*_CHAIN, "practices", "events"},
    "monitoring": {*_CHAIN, *_ON_PARTNERS, "learning"},
}
APPS = {*LEFT_OF, "nccsi"}
OWN = APPS | {"tests", "benchmarks"}


def imported(source: str, package: str) -> Iterator[tuple[int, str]]:
    """Every import of a module, wherever it stands: on top, inside a function, under TYPE_CHECKING."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name.split(".")[0]) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            name = package if node.level else (node.module or "")
            yield node.lineno, name.split(".")[0]
        elif isinstance(node, ast.Call) and _imports_by_name(node):
            yield node.lineno, str(node.args[0].value).split(".")[0]  # type: ignore[attr-defined]


def _imports_by_name(call: ast.Call) -> bool:
    name = getattr(call.func, "attr", getattr(call.func, "id", ""))
    argument = call.args[0] if call.args else None
    return name in {"import_module", "import_string", "__import__"} and isinstance(argument, ast.Constant)


def wrong(app: str, source: str) -> list[tuple[int, str]]:
    """The imports of one file of an app that lead to the right."""
    allowed = LEFT_OF[app] | {app}
    return [(line, name) for line, name in imported(source, app) if name in OWN and name not in allowed]


@pytest.mark.parametrize("app", LEFT_OF)
def test_apps_import_only_from_their_left(app: str) -> None:
    found = {
        f"{path.relative_to(ROOT)}:{line}": name
        for path in sorted((ROOT / app).rglob("*.py"))
        for line, name in wrong(app, path.read_text(encoding="utf-8"))
    }
    assert not found


def test_the_wiring_knows_the_apps_but_not_the_tests() -> None:
    found = {
        f"{path.relative_to(ROOT)}:{line}": name
        for path in sorted((ROOT / "nccsi").rglob("*.py"))
        for line, name in imported(path.read_text(encoding="utf-8"), "nccsi")
        if name in {"tests", "benchmarks"}
    }
    assert not found


def test_every_app_has_its_place_in_the_chain() -> None:
    apps = {path.parent.name for path in ROOT.glob("*/apps.py")}
    assert apps == APPS


@pytest.mark.parametrize(
    "source",
    [
        "import partners",
        "from events.models import Event",
        "def later():\n    from practices import reading",
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from partners.models import Interest",
        "from nccsi.settings import DEBUG",
        "import importlib\nimportlib.import_module('events.models')",
    ],
)
def test_an_import_to_the_right_is_found(source: str) -> None:
    assert wrong("hub", source)


def test_imports_to_the_left_and_from_outside_pass() -> None:
    assert not wrong("hub", "import os\nfrom accounts.models import User\nfrom hub import chain\nfrom . import chain")
