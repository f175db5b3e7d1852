"""Writing to people once an event is over, each once, at the moment that staff chose.

By default that is at nine in the morning after the event, in Brussels. Where nobody was noted at the door, nobody is
told that they were missed, and nobody is thanked: staff note who came and choose a later moment, and whoever has not
been written to yet then is. What is long over stays quiet.
"""

import logging
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.db.models.functions import Now

from events.afterwards import chain, emails
from events.agenda.models import Event
from events.seats import waiting_list
from events.seats.models import Registration
from hub.dates import brussels

logger = logging.getLogger(__name__)

HOUR_OF_DAY = 9
# So long after an event people are still written to.
NOT_AFTER = timedelta(days=60)
# A mail that could not leave within this time stays away.
WORTH_READING = timedelta(days=14)


def thanks_due_at(event: Event) -> datetime:
    """When people are written to: as staff chose, else in the morning after the event.

    A moment that lies before its end now was chosen before the event was moved.
    """
    if event.thanks_at and event.thanks_at >= event.ends_at:
        return event.thanks_at
    morning_after = brussels.local(event.ends_at) + timedelta(days=1)
    return morning_after.replace(hour=HOUR_OF_DAY, minute=0, second=0, microsecond=0)


def thank_everywhere() -> int:
    """Write what is due for every event; safe to run twice and at once. Returns how many mails were written."""
    number = 0
    for key in _recent().values_list("pk", flat=True):
        try:
            number += thank(key)
        except Exception:
            # One event's trouble is no other's.
            logger.exception("Nobody was written to after event %s", key)
    return number


def _recent() -> QuerySet[Event]:
    """Those that may be due: nobody was written to, or that was before a moment that staff chose since."""
    chosen = Q(thanks_at=None) | Q(thanks_at__lte=Now())
    untold = Q(thanked_at=None) | Q(thanked_at__lt=F("thanks_at"))
    over = Event.objects.filter(ends_at__lte=Now(), ends_at__gt=Now() - NOT_AFTER)
    return over.filter(chosen & untold, thanks=True, cancelled_at=None).order_by("ends_at", "pk")


@transaction.atomic
def thank(key: int) -> int:
    """Write to the people of one event if that is due now; returns how many mails."""
    waiting_list.hold(Event(pk=key))
    # Read after the wait for the lock: whoever came first has noted it.
    event = _recent().annotate(now=Now()).filter(pk=key).first()
    if event is None or event.now < thanks_due_at(event):
        return 0
    Event.objects.filter(pk=key).update(thanked_at=Now())
    expires_at = event.now + WORTH_READING
    came = Registration.objects.who_came().filter(event=event).exclude(email="").order_by("pk")
    number = emails.thank(event, came, expires_at=expires_at)
    number += emails.tell_missed(event, chain.missed(event).order_by("pk"), expires_at=expires_at)
    return number
