from celery import shared_task

from accounts.my_data import copies
from accounts.privacy import keeping


# Within the ten minutes after which Redis would give it to another worker. What takes longer than two is broken off,
# so that the rest still has its turn.
@shared_task(soft_time_limit=120, time_limit=480)
def erase_what_is_due() -> None:
    """Keep every promise of how long something is kept. Running twice, or at once, does nothing more."""
    keeping.erase_what_is_due()


@shared_task(soft_time_limit=120, time_limit=480)
def write_copies() -> None:
    """Write the copies of their data that people asked for. A second one running at once leaves these to the first."""
    copies.write_due()
