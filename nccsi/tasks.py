from celery import shared_task

from nccsi.framework import task_causes  # noqa: F401 - listens to all tasks, as the counts do
from nccsi.health import (
    heartbeat,
    task_counts,  # noqa: F401
)


@shared_task
def note_heartbeat() -> None:
    """Tell the readiness page that the schedule runs; as often as one likes."""
    heartbeat.note()
