"""A line for each request, found again by its id, and nothing in it of who asked."""

import io
import json
import logging
import re
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from accounts.users.models import User
from nccsi.framework import request_id, task_causes
from nccsi.framework.log_lines import JsonFormatter, LineFormatter, clean
from nccsi.running import operations
from nccsi.running.environment import Environment

pytestmark = pytest.mark.django_db

CANARIES = ("canary", "203.0.113.7", "2001:db8::7")


@pytest.fixture
def lines(monkeypatch: pytest.MonkeyPatch) -> Iterator[io.StringIO]:
    """All that is logged, as JSON."""
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(JsonFormatter())
    logging.getLogger().addHandler(handler)
    monkeypatch.setattr(logging.getLogger("nccsi.requests"), "level", logging.INFO)
    logging.getLogger("nccsi.requests").manager._clear_cache()  # type: ignore[attr-defined]
    yield written
    logging.getLogger().removeHandler(handler)
    logging.getLogger("nccsi.requests").manager._clear_cache()  # type: ignore[attr-defined]


def entries(written: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in written.getvalue().splitlines()]


def test_a_request_is_one_line_without_who_asked(lines: io.StringIO, settings: Any) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    client = Client(
        headers={"x-forwarded-for": "203.0.113.7", "x-request-id": "abcdef0123456789", "cookie": "x=canary"}
    )
    answer = client.get("/en/search/?q=canary@example.org", REMOTE_ADDR="2001:db8::7")
    assert answer["X-Request-ID"] == "abcdef0123456789"
    (entry,) = [entry for entry in entries(lines) if entry["logger"] == "nccsi.requests"]
    assert (entry["message"], entry["view"], entry["status"]) == ("GET", "hub:search", 200)
    assert entry["request_id"] == "abcdef0123456789"
    assert 0 < entry["milliseconds"] < 60_000
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", entry["time"])
    assert not any(canary in lines.getvalue() for canary in CANARIES)


@pytest.mark.parametrize("given", ["canary@example.org", "short", "x" * 65, "abcdef0123\n456789", "<script>abcdef"])
def test_what_is_no_plain_token_is_not_taken_over(settings: Any, given: str) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    answer = Client().get("/health/", HTTP_X_REQUEST_ID=given)
    assert re.fullmatch(r"[0-9a-f]{16}", answer["X-Request-ID"])


def test_nobody_names_requests_but_a_proxy(settings: Any) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 0
    assert Client().get("/health/", HTTP_X_REQUEST_ID="abcdef0123456789")["X-Request-ID"] != "abcdef0123456789"


def test_what_fails_is_told_with_its_traceback_and_without_the_row(
    lines: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail() -> None:
        User.objects.create_user("canary@example.org")
        with transaction.atomic():
            User.objects.create_user("canary@example.org")

    monkeypatch.setattr("nccsi.health.parts.state", fail)
    client = Client(raise_request_exception=False)
    answer = client.get("/health/ready/?canary=canary")
    assert answer.status_code == 500
    told = [entry for entry in entries(lines) if "exception" in entry]
    assert told
    assert "IntegrityError" in told[0]["exception"]
    assert {entry["request_id"] for entry in entries(lines)} == {answer["X-Request-ID"]}
    assert "canary" not in lines.getvalue().replace('create_user(\\"', "").replace("[e-mail]", "")


def test_each_formatter_cleans_what_an_exception_says() -> None:
    for formatter in (LineFormatter("%(message)s"), JsonFormatter()):
        try:
            raise IntegrityError("Key exists\nDETAIL:  Key (name)=(Canary) exists.\nat 203.0.113.7, canary@example.org")
        except IntegrityError as error:
            record = logging.LogRecord("x", 40, "", 0, "Broke: %s", (str(error),), (type(error), error, None))
        said = formatter.format(record)
        assert "anary" not in said
        assert "203.0.113.7" not in said
        assert "IntegrityError" in said


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Not Found: /en/x/?token=a&b=c", "Not Found: /en/x/?[query]"),
        ("from 203.0.113.7:443 and 2001:db8::7.", "from [address]:443 and [address]."),
        ("Anna <anna.o'neil+x@example.org>", "Anna <[e-mail]>"),
        ("to 127.0.0.1:6379 and 172.18.0.2 at 12:30:45", "to 127.0.0.1:6379 and 172.18.0.2 at 12:30:45"),
        ("version 18.6.1, ratio 1::2 and a::b", "version 18.6.1, ratio [address] and [address]"),
        ("from ::ffff:203.0.113.7, by:203.0.113.7", "from [address], by:[address]"),
        ("to ::ffff:172.18.0.2 and [::ffff:127.0.0.1]:80", "to ::ffff:172.18.0.2 and [::ffff:127.0.0.1]:80"),
        ("Broke\nDETAIL:  (a)=(two\nlines)\nHINT:  Look", "Broke\nDETAIL: [row]\nHINT:  Look"),
        ("Broke\nDÉTAIL : (a)=(b)", "Broke\nDÉTAIL : [row]"),
        ("Broke\nDÉTAIL\u00a0: (a)=(b)", "Broke\nDÉTAIL\u00a0: [row]"),
        ("Broke\nKONTEXT:  COPY a, Zeile 1: b", "Broke\nKONTEXT: [row]"),
        ('Broke\nLINE 1: SELECT b\n   ^\n  File "x.py", line 1', 'Broke\nLINE 1: [row]\n  File "x.py", line 1'),
        ("Broke\\nCONTEXT:  b\\nc\nTypeError", "Broke\\nCONTEXT: [row]\nTypeError"),
        ("Broke\nWARNING: look\nValueError: b", "Broke\nWARNING: look\nValueError: b"),
        ("Are you there? Yes, a=b", "Are you there? Yes, a=b"),
    ],
)
def test_what_is_cleaned_and_what_stays(text: str, left: str) -> None:
    assert clean(text) == left


def test_a_task_goes_by_the_request_that_started_it(lines: io.StringIO) -> None:
    cause, token = request_id.begin(given="abcdef0123456789")
    headers: dict[str, Any] = {}
    task_causes._send_along(headers=headers)
    request_id.end(token)
    task = SimpleNamespace(name="hub.tasks.x", request=headers)
    task_causes._begin(task_id="1", task=task)
    logging.getLogger("hub").warning("Look")
    task_causes._end(task_id="1")
    (entry,) = entries(lines)
    assert (entry["request_id"], entry["task"]) == (cause.id, "hub.tasks.x")
    assert request_id.current() is None


def test_a_format_that_is_none_stops_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOG_FORMAT", "xml")
    with pytest.raises(Exception, match=r"LOG_FORMAT is 'xml'\. Choose from line, json"):
        operations.log_format(Environment())
