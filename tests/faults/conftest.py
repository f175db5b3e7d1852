"""A breakable portal per test, on one PostgreSQL that lives as long as this package's tests run."""

import os
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest

from nccsi.running.embedded import Server
from tests import databases
from tests.environment import VAR_DIR
from tests.faults import figures
from tests.faults.portal import Portal
from tests.smtp_sink import Sink

TEMPLATE = "faults_template"


def pytest_itemcollected(item: pytest.Item) -> None:
    """One PostgreSQL to break, whichever worker breaks it; what breaks none keeps its place among the others."""
    if {"portal", "nodes"} & set(getattr(item, "fixturenames", ())):
        item.add_marker(pytest.mark.xdist_group("faults"))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """What was measured."""
    if figures.lines:
        terminalreporter.section("faults" + (", full numbers" if figures.SOAK else ", reduced numbers"))
        for line in figures.lines:
            terminalreporter.line(line)


def _prepare_template(url: str) -> None:
    """A portal with the demo's content, but nobody who would be sent anything: that is not what the tests count."""
    source = os.environ["DATABASE_URL"]
    databases.bring(databases.with_demo(source), source=source, target=url, name=TEMPLATE)
    with psycopg.connect(databases.address(url, TEMPLATE), autocommit=True) as connection:
        connection.execute("DELETE FROM notifications_message")
        connection.execute("DELETE FROM notifications_subscription")


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
    with Portal(folder, breakable_server, TEMPLATE, smtp_port=smtp_server[1]) as running:
        yield running


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """A failing test shows the end of every process's log."""
    report = yield
    given = getattr(item, "funcargs", {})
    portal = given.get("portal") or given.get("nodes")
    if report.failed and isinstance(portal, Portal):
        report.sections.append(("logs of the portal", portal.logs()))
    return report
