from celery import shared_task

from partners.duplicates import finding
from partners.exchange import reminders


@shared_task
def ask_whether_notices_hold() -> None:
    """Queue the mails about offers and requests that are over soon. A second one running at once does nothing."""
    reminders.run()


@shared_task
def find_likely_duplicates() -> None:
    """Keep the pairs of profiles that may be one organisation. A second one running at once finds the same."""
    finding.find()
