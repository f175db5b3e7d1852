from celery import shared_task
from django.utils import timezone

from events.afterwards import thanking
from events.agenda import page_entries
from events.reminders import reminders
from events.seats import waiting_list


@shared_task
def move_up_everywhere() -> None:
    """Give on what the clock freed, and tell who waited in vain. A second one running at once does nothing."""
    waiting_list.move_up_everywhere()
    waiting_list.end_lists()


@shared_task
def queue_reminders() -> None:
    """Take back stale reminders, then queue those whose moment has come. A second one running at once does nothing."""
    reminders.run(now=timezone.now())


@shared_task
def renew_series() -> None:
    """Let searches tell of the next date of each series. A second one running at once changes nothing."""
    page_entries.renew_series()


@shared_task
def thank_everywhere() -> None:
    """Write to people after events. A second one running at once writes nothing twice."""
    thanking.thank_everywhere()
