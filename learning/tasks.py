from celery import shared_task

from learning.after_events import asking


@shared_task
def ask_what_was_learned() -> None:
    """Queue the mails to organisers after their events. A second one running at once does nothing."""
    asking.run()
