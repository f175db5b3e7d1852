from celery import shared_task
from django.utils import timezone

from practices.reconfirmation import owner_requests
from practices.reuse import asking


@shared_task
def ask_for_reconfirmation() -> None:
    """Ask owners about practices that nobody vouched for in two years. A second one running at once does nothing."""
    owner_requests.run(now=timezone.now())


@shared_task
def ask_how_reuse_went_on() -> None:
    """Ask organisations, a year after a report of theirs was accepted. A second one running at once does nothing."""
    asking.run(now=timezone.now())
