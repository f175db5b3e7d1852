from celery import shared_task
from django.utils import timezone

from practices.reconfirmation import owner_requests


@shared_task
def ask_for_reconfirmation() -> None:
    """Ask owners about practices that nobody vouched for in two years. A second one running at once does nothing."""
    owner_requests.run(now=timezone.now())
