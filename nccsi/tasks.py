from celery import shared_task

from nccsi.health import heartbeat


@shared_task
def note_heartbeat() -> None:
    """Tell the readiness page that the schedule runs; as often as one likes."""
    heartbeat.note()
