"""Requests per second of the pages that visitors open most, beside the smallest answer that the same server gives.

The server is what a deployment runs: granian, two workers. The load comes from 8 connections that stay open,
by `wrk` where it is installed, else by threads of Python, which on two cores cost the server a part of its time:
compare ratios, not figures of different machines.
"""

import contextlib
import http.client
import os
import re
import shutil
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass

from nccsi.answering import answers

CONNECTIONS = 8
SECONDS = 8.0
BASELINE = "/health/"


@dataclass(frozen=True)
class Measured:
    """What one page costs."""

    name: str
    address: str
    status: int
    kilobytes: float
    queries: int
    per_second: float


def main() -> None:
    """Measure and print."""
    addresses = {"smallest answer": BASELINE, **pages()}
    with server() as port:
        measured = [measure(name, address, port) for name, address in addresses.items()]
    show(measured)


def pages() -> dict[str, str]:
    """The addresses, found in the demo's content."""
    from django.urls import reverse
    from django.utils import translation

    from hub.models import CallPage
    from practices.models import Practice

    with translation.override("en"):
        found = {
            "home": "/en/",
            "library": "/en/practices/",
            "library, filtered": "/en/practices/?q=housing&country=BE",
        }
        call = CallPage.objects.live().filter(locale__language_code="en").order_by("-pk").first()
        if call is not None:
            found["call"] = str(call.url)
        practice = Practice.objects.public().order_by("pk").first()
        if practice is not None:
            found["practice"] = reverse("practices:practice", args=[practice.slug])
    return found


@contextlib.contextmanager
def server() -> Iterator[int]:
    """The web server on a free port, with the database that this process uses."""
    from django.conf import settings

    port = free_port()
    env = {**os.environ, "PORT": str(port), "LOG_LEVEL": "ERROR", "DATABASE_URL": database_url()}
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--port", str(port), "--workers", "2"]
    command += ["--blocking-threads", "4", "--no-ws", "--no-log", "nccsi.wsgi:application"]
    process = subprocess.Popen(command, env=env)
    try:
        deadline = time.monotonic() + 60
        while not answers("127.0.0.1", port, name=settings.SITE_HOST):
            if process.poll() is not None or time.monotonic() > deadline:
                sys.exit("The web server of the benchmark does not answer.")
            time.sleep(0.2)
        yield port
    finally:
        process.terminate()
        process.wait(30)


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def database_url() -> str:
    """The address of the database that is in use here, the built-in one included."""
    from django.conf import settings

    from nccsi.embedded import Server

    return os.environ.get("DATABASE_URL") or Server(settings.VAR_DIR / "postgres").url


def measure(name: str, address: str, port: int) -> Measured:
    """One page: what it is, what it asks the database, how often it can be had."""
    status, size = ask(port, address)
    queries = count_queries(address)
    for _warm in range(20):
        ask(port, address)
    load = with_wrk if shutil.which("wrk") else with_threads
    return Measured(name, address, status, size / 1000, queries, load(port, address))


def ask(port: int, address: str) -> tuple[int, int]:
    """Status and size of one answer, compressed as browsers get it."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request("GET", address, headers={"Host": f"localhost:{port}", "Accept-Encoding": "gzip"})
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    return answer.status, len(body)


def count_queries(address: str) -> int:
    """Queries of a page when nothing about it is remembered but what every page remembers."""
    from django.conf import settings
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client(headers={"host": settings.SITE_HOST})
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        client.get(address)
    return len(captured)


def with_wrk(port: int, address: str) -> float:
    """Requests per second, by wrk."""
    command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{SECONDS:.0f}s", "-H", f"Host: localhost:{port}"]
    said = subprocess.run(
        [*command, f"http://127.0.0.1:{port}{address}"], capture_output=True, text=True, check=True
    ).stdout
    found = re.search(r"Requests/sec:\s*([\d.]+)", said)
    return float(found[1]) if found else 0.0


def with_threads(port: int, address: str) -> float:
    """Requests per second, by threads of this process."""
    counts = [0] * CONNECTIONS
    end = time.monotonic() + SECONDS

    def ask_on(number: int) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        while time.monotonic() < end:
            connection.request("GET", address, headers={"Host": f"localhost:{port}"})
            connection.getresponse().read()
            counts[number] += 1
        connection.close()

    threads = [threading.Thread(target=ask_on, args=(number,)) for number in range(CONNECTIONS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(counts) / SECONDS


def show(measured: list[Measured]) -> None:
    """The table."""
    base = measured[0]
    by = "wrk" if shutil.which("wrk") else "Python threads"
    print(
        f"\nPages: granian, 2 workers; {CONNECTIONS} connections by {by}, {SECONDS:.0f} s each; {os.cpu_count()} cores"
    )
    print(f"{'page':<20}{'status':>8}{'kB':>8}{'queries':>9}{'requests/s':>12}{'of the smallest':>17}  address")
    for page in measured:
        ratio = f"1/{base.per_second / page.per_second:.1f}" if page.per_second else "-"
        print(
            f"{page.name:<20}{page.status:>8}{page.kilobytes:>8.1f}{page.queries:>9}{page.per_second:>12.1f}{ratio:>17}"
            f"  {page.address}"
        )
