from celery import shared_task

from events.sign_up import retention


@shared_task
def forget_access_needs() -> None:
    """Keep the promise of the sign-up form; running twice does nothing more."""
    retention.forget_access_needs()


@shared_task
def forget_unproved_seats() -> None:
    """What stood between a robot and the seats goes with the event; running twice does nothing more."""
    retention.forget_unproved()
