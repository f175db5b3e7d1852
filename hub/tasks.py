from celery import shared_task
from django.core.management import call_command
from django.utils import timezone

from hub import reminders


@shared_task
def queue_reminders() -> None:
    """Take back stale reminders, then queue those whose moment has come. A second one running at once does nothing."""
    reminders.run(now=timezone.now())


@shared_task
def publish_scheduled() -> None:
    """Publish the pages and practices whose hour has come, and take down those whose time is over."""
    call_command("publish_scheduled")
