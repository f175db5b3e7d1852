from celery import shared_task
from django.utils import timezone

from practices import importing


@shared_task
def forget_imports() -> None:
    """Delete the spreadsheets that were uploaded more than a day ago; running twice does nothing more."""
    importing.forget(now=timezone.now())
