from celery import shared_task

from events.afterwards import thanking
from events.seats import waiting_list


@shared_task
def move_up_everywhere() -> None:
    """Give seats that nobody confirmed in time to those who wait. A second one running at once does nothing."""
    waiting_list.move_up_everywhere()


@shared_task
def thank_everywhere() -> None:
    """Write to people after events. A second one running at once writes nothing twice."""
    thanking.thank_everywhere()
