from celery import shared_task
from django.utils import timezone

from practices import alerts


@shared_task
def tell_followers_of_searches() -> None:
    """Queue the mails about practices that appeared. A second one running at once leaves it to the first."""
    alerts.run(now=timezone.now())
