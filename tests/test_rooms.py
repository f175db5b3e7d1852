"""How an app is divided: rooms in a chain, no circle anywhere, folders that one can look over, tables of one's own."""

import ast
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import pytest
from django.apps import apps

from tests.test_architecture import LEFT_OF, OWN

ROOT = Path(__file__).resolve().parent.parent
APPS = [*LEFT_OF, "nccsi"]
# What Django and Celery want at the top of an app; it gathers, so nothing in a room may lean on it.
GATHERING = {"models", "apps", "urls", "tasks", "wagtail_hooks", "personal_data"}
# These folders hold one small module for each thing, found by its name.
LONG = {"migrations", "templatetags", "commands"}
MOST_MODULES = 12
# Stored functions that read what a practice is found by: the terms, which `hub` keeps for all, and whether who took it
# up is in the directory.
SHARED_TABLES = {"hub_term": "practices/sql/", "partners_organisation": "practices/sql/"}

Graph = Mapping[str, set[str]]


def _modules() -> dict[str, Path]:
    """Every module of the portal by its dotted name, migrations left out."""
    found = {}
    for app in APPS:
        for path in (ROOT / app).rglob("*.py"):
            parts = path.relative_to(ROOT).with_suffix("").parts
            if "migrations" not in parts:
                found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


def _imports(name: str, source: str, known: Iterable[str], *, is_package: bool = False) -> Iterator[str]:
    """Which of the known modules this one imports, wherever the import stands."""
    known = set(known)
    around = name if is_package else name.rpartition(".")[0]
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name in known)
        elif isinstance(node, ast.ImportFrom):
            above = around.split(".")[: len(around.split(".")) - node.level + 1] if node.level else []
            module = ".".join([*above, *filter(None, [node.module])])
            for alias in node.names:
                full = f"{module}.{alias.name}"
                yield from [full] if full in known else [module] if module in known else []


@pytest.fixture(scope="module")
def graph() -> Graph:
    """Who imports whom."""
    modules = _modules()
    return {
        name: set(_imports(name, path.read_text(encoding="utf-8"), modules, is_package=path.name == "__init__.py"))
        - {name}
        for name, path in modules.items()
    }


def circles(graph: Graph) -> list[list[str]]:
    """Groups that lead back to themselves (Tarjan's strongly connected components of more than one)."""
    index: dict[str, int] = {}
    low: dict[str, int] = {}
    stack: list[str] = []
    found: list[list[str]] = []

    def visit(name: str) -> None:
        index[name] = low[name] = len(index)
        stack.append(name)
        for other in sorted(graph.get(name, ())):
            if other not in index:
                visit(other)
                low[name] = min(low[name], low[other])
            elif other in stack:
                low[name] = min(low[name], index[other])
        if low[name] == index[name]:
            place = stack.index(name)
            group, stack[place:] = stack[place:], []
            if len(group) > 1:
                found.append(sorted(group))

    for name in sorted(graph):
        if name not in index:
            visit(name)
    return found


def test_a_circle_is_found() -> None:
    assert circles({"a": {"b"}, "b": {"c"}, "c": {"a", "d"}, "d": set()}) == [["a", "b", "c"]]


def test_imports_are_seen_wherever_they_stand() -> None:
    known = {"hub.dates.brussels", "hub.site.models", "calls.chain"}
    source = (
        "from typing import TYPE_CHECKING\nfrom hub.dates import brussels\n"
        "if TYPE_CHECKING:\n    from hub.site.models import Site\n"
        "def later():\n    import calls.chain\n"
    )
    assert set(_imports("hub.pages.models", source, known)) == known


def test_no_module_leads_back_to_itself(graph: Graph) -> None:
    assert circles(graph) == []


def _room(name: str) -> str:
    parts = name.split(".")
    return parts[1] if len(parts) > 2 and parts[1] not in LONG | {"management"} else ""


@pytest.mark.parametrize("app", APPS)
def test_rooms_form_a_chain(graph: Graph, app: str) -> None:
    between: dict[str, set[str]] = defaultdict(set)
    for name, others in graph.items():
        if name.split(".")[0] == app and _room(name):
            inside = {_room(other) for other in others if other.split(".")[0] == app}
            between[_room(name)] |= inside - {"", _room(name)}
    assert circles(between) == []


@pytest.mark.parametrize("app", APPS)
def test_no_room_leans_on_what_gathers(graph: Graph, app: str) -> None:
    gathering = {f"{app}.{name}" for name in GATHERING}
    if not any(_room(name) for name in graph if name.split(".")[0] == app):
        gathering -= {f"{app}.models"}  # an app without rooms has its models there
    leaning = {name: others & gathering for name, others in graph.items() if _room(name) and others & gathering}
    assert leaning == {}


def test_folders_can_be_looked_over() -> None:
    modules = Counter(
        str(path.parent.relative_to(ROOT))
        for path in _modules().values()
        if path.name != "__init__.py" and path.parent.name not in LONG
    )
    assert {folder: number for folder, number in modules.items() if number > MOST_MODULES} == {}


def _texts(path: Path) -> Iterator[str]:
    if path.suffix == ".sql":
        yield path.read_text(encoding="utf-8")
        return
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def test_nobody_writes_sql_about_tables_of_others() -> None:
    """Another app's table is reached through its models and verbs: they may change without anybody looking here."""
    tables = {
        model._meta.db_table: model._meta.app_label
        for model in apps.get_models(include_auto_created=True)
        if model._meta.app_label in OWN
    }
    named = re.compile(r"\b(?:FROM|JOIN|INTO|UPDATE|ON|TABLE|ANALYZE)\s+(?:ONLY\s+)?(\w+)", re.IGNORECASE)
    found = {
        f"{path.relative_to(ROOT)}: {table}"
        for app in APPS
        for path in [*(ROOT / app).rglob("*.py"), *(ROOT / app).rglob("*.sql")]
        if "migrations" not in path.parts
        for text in _texts(path)
        for table in named.findall(text)
        if tables.get(table, app) != app
        and not str(path.relative_to(ROOT)).startswith(SHARED_TABLES.get(table, "nowhere"))
    }
    assert found == set()


def test_every_room_stands_in_the_docs() -> None:
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    rooms = {
        f"{app}/{path.parent.name}": path.parent.name
        for app in APPS
        for path in (ROOT / app).glob("*/__init__.py")
        if path.parent.name not in LONG | {"management"}
    }
    assert {room for room, name in rooms.items() if f"| `{name}` |" not in text} == set()
