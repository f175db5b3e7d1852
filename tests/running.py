"""`make run` as a process that tests start, look into and break."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from nccsi.running.embedded import Server
from tests import databases
from tests.environment import BASE_DIR


def _for_a_server(folder: Path) -> Iterator[Path]:
    """A folder that the server's own user may reach when the tests run as root."""
    if os.geteuid() == 0:
        for each in (folder, *folder.parents):
            if each.owner() == "root" and each.name.startswith(("pytest-", "popen-", "test_")):
                each.chmod(0o755)
    yield folder / "postgres"
    Server(folder / "postgres")._control("stop", "--mode=immediate", check=False)


@pytest.fixture
def data_dir(tmp_path: Path) -> Iterator[Path]:
    """Where `make run` keeps its server's data; empty."""
    yield from _for_a_server(tmp_path)


@pytest.fixture(scope="module")
def filled_data_dir(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The same with the demo in it, as `make run` leaves it: for all tests of a module about what comes after."""
    for folder in _for_a_server(tmp_path_factory.mktemp("test_filled")):
        source, server = os.environ["DATABASE_URL"], Server(folder)
        databases.pour(databases.with_demo(source), source=source, url=server.acquire())
        server.release()
        yield folder


def postmasters(data_dir: Path) -> list[int]:
    """The servers that keep their data there; one, or none."""
    found = subprocess.run(["pgrep", "-f", f"postgres -D {data_dir}"], capture_output=True, text=True, check=False)
    return [int(pid) for pid in found.stdout.split()]


def start(folder: Path, port: int, **variables: str) -> subprocess.Popen[str]:
    """The demo with everything it writes in `folder`; both of its streams are one."""
    unset = dict.fromkeys(("DATABASE_URL", "REDIS_URL", "SITE_URL", "EMAIL_URL", "MEDIA_ROOT", "LOG_LEVEL"), "")
    own = {"VAR_DIR": str(folder), "PORT": str(port), "DEMO": "true"}
    return subprocess.Popen(
        [sys.executable, "-m", "nccsi.running.run"],
        cwd=BASE_DIR,
        env=os.environ | unset | own | variables,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def until_ready(portal: subprocess.Popen[str]) -> str:
    """What it said until it answered."""
    assert portal.stdout is not None
    said = ""
    for line in portal.stdout:
        said += line
        if "Ctrl-C stops everything" in line:
            return said
    raise AssertionError(f"make run ended:\n{said}")


def still_alive(pids: list[int]) -> list[int]:
    """Those that did not end within a moment; one that ended and waits to be noted by init counts as gone."""
    alive = pids
    deadline = time.monotonic() + 25
    while alive and time.monotonic() < deadline:
        stats = [Path(f"/proc/{pid}/stat") for pid in alive]
        alive = [int(stat.parent.name) for stat in stats if stat.exists() and ") Z " not in stat.read_text()]
        time.sleep(0.05)
    return alive


def descendants(pid: int) -> list[int]:
    """All processes below one, however deep."""
    found = subprocess.run(["pgrep", "-P", str(pid)], capture_output=True, text=True, check=False)
    children = [int(child) for child in found.stdout.split()]
    return children + [below for child in children for below in descendants(child)]
