"""What Prometheus is told, and that nobody else is."""

import re
import socket
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml
from celery import shared_task
from django.core.exceptions import ImproperlyConfigured
from django.db import OperationalError, connection
from django.test import Client
from django.utils import timezone

from hub.content_memory import content_version
from nccsi.caching.page_cache import shelf
from nccsi.health import heartbeat, request_counts, task_counts
from nccsi.health.models import TaskCount
from nccsi.running import operations
from nccsi.running.environment import Environment
from notifications.outbox.models import Message
from tests.environment import BASE_DIR
from tests.factories.hub import CallFactory, DeadlineFactory, add_call_page, add_calls

pytestmark = pytest.mark.django_db

TOKEN = "a-token-of-this-test-alone"
ALERTS = BASE_DIR / "deploy" / "prometheus" / "alerts.yml"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where all of this module is counted: a process keeps its file for good."""
    return tmp_path_factory.mktemp("counted")


@pytest.fixture
def asked(settings: Any, folder: Path) -> Client:
    """A client whose requests are counted."""
    settings.METRICS_TOKEN, settings.VAR_DIR = TOKEN, folder
    request_counts.start()  # before anything that imports the library, which then decides whether it writes to files
    return Client()


def read(client: Client, token: str = TOKEN) -> str:
    """All that is told."""
    answer = client.get("/metrics", headers={"authorization": f"Bearer {token}"})
    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("text/plain; version=0.0.4")
    assert "no-store" in answer["Cache-Control"]
    return answer.content.decode()


def value(text: str, series: str) -> float:
    """Of one series, written as in the answer."""
    found = re.search(rf"^{re.escape(series)} (\S+)$", text, re.MULTILINE)
    assert found, f"{series} is missing"
    return float(found[1])


def test_nobody_is_told_without_the_token(visitor: Client, asked: Client, settings: Any) -> None:
    assert asked.get("/metrics").status_code == 403
    for wrong in (f"Bearer {TOKEN}x", TOKEN, f"Basic {TOKEN}", "Bearer ", f"Bearer {TOKEN[:-1]}é"):
        assert asked.get("/metrics", headers={"authorization": wrong}).status_code == 403, wrong
    settings.METRICS_TOKEN = ""
    assert visitor.get("/metrics", headers={"authorization": "Bearer "}).status_code == 404


def test_requests_are_counted_by_view_and_never_by_address(asked: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    asked.get("/en/search/?q=canary")
    asked.get("/en/canary/")
    asked.get("/canary.php")
    asked.get("/en/practices/canary/")
    asked.generic("CANARY", "/health/")

    def fail() -> None:
        raise OperationalError("canary")

    asked.raise_request_exception = False
    monkeypatch.setattr("nccsi.health.parts.state", fail)
    assert asked.get("/health/ready/").status_code == 500
    text = read(asked)
    assert "canary" not in text.lower()
    assert value(text, 'nccsi_requests_total{method="GET",status="200",view="hub:search"}') == 1
    assert value(text, 'nccsi_requests_total{method="GET",status="500",view="nccsi.health.views.ready"}') == 1
    assert value(text, 'nccsi_requests_total{method="OTHER",status="405",view="nccsi.health.views.alive"}') == 1
    assert value(text, 'nccsi_database_errors_total{kind="OperationalError"}') == 1
    assert value(text, 'nccsi_request_seconds_count{view="hub:search"}') == 1
    assert value(text, 'nccsi_requests_total{method="GET",status="404",view="-"}') >= 1
    assert value(text, 'nccsi_request_seconds_count{view="-"}') == 0, "strangers ask for anything"
    assert value(text, 'nccsi_request_seconds_bucket{le="+Inf",view="hub:search"}') == 1


def test_a_kept_page_counts_for_its_view(asked: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(content_version, "applies", lambda: True)
    monkeypatch.setattr(content_version, "_memory", content_version._Memory())
    shelf.clear()
    for _time in range(3):
        answer = asked.get("/en/practices/")
    assert "Age" in answer.headers
    view = answer.wsgi_request.resolver_match.view_name  # type: ignore[union-attr]
    assert value(read(asked), f'nccsi_requests_total{{method="GET",status="200",view="{view}"}}') == 3


def test_what_the_database_tells(asked: Client) -> None:
    now = timezone.now()
    common = {"to_email": "canary@example.org", "language": "en"}
    Message.objects.create(kind="hub/x", dedupe_key="1", due_at=now - timedelta(seconds=90), **common)
    Message.objects.create(kind="calls/deadline", dedupe_key="2", due_at=now - timedelta(minutes=11), **common)
    Message.objects.create(kind="events/reminder", dedupe_key="3", due_at=now - timedelta(minutes=1), **common)
    Message.objects.create(kind="events/reminder", dedupe_key="4", due_at=now + timedelta(hours=1), **common)
    Message.objects.create(kind="hub/x", dedupe_key="5", status="failed", **common)
    call = CallFactory.create()
    add_call_page(add_calls(), call)
    for hours in (-1, 5, 23, 25):
        DeadlineFactory.create(call=call, due_at=now + timedelta(hours=hours))
    DeadlineFactory.create(call=CallFactory.create(), due_at=now + timedelta(hours=5))
    heartbeat.note()
    heartbeat.note(heartbeat.BACKUP)
    task_counts.note("calls.tasks.x", seconds=1.5, failed=False)
    task_counts.note("calls.tasks.x", seconds=0.5, failed=True)
    text = read(asked)
    assert "canary" not in text
    assert value(text, 'nccsi_outbox_messages{state="queued"}') == 4
    assert value(text, 'nccsi_outbox_messages{state="failed"}') == 1
    assert 'state="sent"' not in text, "to count them takes long"
    assert 660 <= value(text, "nccsi_outbox_oldest_seconds") < 720
    assert value(text, "nccsi_reminders_due") == 2
    assert value(text, "nccsi_reminders_late") == 1
    assert value(text, "nccsi_deadlines_within_a_day") == 2
    assert value(text, 'nccsi_task_runs_total{task="calls.tasks.x"}') == 2
    assert value(text, 'nccsi_task_failures_total{task="calls.tasks.x"}') == 1
    assert value(text, 'nccsi_task_seconds_total{task="calls.tasks.x"}') == 2.0
    assert abs(value(text, 'nccsi_last_heard_timestamp_seconds{of="backup"}') - now.timestamp()) < 60
    assert value(text, "nccsi_database_connections") >= 1
    assert value(text, "nccsi_database_up") == 1


def test_a_database_that_is_away_is_told(asked: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_given: object) -> None:
        raise OperationalError

    monkeypatch.setattr("nccsi.health.database_figures._asked", fail)
    text = read(asked)
    assert value(text, "nccsi_database_up") == 0
    assert "nccsi_outbox" not in text


def test_figures_that_take_too_long_leave_the_others(asked: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_now: object) -> list[object]:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 / 0")
        return []

    monkeypatch.setattr("nccsi.health.database_figures._mail", fail)
    text = read(asked)
    assert "nccsi_outbox" not in text
    assert value(text, "nccsi_database_up") == 1
    assert value(text, "nccsi_database_connections") >= 1


def test_tasks_are_counted_when_they_run_and_when_they_fail() -> None:
    @shared_task
    def breaks() -> None:
        raise ValueError

    breaks.apply()
    counted = TaskCount.objects.get(name=breaks.name)
    assert (counted.runs, counted.failures) == (1, 1)


def test_alerts_speak_of_what_is_told(asked: Client) -> None:
    heartbeat.note()
    task_counts.note("x", seconds=0, failed=False)
    asked.get("/health/")
    told = read(asked)
    rules = [rule for group in yaml.safe_load(ALERTS.read_text())["groups"] for rule in group["rules"]]
    named = {name for rule in rules for name in re.findall(r"\bnccsi_\w+", rule["expr"])}
    assert {rule["alert"] for rule in rules} >= {"OldestMailUnsent", "BeatSilent", "ReminderLate", "BackupOld"}
    missing = {name for name in named if not re.search(rf"^{name}[ {{]", told, re.MULTILINE)}
    assert missing <= {"nccsi_database_errors_total"}, "it is told once there was one"


@pytest.mark.parametrize("token", ["short", "with a space in the middle of it", "é" * 30])
def test_a_token_that_is_none_stops_the_start(monkeypatch: pytest.MonkeyPatch, token: str) -> None:
    monkeypatch.setenv("METRICS_TOKEN", token)
    with pytest.raises(ImproperlyConfigured, match="METRICS_TOKEN must be 20"):
        operations.metrics_token(Environment())


def test_files_of_servers_that_are_gone_are_swept_away(settings: Any, tmp_path: Path) -> None:
    settings.VAR_DIR = tmp_path
    home = tmp_path / "metrics" / socket.gethostname()
    (home / "999999999-1").mkdir(parents=True)
    (home / "notes").mkdir()
    own = request_counts._folder()
    assert {path.name for path in home.iterdir()} == {own.name, "notes"}
    assert request_counts._folder() == own, "each process of one server has the same"
