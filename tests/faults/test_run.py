"""`make run` with its parts killed, one after the other: each comes back, or all stops with a sentence."""

import os
import re
import signal
import subprocess
import threading
import time
import urllib.request
from contextlib import suppress
from pathlib import Path

import psycopg
import pytest

from nccsi.running.embedded import Server
from tests.browser.stack import wait_for
from tests.environment import free_port
from tests.running import descendants, postmasters, start, still_alive, until_ready

pytestmark = [pytest.mark.faults, pytest.mark.alone, pytest.mark.xdist_group("run")]


class Running:
    """The portal, and what it says while nobody waits for it."""

    def __init__(self, folder: Path) -> None:
        self.port = free_port()
        self.process = start(folder, self.port)
        self.said = until_ready(self.process)
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.said += line

    def part(self, name: str) -> int:
        """The process of one part: the one below the portal itself whose command says so."""
        for pid in direct(self.process.pid):
            with suppress(OSError):  # it may have ended since
                if name in Path(f"/proc/{pid}/cmdline").read_bytes().decode().split("\0"):
                    return pid
        return 0

    def kill(self, name: str) -> int:
        """End one part as the kernel would; returns what it was."""
        pid = self.part(name)
        assert pid, f"no {name}"
        os.kill(pid, signal.SIGKILL)
        return pid

    def page(self, timeout: float = 3) -> int:
        """What a page that is made from the database answers; 0 for no answer."""
        address = f"http://localhost:{self.port}/en/practices/?q=wonen{time.monotonic()}"
        try:
            with urllib.request.urlopen(address, timeout=timeout) as answer:
                return int(answer.status)
        except OSError:
            return 0


def direct(pid: int) -> list[int]:
    found = subprocess.run(["pgrep", "-P", str(pid)], capture_output=True, text=True, check=False)
    return [int(child) for child in found.stdout.split()]


def test_what_is_killed_comes_back_and_what_keeps_ending_is_told(filled_data_dir: Path) -> None:
    data_dir = filled_data_dir
    portal = Running(data_dir.parent)
    everything = descendants(portal.process.pid)
    try:
        assert portal.page(timeout=20) == 200
        for name in ("beat", "worker", "granian"):
            before = portal.kill(name)
            wait_for(f"another {name}", lambda: portal.part(name) not in {0, before}, seconds=10)  # noqa: B023 - asked at once
        wait_for("the page is there again", lambda: portal.page() == 200, seconds=30)

        (postmaster,) = postmasters(data_dir)
        os.kill(postmaster, signal.SIGKILL)
        killed = time.monotonic()
        wait_for("the page is there again", lambda: portal.page() == 200, seconds=20)
        print(f"PostgreSQL killed: a page after {time.monotonic() - killed:.1f} s")
        assert postmasters(data_dir) != [postmaster]

        # Beat and worker work together again: the schedule leaves its mark in the new server.
        with psycopg.connect(Server(data_dir).url, autocommit=True) as connection:
            connection.execute("DELETE FROM nccsi_heartbeat")
            heard = "SELECT count(*) FROM nccsi_heartbeat"
            wait_for("a heartbeat", lambda: connection.execute(heard).fetchone() == (1,), seconds=60)

        everything += descendants(portal.process.pid)
        while portal.process.poll() is None:
            if portal.part("beat"):
                portal.kill("beat")
            time.sleep(0.2)
        assert portal.process.returncode == 1
    finally:
        portal.process.terminate()
        portal.process.wait(40)
    for name in ("beat", "worker", "web"):
        assert f"The {name} process ended by itself (killed by SIGKILL) and is started again." in portal.said
    assert "PostgreSQL ended and is started again." in portal.said
    last = portal.said.rstrip().splitlines()[-1]
    assert re.fullmatch(r"NCCSI stopped: The beat process ended 6 times within 60 s, .* killed by SIGKILL; .*", last)
    assert still_alive(everything) == []
    assert postmasters(data_dir) == []


def test_a_server_that_cannot_come_back_ends_the_portal_with_a_sentence(filled_data_dir: Path) -> None:
    """Last, since nothing starts in that folder again."""
    data_dir = filled_data_dir
    portal = Running(data_dir.parent)
    try:
        (data_dir / "postgresql.conf").write_text("no_such_setting = 1\n")
        (postmaster,) = postmasters(data_dir)
        os.kill(postmaster, signal.SIGKILL)
        killed = time.monotonic()
        assert portal.process.wait(60) == 1
        print(f"PostgreSQL gone for good: stopped after {time.monotonic() - killed:.1f} s")
    finally:
        portal.process.terminate()
        portal.process.wait(40)
    last = portal.said.rstrip().splitlines()[-1]
    assert last.startswith("NCCSI stopped: The built-in PostgreSQL in")
    assert "did not start" in last
