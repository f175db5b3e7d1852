from celery import shared_task
from django.utils import timezone

from hub import reminders


@shared_task
def queue_reminders() -> None:
    """Take back stale reminders, then queue those whose moment has come. A second one running at once does nothing."""
    reminders.run(now=timezone.now())
