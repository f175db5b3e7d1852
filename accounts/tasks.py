from celery import shared_task
from django.core.management import call_command
from django.utils import timezone

from accounts.signing_in import proving


@shared_task
def forget_sessions() -> None:
    """Delete sessions that are over: those of people who signed in, and of visitors who kept practices."""
    call_command("clearsessions")


@shared_task
def forget_unproved_accounts() -> None:
    """Delete accounts whose address nobody proved in time."""
    proving.forget_unproved(now=timezone.now())
