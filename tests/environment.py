"""What the tests run in: settings from no file of the developer's, a database, and an honest list of what is missing.

Loaded as a pytest plugin before Django's settings are (pyproject.toml): run it as `python -m pytest` or `make test`.
A test that needs more than Python says so: `@pytest.mark.needs("chromium")`, or `path = require("chromium")` in a
fixture. Where the thing is missing the test is left out and named at the end; `REQUIRE_ALL=1` makes that a failure.
"""

import atexit
import os
import re
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Generator, Iterator
from pathlib import Path

import pytest
from _pytest.nodeid import coerce_node_id
from django.core.exceptions import ImproperlyConfigured

from nccsi.running.embedded import Server

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = BASE_DIR / "var" / "test"


def _set_variables() -> None:
    database = os.environ.get("DATABASE_URL")
    # An empty variable counts as unset, and one that is set wins over the developer's .env.
    for name in re.findall(r"^#?([A-Z_]+)=", (BASE_DIR / ".env.example").read_text(), re.MULTILINE):
        os.environ[name] = ""
    media = os.environ.get("TEST_MEDIA_ROOT")
    if not media:  # a worker of xdist finds its controller's
        os.environ["TEST_MEDIA_ROOT"] = media = tempfile.mkdtemp(prefix="nccsi-media-")
        atexit.register(shutil.rmtree, media, ignore_errors=True)
    # Files of another worker are no business of this one's tests.
    place = Path(media) / os.environ.get("PYTEST_XDIST_WORKER", "")
    place.mkdir(exist_ok=True)
    os.environ.update(
        SECRET_KEY="the-tests-sign-with-this-and-nothing-else-does-so-ever",
        RECEIPT_SIGNING_KEY="dGhlIHRlc3RzIHNpZ24gcmVjZWlwdHMgd2l0aCB0aGk=",
        SITE_URL="http://localhost:8000",
        EMAIL_URL="smtp://127.0.0.1:1",
        DEMO="false",
        STAFF_SECOND_FACTOR="true",
        LOG_LEVEL="WARNING",
        VAR_DIR=str(VAR_DIR),
        MEDIA_ROOT=str(place),
    )
    try:
        os.environ["DATABASE_URL"] = database or Server(VAR_DIR / "postgres", durable=False).acquire()
    except ImproperlyConfigured as error:
        raise pytest.UsageError(str(error)) from error


_set_variables()


# --- What a machine may lack ----------------------------------------------------------------------


def _on_path(*names: str) -> str | None:
    return next((path for name in names if (path := shutil.which(name))), None)


_THINGS: dict[str, tuple[Callable[[], str | None], str]] = {
    "chromium": (
        # Without the frame of windows that nobody sees it takes half the processor's time.
        lambda: _on_path(
            os.environ.get("CHROMIUM") or "chromium-headless-shell", "chromium", "chromium-browser", "google-chrome"
        ),
        "no Chromium on the path; install it or set CHROMIUM=/path/to/chromium",
    ),
    "redis": (lambda: _on_path("redis-server"), "no redis-server on the path"),
    "gettext": (
        lambda: _on_path("msgfmt") and _on_path("xgettext"),
        "no msgfmt and xgettext on the path; install gettext",
    ),
    "nginx": (
        lambda: shutil.which("nginx", path=f"{os.environ.get('PATH', os.defpath)}:/usr/sbin:/usr/local/sbin"),
        "no nginx on the path or in /usr/sbin; install nginx",
    ),
    "node": (lambda: _on_path("node"), "no node on the path"),
    "openssl": (lambda: _on_path("openssl"), "no openssl on the path"),
}


def require(what: str) -> str:
    """The path of a program that not every machine has; leaves the test out, loudly, where it is missing."""
    find, reason = _THINGS[what]
    path = find()
    if not path:
        pytest.skip(f"needs {what}: {reason}")
    return path


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Honour `@pytest.mark.needs(...)`."""
    for marker in item.iter_markers("needs"):
        for what in marker.args:
            require(what)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests of a group stay with one worker: xdist 3.8 writes the group into what pytest 9.2 no longer reads.

    What takes its time goes first, so that no worker is left alone with it at the end; pytest-django had put it last.
    Raises UsageError for a test that `make test` would not find, since it looks for those that run alone in one folder.
    """
    for item in items:
        if item.get_closest_marker("alone") and "faults" not in item.path.parts:
            raise pytest.UsageError(f"{item.nodeid} is to run alone: put it into tests/faults.")
        if with_group := vars(item).get("_nodeid"):
            item._id = coerce_node_id(with_group)
    items.sort(key=_is_quick)


