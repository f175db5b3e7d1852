"""The running portal, Chromium, and a reader's page; all of it lives as long as this package's tests run."""

import os
from collections.abc import Generator, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from nccsi.demo.logins import EDITOR
from tests.browser.mailbox import Mailbox
from tests.browser.stack import Stack
from tests.browser.visitor import PATIENCE, sign_in
from tests.browser.walk import LANGUAGES, Facts, Findings, Walk
from tests.environment import require
from tests.smtp_sink import Sink

_FLAGS = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--force-color-profile=srgb",
]


def pytest_itemcollected(item: pytest.Item) -> None:
    """One portal and one Chromium for all stories; the walk, which takes as long, has its own."""
    if not item.get_closest_marker("xdist_group"):
        item.add_marker(pytest.mark.xdist_group("stories"))


@pytest.fixture(scope="package")
def portal(smtp_server: tuple[Sink, int], redis_url: str, tmp_path_factory: Any) -> Iterator[Stack]:
    """PostgreSQL, Redis, web, worker and beat with the demo content."""
    sink, port = smtp_server
    sink.reset()
    with Stack(tmp_path_factory.mktemp("portal"), redis_url=redis_url, smtp_port=port) as running:
        yield running
        running.check()


@pytest.fixture
def mailbox(smtp_server: tuple[Sink, int]) -> Mailbox:
    return Mailbox(smtp_server[0])


@contextmanager
def chromium() -> Iterator[Browser]:
    """A browser of one's own. Python's event loop ends with it: tests of other packages find none running."""
    flags = [*_FLAGS, "--no-sandbox"] if os.geteuid() == 0 else _FLAGS
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=require("chromium"), args=flags)
        yield running
        running.close()


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    with chromium() as running:
        yield running


@pytest.fixture(params=[True, False], ids=["javascript", "no-javascript"])
def scripting(request: Any) -> bool:
    """Every journey runs with JavaScript and without."""
    return bool(request.param)


@pytest.fixture
def page(browser: Browser, portal: Stack, scripting: bool) -> Iterator[Page]:
    """An empty browser window of somebody who has never been here, reading English."""
    context = browser.new_context(base_url=portal.url, java_script_enabled=scripting, locale="en-GB")
    context.set_default_timeout(PATIENCE)
    yield context.new_page()
    context.close()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """A failing test shows the end of every process's log."""
    report = yield
    portal = getattr(item, "funcargs", {}).get("portal")
    if report.failed and isinstance(portal, Stack):
        report.sections.append(("logs of the portal", portal.logs()))
    return report


@pytest.fixture(scope="package")
def facts(portal: Stack) -> Facts:
    return Facts.of(portal)


@pytest.fixture(scope="package")
def walks(portal: Stack, facts: Facts) -> dict[str, Findings]:
    """Past every template in every language, as many at once as the machine has processors."""

    def walk(language: str) -> Findings:
        with chromium() as own:
            return Walk(own, portal, language).run(facts, lambda page: sign_in(page, "partner@example.org"))

    with ThreadPoolExecutor(max_workers=os.cpu_count()) as threads:
        return dict(zip(LANGUAGES, threads.map(walk, LANGUAGES), strict=True))


@pytest.fixture(params=LANGUAGES)
def findings(request: Any, walks: dict[str, Findings]) -> Findings:
    """What the walk in one language found; several tests read it."""
    return walks[request.param]


@pytest.fixture
def staff(browser: Browser, portal: Stack) -> Iterator[Page]:
    """An editor in the admin, which needs JavaScript."""
    context = browser.new_context(base_url=portal.url, locale="en-GB", viewport={"width": 1280, "height": 900})
    context.set_default_timeout(30_000)
    page = context.new_page()
    sign_in(page, EDITOR)
    yield page
    context.close()
