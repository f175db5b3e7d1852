from celery import shared_task
from django.core.management import call_command


@shared_task
def publish_scheduled() -> None:
    """Publish the pages and practices whose hour has come, and take down those whose time is over."""
    call_command("publish_scheduled")
