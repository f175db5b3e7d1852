"""The door through which the accounts' mail leaves.

`notifications` stands to the right of this app and may not be imported from here, so it puts its queue in at start.
"""

from collections.abc import Callable
from datetime import timedelta

from django.utils import timezone

# Codes and reset links work for a quarter of an hour; a mail that comes later only puzzles its reader.
USEFUL_FOR = timedelta(minutes=15)

_queue: Callable[..., bool] | None = None


def connect(queue: Callable[..., bool]) -> None:
    """Called once by the app that owns the outbox."""
    global _queue  # one door per process
    _queue = queue


def hand_over(*, to: str, language: str, subject: str, text: str, key: str) -> None:
    """Put a mail whose words are ready into the outbox, in the current transaction."""
    if _queue is None:
        raise RuntimeError("The outbox is not connected; notifications.apps does so when Django starts.")
    _queue(
        "accounts/mail",
        to=to,
        language=language,
        context={"subject": subject, "text": text},
        dedupe_key=key,
        expires_at=timezone.now() + USEFUL_FOR,
    )