def _is_quick(item: pytest.Item) -> bool:
    """Whether all it asks for is a database that is rolled back; the others start processes, or wait for each other."""
    marker, fixtures = item.get_closest_marker("django_db"), getattr(item, "fixturenames", ())
    if "transactional_db" in fixtures or (marker and marker.kwargs.get("transaction")):
        return False
    return marker is not None or "db" in fixtures


@pytest.hookimpl(tryfirst=True)  # xdist has an answer of its own
def pytest_xdist_auto_num_workers() -> int:
    """One more than there are processors: now and then each waits for a browser, a lock or a mail."""
    return min((os.cpu_count() or 1) + 1, 5)


def _all_required() -> bool:
    return os.environ.get("REQUIRE_ALL", "") not in {"", "0", "false"}


def _fail_instead(report: pytest.TestReport | pytest.CollectReport) -> None:
    if report.skipped and not hasattr(report, "wasxfail") and _all_required():
        report.outcome = "failed"
        report.longrepr = f"left out, although REQUIRE_ALL is set: {_reason(report)}"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Turn an omission into a failure when all is required."""
    report = yield
    _fail_instead(report)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """The same for a whole module that leaves itself out."""
    report = yield
    _fail_instead(report)
    return report


def _reason(report: pytest.TestReport | pytest.CollectReport) -> str:
    text = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
    return text.removeprefix("Skipped: ")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Name what was left out, and why."""
    left_out: dict[str, int] = {}
    for report in terminalreporter.stats.get("skipped", []):
        left_out[_reason(report)] = left_out.get(_reason(report), 0) + 1
    if left_out:
        terminalreporter.section("LEFT OUT", red=True, bold=True)
        for reason, count in sorted(left_out.items()):
            terminalreporter.line(f"{count} × {reason}", red=True)
        terminalreporter.line("REQUIRE_ALL=1 makes each of these a failure.", red=True)


# --- What the tests start -------------------------------------------------------------------------


@pytest.fixture(scope="session", autouse=True)
def collected_static() -> None:
    """The hashed names that templates refer to; collected anew only when a file changed."""
    from django.contrib.staticfiles.storage import ManifestFilesMixin, staticfiles_storage

    from nccsi.running.prepare import collect_static

    collect_static()
    # Another worker may have collected them after this one had looked.
    assert isinstance(staticfiles_storage, ManifestFilesMixin)
    staticfiles_storage.hashed_files, staticfiles_storage.manifest_hash = staticfiles_storage.load_manifest()


@pytest.fixture(scope="session", autouse=True)
def static_files_found_once(collected_static: None) -> Iterator[None]:
    """Each of Django's clients makes the middleware anew, and whitenoise would look at all static files each time."""
    from whitenoise.middleware import WhiteNoiseMiddleware

    look = WhiteNoiseMiddleware.update_files_dictionary
    found: dict[tuple[str, str], dict[str, object]] = {}

    def look_once(middleware: WhiteNoiseMiddleware, root: str, prefix: str) -> None:
        if (root, prefix) not in found:
            look(middleware, root, prefix)
            found[root, prefix] = dict(middleware.files)
        middleware.files.update(found[root, prefix])

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(WhiteNoiseMiddleware, "update_files_dictionary", look_once)
        yield


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@pytest.fixture(scope="session")
def redis_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A Redis of the tests' own, as a deployment configures its broker."""
    program, port = require("redis"), free_port()
    command = [program, "--bind", "127.0.0.1", "--port", str(port), "--appendonly", "yes", "--save", ""]
    command += [
        "--maxmemory-policy",
        "noeviction",
        "--dir",
        str(tmp_path_factory.mktemp("redis")),
        "--loglevel",
        "warning",
    ]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    try:
        wait_for_port(port)
        yield f"redis://127.0.0.1:{port}/0"
    finally:
        server.terminate()
        server.wait(10)


def wait_for_port(port: int) -> None:
    """Until somebody listens there, ten seconds at most."""
    deadline = time.monotonic() + 10
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.05)
        else:
            return
