from celery import shared_task
from django.core.management import call_command
from django.utils import timezone

from hub.saved_searches import alerts
from hub.what_is_new import telling


@shared_task
def publish_scheduled() -> None:
    """Publish the pages and practices whose hour has come, and take down those whose time is over."""
    call_command("publish_scheduled")


@shared_task
def tell_followers_of_searches() -> None:
    """Queue the mails about what appeared in lists. A second one running at once leaves it to the first."""
    alerts.run(now=timezone.now())


@shared_task
def tell_followers_of_subjects() -> None:
    """Queue the mails about what is new of organisations and themes. A second one running at once does nothing."""
    telling.run(now=timezone.now())
