from celery import shared_task

from notifications.delivery import pauses, sending
from notifications.outbox import outbox


@shared_task
def send_queued() -> None:
    """Send what is due. Any number of these may run at once."""
    sending.drain()


@shared_task
def delete_old_messages() -> None:
    """Forget what was sent long ago."""
    outbox.delete_old()
    pauses.forget_old()
