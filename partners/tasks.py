from celery import shared_task

from partners.exchange import reminders


@shared_task
def ask_whether_notices_hold() -> None:
    """Queue the mails about offers and requests that are over soon. A second one running at once does nothing."""
    reminders.run()
