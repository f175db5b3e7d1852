"""Counts requests for Prometheus. Each web process writes to a file of its own, and whoever is asked adds them up.

The files of the processes of one server lie in one folder, which the first of them makes; those of servers that are
gone are swept away then. Only loaded where there is a token (`METRICS_TOKEN`).
"""

import os
import shutil
import socket
import sys
import time
from collections import Counter as Counted
from collections import deque
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.signals import got_request_exception
from django.db import DatabaseError
from django.http import HttpRequest

from nccsi.framework.request_id import view_name

# Seconds. A kept page takes less than the first, a page of the admin about the fifth.
BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0)
METHODS = frozenset({"GET", "HEAD", "POST", "OPTIONS", "PUT", "PATCH", "DELETE"})
_NOWHERE = "-"

Key = tuple[str | None, str, int]


class RequestCounts:
    """What is counted of each request; its parts are remembered, because looking one up costs more than counting."""

    def __init__(self) -> None:
        import prometheus_client as client

        self._requests = client.Counter(
            "nccsi_requests", "Requests that were answered", ["method", "view", "status"], registry=None
        )
        self._seconds = client.Histogram(
            "nccsi_request_seconds",
            "How long views took whose page was not kept",
            ["view"],
            buckets=BUCKETS,
            registry=None,
        )
        self._errors = client.Counter(
            "nccsi_database_errors", "Requests that the database failed", ["kind"], registry=None
        )
        self._parts: dict[Key, tuple[Any, Any]] = {}
        # Kept pages come by the thousand a second: they are gathered, and written once a second.
        self._kept: deque[Key] = deque()
        self._write_at = 0.0

    def count(self, request: HttpRequest, status: int, seconds: float | None) -> None:
        """One more, that took so long; None for a kept page.

        How long files of ours took, and addresses that lead nowhere, tells nothing of the portal.
        """
        key = (request.method, view_name(request), status)
        if seconds is None or not key[1]:
            self._kept.append(key)
        else:
            counter, histogram = self._of(key)
            counter.inc()
            histogram.observe(seconds)
        if self._kept and time.monotonic() >= self._write_at:
            self.write()

    def write(self) -> None:
        """Count the kept pages that were gathered."""
        self._write_at = time.monotonic() + 1
        gathered: Counted[Key] = Counted()
        with suppress(IndexError):
            while True:
                gathered[self._kept.popleft()] += 1
        for key, number in gathered.items():
            self._of(key)[0].inc(number)

    def _of(self, key: Key) -> tuple[Any, Any]:
        method, view, status = key
        parts = self._parts.get(key)
        if parts is None:
            label, view = (method if method in METHODS else "OTHER"), view or _NOWHERE
            parts = (self._requests.labels(label, view, str(status)), self._seconds.labels(view))
            if method in METHODS:
                self._parts[key] = parts
        return parts

    def note_failure(self, **_more: object) -> None:
        """Called by Django where a view failed; counted where it was the database."""
        error = sys.exc_info()[1]
        if isinstance(error, DatabaseError):
            self._errors.labels(type(error).__name__).inc()


@cache
def start() -> RequestCounts:
    """Begin to count in this process."""
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(_folder())
    counts = RequestCounts()
    got_request_exception.connect(counts.note_failure, weak=False, dispatch_uid="request counts")
    return counts


def _folder() -> Path:
    """The folder of this process's server, which is its parent."""
    # Machines may share a folder, and their processes are numbered alike.
    home = settings.VAR_DIR / "metrics" / socket.gethostname()
    own = home / _name(os.getppid())
    own.mkdir(parents=True, exist_ok=True)
    for other in home.iterdir():
        with suppress(ValueError):  # what somebody else put there stays
            if other.name != own.name and other.name != _name(int(other.name.partition("-")[0])):
                shutil.rmtree(other, ignore_errors=True)
    return own


def _name(process: int) -> str:
    """Its number and when it started: numbers come again."""
    started = "gone"
    with suppress(OSError, IndexError):
        started = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[19]
    if started == "gone" and not Path("/proc/self").exists():
        started = "here"
    return f"{process}-{started}"
