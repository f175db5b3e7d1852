from celery import shared_task
from django.utils import timezone

from calls.questions import answering
from calls.reminders import reminders


@shared_task
def queue_reminders() -> None:
    """Take back stale reminders, then queue those whose moment has come. A second one running at once does nothing."""
    reminders.run(now=timezone.now())


@shared_task
def tell_latecomers() -> None:
    """Tell those of a decided question who confirmed their address only afterwards."""
    answering.tell_latecomers(now=timezone.now())
