from celery import shared_task
from django.utils import timezone

from consortia.time_stamps import stamping
from consortia.to_do import reminding


@shared_task
def remind_of_tasks() -> None:
    """Write to who has a task that is due tomorrow. A second one running at once writes nothing twice."""
    reminding.remind(now=timezone.now())


@shared_task
def have_receipts_stamped() -> None:
    """Ask the authority, where one is set, to stamp receipts that have no stamp. A second one at once asks nothing."""
    stamping.stamp()
