"""A breakable portal per test, on one PostgreSQL that lives as long as this package's tests run."""

import hashlib
import os
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest

from nccsi.embedded import Server
from tests.environment import BASE_DIR, VAR_DIR
from tests.faults import figures
from tests.faults.portal import Portal, manage
from tests.smtp_sink import Sink

_TEMPLATE = "faults_template"


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """What was measured."""
    if figures.lines:
        terminalreporter.section("faults" + (", full numbers" if figures.SOAK else ", reduced numbers"))
        for line in figures.lines:
            terminalreporter.line(line)


def _fingerprint() -> str:
    """Of everything that ends up in the template."""
    digest = hashlib.sha256()
    for pattern in (
        "*/migrations/*.py",
        "nccsi/demo/*",
        "hub/installation.py",
        "hub/defaults.toml",
        "hub/vocabularies/*",
    ):
        for path in sorted(BASE_DIR.glob(pattern)):
            digest.update(path.read_bytes() if path.is_file() else b"")
    return digest.hexdigest()


def _prepare_template(url: str) -> None:
    """A portal with the demo's content, made anew only when that changed."""
    fingerprint = _fingerprint()
    with psycopg.connect(url, autocommit=True) as connection:
        known = "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s"
        if connection.execute(known, [_TEMPLATE]).fetchone() == (fingerprint,):
            return
        connection.execute(f'DROP DATABASE IF EXISTS "{_TEMPLATE}" WITH (FORCE)'.encode())
        connection.execute(f'CREATE DATABASE "{_TEMPLATE}"'.encode())
    template = url.replace("/postgres?", f"/{_TEMPLATE}?")
    manage(template, "migrate", "--no-input", "--verbosity", "0")
    manage(template, "setup")
    manage(template, "demo")
    with psycopg.connect(template, autocommit=True) as connection:
        # What the demo's own people would be sent is not what the tests count.
        connection.execute("DELETE FROM notifications_message")
        connection.execute("DELETE FROM notifications_subscription")
        connection.execute(f"COMMENT ON DATABASE \"{_TEMPLATE}\" IS '{fingerprint}'".encode())


@pytest.fixture(scope="session")
def breakable_server() -> Iterator[Server]:
    """A durable PostgreSQL that tests may crash, with a portal to copy in it."""
    server = Server(VAR_DIR / f"faults-postgres{os.environ.get('PYTEST_XDIST_WORKER', '')}")
    url = server.acquire()
    _prepare_template(url)
    yield server
    server.release()


@pytest.fixture
def sink(smtp_server: tuple[Sink, int]) -> Sink:
    """What arrived at the mail server."""
    smtp_server[0].reset()
    return smtp_server[0]


@pytest.fixture
def portal(
    breakable_server: Server, smtp_server: tuple[Sink, int], sink: Sink, tmp_path_factory: Any
) -> Iterator[Portal]:
    """A database and a Redis; the test starts the processes that it wants to see break."""
    folder: Path = tmp_path_factory.mktemp("faults")
    with Portal(folder, breakable_server, _TEMPLATE, smtp_port=smtp_server[1]) as running:
        yield running


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """A failing test shows the end of every process's log."""
    report = yield
    portal = getattr(item, "funcargs", {}).get("portal")
    if report.failed and isinstance(portal, Portal):
        report.sections.append(("logs of the portal", portal.logs()))
    return report
