"""What became of the tasks: counted in the database, because those who are asked run in other processes."""

import logging
import time
from typing import Any

from celery.signals import task_postrun, task_prerun
from celery.states import SUCCESS
from django.db import DatabaseError, connection

logger = logging.getLogger(__name__)

_COUNT = """
INSERT INTO nccsi_taskcount AS task (name, runs, failures, seconds, last_run_at)
VALUES (%(name)s, 1, %(failed)s, %(seconds)s, statement_timestamp())
ON CONFLICT (name) DO UPDATE SET
    runs = task.runs + 1, failures = task.failures + excluded.failures, seconds = task.seconds + excluded.seconds,
    last_run_at = excluded.last_run_at
"""
_started: dict[str, float] = {}


@task_prerun.connect
def _begin(task_id: str, **_more: object) -> None:
    _started[task_id] = time.perf_counter()


@task_postrun.connect
def _end(task_id: str, task: Any, state: str | None = None, **_more: object) -> None:
    seconds = time.perf_counter() - _started.pop(task_id, time.perf_counter())
    note(task.name, seconds=seconds, failed=state != SUCCESS)


def note(name: str, *, seconds: float, failed: bool) -> None:
    """One more run of this task; a count that is lost does no harm, so a database that is away is only logged."""
    try:
        with connection.cursor() as cursor:
            cursor.execute(_COUNT, {"name": name, "failed": int(failed), "seconds": seconds})
    except DatabaseError as error:
        logger.warning("A run of %s was not counted: %s", name, type(error).__name__)
