from celery import shared_task
from django.core.management import call_command


@shared_task
def forget_sessions() -> None:
    """Delete sessions that are over: those of people who signed in, and of visitors who kept practices."""
    call_command("clearsessions")
