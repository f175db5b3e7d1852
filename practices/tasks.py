from celery import shared_task
from django.utils import timezone

from practices.contributing import submission
from practices.following import alerts
from practices.import_export import importing
from practices.reconfirmation import owner_requests


@shared_task
def forget_imports() -> None:
    """Delete the spreadsheets that were uploaded and not confirmed in time; running twice does nothing more."""
    importing.forget(now=timezone.now())


@shared_task
def ask_for_reconfirmation() -> None:
    """Ask owners about practices that nobody vouched for in two years. A second one running at once does nothing."""
    owner_requests.run(now=timezone.now())


@shared_task
def forget_submissions() -> None:
    """Clear abandoned drafts, and what was decided a while ago."""
    submission.forget(now=timezone.now())


@shared_task
def tell_followers_of_searches() -> None:
    """Queue the mails about practices that appeared. A second one running at once leaves it to the first."""
    alerts.run(now=timezone.now())
