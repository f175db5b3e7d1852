from celery import shared_task

from events.seats import waiting_list


@shared_task
def move_up_everywhere() -> None:
    """Give on what the clock freed, and tell who waited in vain. A second one running at once does nothing."""
    waiting_list.move_up_everywhere()
    waiting_list.end_lists()
