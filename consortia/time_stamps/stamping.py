"""Receipts that have no time stamp get one, after the fact: nobody ever waits for the authority."""

import logging
import time
from datetime import timedelta

from django.conf import settings
from django.db.models import QuerySet
from django.db.models.functions import Now

from consortia.receipts import clock
from consortia.receipts.models import Receipt
from consortia.time_stamps import replies
from consortia.time_stamps.asking import AuthorityError, address, ask
from consortia.time_stamps.models import ReceiptTimeStamp, StampingPause

logger = logging.getLogger(__name__)

# Of one turn: receipts, and seconds after which no other one is begun; the worker ends a task that lasts two minutes.
MOST, MOST_SECONDS = 50, 60
# Who is at it has this long; after that somebody else may.
TURN = timedelta(seconds=150)
STEPS = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 30, 60))


def stamp() -> int:
    """Ask for stamps of the oldest receipts without one; how many were kept. Safe to run twice and at once.

    The authority learns a hash and nothing else, so where it fails for one receipt it is not asked for the others: it
    is tried again after 1, 5, 15, 30 and then every 60 minutes.
    """
    waiting = Receipt.objects.filter(time_stamp=None).order_by("pk")
    if not settings.TIME_STAMP_AUTHORITY or not waiting.exists() or not _take_turn():
        return 0
    kept, until = 0, time.monotonic() + MOST_SECONDS
    try:
        # Those that are not stamped take nobody's place among the `MOST`.
        for receipt in waiting.iterator(chunk_size=MOST):
            if kept >= MOST or time.monotonic() >= until:
                break
            kept += _stamped(receipt)
    except AuthorityError as error:
        _pause(str(error))
    else:
        _of_this().update(until=Now(), failures=0, reason="")
    return kept


def _stamped(receipt: Receipt) -> bool:
    """Raises AuthorityError. A copy that somebody changed is not stamped, and keeps no other one waiting."""
    query = replies.query(receipt.payload.encode())
    if query.message_imprint.message.hex() != receipt.digest:
        logger.warning("The receipt %s does not fit its hash and is not stamped.", receipt.number)
        return False
    reply = ask(query.as_bytes())
    found = replies.read(reply, asked=query, now=clock.now())
    made = ReceiptTimeStamp(receipt=receipt, reply=reply, authority=found.authority, stamped_at=found.stamped_at)
    ReceiptTimeStamp.objects.bulk_create([made], ignore_conflicts=True)
    return True


def _take_turn() -> bool:
    """Whether the caller is the one who asks now."""
    StampingPause.objects.bulk_create([StampingPause(authority=address())], ignore_conflicts=True)
    return bool(_of_this().filter(until__lte=Now()).update(until=Now() + TURN))


def _pause(reason: str) -> None:
    failures = _of_this().get().failures + 1
    wait = STEPS[min(failures, len(STEPS)) - 1]
    _of_this().update(until=Now() + wait, failures=failures, reason=reason[:2000])
    logger.warning("No time stamps from %s, tried again in %s: %s", address(), wait, reason)


def _of_this() -> QuerySet[StampingPause]:
    return StampingPause.objects.filter(authority=address())
