"""Addresses that do not exist get no second mail: writing on to them makes mail servers refuse the rest too."""

from collections.abc import Iterable, Sequence
from datetime import timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Lower, Now
from django.utils.translation import gettext_noop

from notifications.outbox import outbox
from notifications.outbox.models import Message, Suppression

# Mail that somebody asked for a moment ago, and whose arrival would prove that the address works again.
EXEMPT = Q(kind__startswith="accounts/") | Q(
    kind__in=["notifications/confirm", "notifications/already", "notifications/manage"]
)
EXEMPT_EVERY = timedelta(days=1)
REASON = gettext_noop("A mail server refused this address for good; it is on the list of refused addresses.")


def refused(addresses: Iterable[str]) -> set[str]:
    """Which of these addresses are on the list, in small letters."""
    small = list({address.lower() for address in addresses})
    found = Suppression.objects.annotate(address=Lower("email")).filter(address__in=small)
    return set(found.values_list("address", flat=True))


def suppress(email: str, *, reason: str) -> None:
    """Put an address on the list and take back what waits for it."""
    with transaction.atomic():
        row = Suppression(email=email.lower(), reason=reason[:2000], tried_at=None)
        Suppression.objects.bulk_create([row], ignore_conflicts=True)
        waiting = Message.objects.annotate(address=Lower("to_email")).filter(address=email.lower()).exclude(EXEMPT)
        outbox.withdraw_these(waiting, reason=REASON)


def lift(email: str) -> bool:
    """Take an address off the list: staff know better, or its owner pressed a button in a mail that arrived."""
    deleted, _each = Suppression.objects.annotate(address=Lower("email")).filter(address=email.lower()).delete()
    return bool(deleted)


def lift_these(rows: QuerySet[Suppression]) -> int:
    """The same for several; returns how many were on the list."""
    deleted, _each = rows.delete()
    return deleted


def withhold(keys: Sequence[int]) -> None:
    """Take back those of these mails whose address is on the list; what may be tried there is tried once a day."""
    same = Suppression.objects.annotate(address=Lower("email")).filter(address=Lower(OuterRef("to_email")))
    refused = list(Message.objects.filter(Exists(same), pk__in=keys).order_by("due_at", "pk"))
    stopped = [message.pk for message in refused if not (_is_exempt(message) and _first_today(message.to_email))]
    if stopped:
        outbox.withdraw_these(Message.objects.filter(pk__in=stopped), reason=REASON)


def _is_exempt(message: Message) -> bool:
    return Message.objects.filter(EXEMPT, pk=message.pk).exists()


def _first_today(email: str) -> bool:
    long_ago = Q(tried_at__isnull=True) | Q(tried_at__lt=Now() - EXEMPT_EVERY)
    address = Suppression.objects.annotate(address=Lower("email")).filter(address=email.lower())
    return bool(address.filter(long_ago).update(tried_at=Now()))
