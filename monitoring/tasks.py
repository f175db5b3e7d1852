from celery import shared_task

from monitoring.snapshots import taking


@shared_task
def keep_figures() -> None:
    """Keep the figures of the days that are over. A second one running at once does nothing."""
    taking.run()
