"""What the database tells a monitor: mail, reminders, deadlines, tasks, signs of life. Numbers, no names of people."""

import logging
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta
from typing import Any

from django.db import DatabaseError, connection, transaction
from django.db.models import Count, Min, Q
from django.utils import timezone
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric

from calls.chain.models import Call, Deadline
from calls.reminders import reminders as call_reminders
from events.reminders import reminders as event_reminders
from hub.content_memory import content_version
from nccsi.health.models import Heartbeat, TaskCount
from nccsi.running.version import version
from notifications.delivery import pauses
from notifications.outbox.models import Message

logger = logging.getLogger(__name__)

SECONDS = 2
LATE = timedelta(minutes=10)
_CONNECTIONS = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"


class DatabaseFigures:
    """Asked anew at each visit; where the database does not answer, that is all that is told."""

    def collect(self) -> Iterator[Metric]:
        """As prometheus_client asks for it."""
        yield _one("nccsi_info", "Version of the portal", 1, version=version())
        found: list[Metric] = []
        up = 0
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(f"SET LOCAL statement_timeout = '{SECONDS}s'")
                up = 1
                for group in (_content, _mail, _dates, _tasks, _signs, _connections):
                    found += _asked(group)
        except DatabaseError:
            found, up = [], 0
        yield _one("nccsi_database_up", "Whether the database answered", up)
        yield from found


def _asked(group: Callable[[datetime], Iterable[Metric]]) -> list[Metric]:
    """What this group tells; nothing where that takes too long, so that the others are told all the same."""
    try:
        with transaction.atomic():
            return list(group(timezone.now()))
    except DatabaseError as error:
        if connection.connection is None or connection.connection.closed:
            raise
        logger.warning("Not told, %s: %s", group.__name__, type(error).__name__)
        return []


def _one(name: str, says: str, value: float, **labels: str) -> Metric:
    family = GaugeMetricFamily(name, says, labels=list(labels))
    family.add_metric(list(labels.values()), value)
    return family


def _content(_now: datetime) -> Iterator[Metric]:
    yield _one("nccsi_content_version", "Number of the content that visitors see", content_version.current())


def _mail(now: datetime) -> Iterator[Metric]:
    # Of those that left there are as many as there were ever.
    length = GaugeMetricFamily("nccsi_outbox_messages", "Mails by state", labels=["state"])
    states = [Message.Status.QUEUED, Message.Status.FAILED]
    held = Message.objects.filter(status__in=states).order_by()
    counted = dict(held.values_list("status").annotate(Count("pk")))
    for state in states:
        length.add_metric([state], counted.get(state, 0))
    yield length
    due = Message.objects.waiting().not_to(pauses.of_domains()).filter(due_at__lte=now)
    yield _one("nccsi_outbox_oldest_seconds", "How long the oldest mail that is due waits", _age(due, now))
    reminders = due.filter(kind__in=[call_reminders.KIND, event_reminders.KIND])
    late = Q(due_at__lte=now - LATE)
    figures = reminders.order_by().aggregate(due=Count("pk"), late=Count("pk", filter=late))
    yield _one("nccsi_reminders_due", "Reminders that are due and wait", figures["due"])
    yield _one("nccsi_reminders_late", "Those of them that wait for more than ten minutes", figures["late"])


def _age(messages: Any, now: datetime) -> float:
    oldest = messages.order_by().aggregate(oldest=Min("due_at"))["oldest"]
    return (now - oldest).total_seconds() if oldest else 0.0


def _dates(now: datetime) -> Iterator[Metric]:
    calls = Call.objects.public().filter(withdrawn_at__isnull=True)
    soon = Deadline.objects.filter(call__in=calls, due_at__gt=now, due_at__lte=now + timedelta(hours=24))
    yield _one("nccsi_deadlines_within_a_day", "Deadlines of public calls in the next 24 hours", soon.count())


def _tasks(_now: datetime) -> Iterator[Metric]:
    runs = CounterMetricFamily("nccsi_task_runs", "How often a task ran", labels=["task"])
    failures = CounterMetricFamily("nccsi_task_failures", "How often it failed", labels=["task"])
    seconds = CounterMetricFamily("nccsi_task_seconds", "How long all runs took", labels=["task"])
    last = GaugeMetricFamily("nccsi_task_last_run_timestamp_seconds", "When it last ran", labels=["task"])
    for task in TaskCount.objects.order_by("name"):
        runs.add_metric([task.name], task.runs)
        failures.add_metric([task.name], task.failures)
        seconds.add_metric([task.name], task.seconds)
        last.add_metric([task.name], task.last_run_at.timestamp())
    yield from (runs, failures, seconds, last)


def _signs(_now: datetime) -> Iterator[Metric]:
    heard = GaugeMetricFamily("nccsi_last_heard_timestamp_seconds", "When beat or a backup was heard of", labels=["of"])
    for name, moment in Heartbeat.objects.order_by("name").values_list("name", "heard_at"):
        heard.add_metric([name], moment.timestamp())
    yield heard


def _connections(_now: datetime) -> Iterator[Metric]:
    with connection.cursor() as cursor:
        cursor.execute(_CONNECTIONS)
        yield _one("nccsi_database_connections", "Open connections to it", cursor.fetchone()[0])
