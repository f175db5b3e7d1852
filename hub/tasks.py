from celery import shared_task
from django.core.management import call_command
from django.utils import timezone

from hub.saved_searches import alerts


@shared_task
def publish_scheduled() -> None:
    """Publish the pages and practices whose hour has come, and take down those whose time is over."""
    call_command("publish_scheduled")


@shared_task
def tell_followers_of_searches() -> None:
    """Queue the mails about what appeared in lists. A second one running at once leaves it to the first."""
    alerts.run(now=timezone.now())
