from celery import shared_task

from accounts.privacy import keeping


# Within the ten minutes after which Redis would give it to another worker. What takes longer than two is broken off,
# so that the rest still has its turn.
@shared_task(soft_time_limit=120, time_limit=480)
def erase_what_is_due() -> None:
    """Keep every promise of how long something is kept. Running twice, or at once, does nothing more."""
    keeping.erase_what_is_due()
