"""The door through which the accounts' mail leaves.

`notifications` stands to the right of this app and may not be imported from here, so it puts its queue in at start.
"""

from collections.abc import Callable
from datetime import datetime

_queue: Callable[..., bool] | None = None


def connect(queue: Callable[..., bool]) -> None:
    """Called once by the app that owns the outbox."""
    global _queue  # one door per process
    _queue = queue


def hand_over(*, to: str, language: str, subject: str, text: str, key: str, expires_at: datetime | None = None) -> bool:
    """Put a mail whose words are ready into the outbox, in the current transaction.

    After `expires_at` it is of no use to anybody and does not leave. False when it never will: strangers caused so much
    mail to this address that its turn would come too late.
    """
    if _queue is None:
        raise RuntimeError("The outbox is not connected; notifications.apps does so when Django starts.")
    return _queue(
        "accounts/mail",
        to=to,
        language=language,
        context={"subject": subject, "text": text},
        dedupe_key=key,
        expires_at=expires_at,
    )
