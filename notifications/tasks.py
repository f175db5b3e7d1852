from celery import shared_task

from notifications.delivery import sending


@shared_task
def send_queued() -> None:
    """Send what is due. Any number of these may run at once."""
    sending.drain()
