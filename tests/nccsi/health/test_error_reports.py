"""Errors that are reported say where the code broke, and for nobody whom."""

import gzip
import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured

from nccsi.running import operations
from nccsi.running.environment import Environment
from tests.environment import BASE_DIR

RECEIVED = list[bytes]


@pytest.fixture
def receiver() -> Iterator[tuple[str, RECEIVED]]:
    """What Sentry would get, and the address to send it to."""
    received: RECEIVED = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            received.append(gzip.decompress(body) if self.headers.get("Content-Encoding") == "gzip" else body)
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b"{}")

        def log_message(self, *_said: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://key@127.0.0.1:{server.server_port}/7", received
    server.shutdown()
    server.server_close()


def run(program: str, dsn: str) -> str:
    done = subprocess.run(
        [sys.executable, *program.split()],
        cwd=BASE_DIR,
        env=os.environ | {"SENTRY_DSN": dsn, "DJANGO_SETTINGS_MODULE": "nccsi.settings", "PYTHONPATH": str(BASE_DIR)},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def events(received: RECEIVED) -> list[dict[str, Any]]:
    """Each event that came, out of its envelope."""
    return [json.loads(line) for each in received for line in each.splitlines() if b'"exception"' in line]


def test_an_error_of_a_request_and_of_a_task_arrive_without_anybodys_data(receiver: tuple[str, RECEIVED]) -> None:
    dsn, received = receiver
    number = run("-m tests.nccsi.health.failing", dsn)
    of_request, of_task = events(received)
    for event in (of_request, of_task):
        (raised,) = event["exception"]["values"]
        assert (raised["type"], raised["value"]) == ("ValueError", "broke for [e-mail] at [address] ")
        assert raised["stacktrace"]["frames"][-1]["function"] == "fail"
        assert event["release"] == "nccsi@0.1.0"
        assert not {"request", "user", "breadcrumbs", "extra", "contexts", "server_name", "modules"} & set(event)
    assert (of_request["transaction"], of_request["tags"]) == ("nccsi.health.views.ready", {"request_id": number})
    assert of_task["transaction"] == "nccsi.failing"
    # The code itself stands in the frames; what it held does not.
    for kind in ("cookie", "header", "query", "body", "argument"):
        sent = b"".join(received).decode()
        assert not [line for line in sent.split("\\n") if f"canary-{kind}" in line and "headers=" not in line], kind
    assert '"vars"' not in b"".join(received).decode()


def test_without_an_address_nothing_of_it_is_even_loaded() -> None:
    loaded = "{'sentry_sdk', 'prometheus_client', 'pyrage'} & set(sys.modules)"
    code = f"import django, sys; django.setup(); import nccsi.urls; sys.exit(str({loaded} or '') or None)"
    subprocess.run(
        [sys.executable, "-c", code],
        cwd=BASE_DIR,
        env=os.environ | {"SENTRY_DSN": "", "METRICS_TOKEN": "", "DJANGO_SETTINGS_MODULE": "nccsi.settings"},
        check=True,
        timeout=300,
    )


@pytest.mark.parametrize(
    "dsn", ["nonsense", "https://errors.example.eu/1", "https://key@errors.example.eu/", "ftp://k@e/1"]
)
def test_an_address_that_is_none_stops_the_start(monkeypatch: pytest.MonkeyPatch, dsn: str) -> None:
    monkeypatch.setenv("SENTRY_DSN", dsn)
    with pytest.raises(ImproperlyConfigured, match="SENTRY_DSN cannot be read"):
        operations.sentry_dsn(Environment())
