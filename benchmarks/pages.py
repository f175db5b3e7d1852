"""Requests per second of the pages that visitors open most, beside the smallest answer that the same server gives.

Each page twice: as a visitor without a session gets it, from the page cache, and as somebody with a session does, made
anew. The server is what a deployment runs: granian, two workers. The load comes from 8 connections that stay open,
by `wrk` where it is installed, else by threads of Python, which on two cores cost the server a part of its time:
compare ratios, not figures of different machines. Set BASELINE_RATE to what Wagtail's demo site gives on this
machine (its home page, two workers) to see the ratios that the project promises: 50 and 3.
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

from nccsi.running.probe import answers

CONNECTIONS = 8
SECONDS = 8.0
BASELINE = "/health/"
# A session that does not exist any more: the page is made for this request, as it is for somebody who signed in.
SESSION = "0123456789abcdefghijklmnopqrstuv"


@dataclass(frozen=True)
class Measured:
    """What one page costs."""

    name: str
    address: str
    status: int
    kilobytes: float
    queries: int
    kept: float
    made: float


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

    from calls.pages.models import CallPage
    from events.agenda.pages import EventPage
    from practices.practice.models.practice import Practice

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
        event = EventPage.objects.live().filter(locale__language_code="en").order_by("-pk").first()
        if event is not None:
            found["event"] = str(event.url)
        found["directory"] = reverse("partners:directory")
    return found


@contextlib.contextmanager
def server(**variables: str) -> Iterator[int]:
    """The web server on a free port, with the database that this process uses and these variables."""
    from django.conf import settings

    port = free_port()
    env = {**os.environ, "PORT": str(port), "LOG_LEVEL": "ERROR", "DATABASE_URL": database_url(), **variables}
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

    from nccsi.running.embedded import Server

    return os.environ.get("DATABASE_URL") or Server(settings.VAR_DIR / "postgres").url


def measure(name: str, address: str, port: int) -> Measured:
    """One page: what it is, what it asks the database, how often it can be had."""
    status, size = ask(port, address)
    queries = count_queries(address)
    for _warm in range(20):
        ask(port, address)
        ask(port, address, session_cookie())
    load = with_wrk if shutil.which("wrk") else with_threads
    kept, made = load(port, address, ""), load(port, address, session_cookie())
    return Measured(name, address, status, size / 1000, queries, kept, made)


def session_cookie() -> str:
    """What makes the portal answer anew."""
    from django.conf import settings

    return f"{settings.SESSION_COOKIE_NAME}={SESSION}"


def ask(port: int, address: str, cookie: str = "") -> tuple[int, int]:
    """Status and size of one answer, compressed as browsers get it."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    headers = {"Host": f"localhost:{port}", "Accept-Encoding": "gzip"} | ({"Cookie": cookie} if cookie else {})
    connection.request("GET", address, headers=headers)
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    return answer.status, len(body)


def count_queries(address: str) -> int:
    """The most queries of a page that is made anew: the first time after a change of content."""
    from django.conf import settings
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from hub.content_memory import content_version

    client = Client(headers={"host": settings.SITE_HOST})
    client.cookies[settings.SESSION_COOKIE_NAME] = SESSION
    client.get(address)
    content_version.forget()
    with CaptureQueriesContext(connection) as captured:
        client.get(address)
    return len(captured)


def with_wrk(port: int, address: str, cookie: str) -> float:
    """Requests per second, by wrk."""
    command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{SECONDS:.0f}s", "-H", f"Host: localhost:{port}"]
    command += ["-H", f"Cookie: {cookie}"] if cookie else []
    said = subprocess.run(
        [*command, f"http://127.0.0.1:{port}{address}"], capture_output=True, text=True, check=True
    ).stdout
    found = re.search(r"Requests/sec:\s*([\d.]+)", said)
    return float(found[1]) if found else 0.0


def with_threads(port: int, address: str, cookie: str) -> float:
    """Requests per second, by threads of this process."""
    counts = [0] * CONNECTIONS
    headers = {"Host": f"localhost:{port}"} | ({"Cookie": cookie} if cookie else {})
    end = time.monotonic() + SECONDS

    def ask_on(number: int) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        while time.monotonic() < end:
            connection.request("GET", address, headers=headers)
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
    """The table; the last two columns only with a rate to compare with."""
    smallest = measured[0].kept
    compare = float(os.environ.get("BASELINE_RATE") or 0)
    by = "wrk" if shutil.which("wrk") else "Python threads"
    load = os.getloadavg()[0]
    print(
        f"\nPages: granian, 2 workers; {CONNECTIONS} connections by {by}, {SECONDS:.0f} s each; "
        f"{os.cpu_count()} cores, load {load:.1f} in the last minute"
    )
    print(
        f"{'page':<20}{'status':>7}{'kB':>7}{'queries':>9}{'kept/s':>9}{'anew/s':>8}{'kept:anew':>11}{'kept:smallest':>15}"
        + (f"{'kept:base':>11}{'anew:base':>11}" if compare else "")
        + "  address"
    )
    for page in measured:
        print(
            f"{page.name:<20}{page.status:>7}{page.kilobytes:>7.1f}{page.queries:>9}{page.kept:>9.0f}{page.made:>8.1f}"
            f"{_ratio(page.kept, page.made):>11}{_ratio(page.kept, smallest):>15}"
            + (f"{_ratio(page.kept, compare):>11}{_ratio(page.made, compare):>11}" if compare else "")
            + f"  {page.address}"
        )


def _ratio(one: float, other: float) -> str:
    return f"{one / other:.2f}" if other else "-"
