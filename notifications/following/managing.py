"""What the owner of an address does with everything it follows: change, stop, erase; each safe to do twice."""

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_noop

from notifications.following import subscribing
from notifications.outbox import outbox, suppression
from notifications.outbox.models import Message
from notifications.subscriptions import offsets as choices
from notifications.subscriptions.links import manage_address
from notifications.subscriptions.models import Subscription

LINK = "notifications/manage"
# The form sent several times gives one mail.
QUIET = timedelta(minutes=10)
LINK_USEFUL_FOR = timedelta(days=1)
ERASED = gettext_noop("The receiver had their address erased.")

_erasers: list[Callable[[str], object]] = []


def change(subscription: Subscription, *, language: str, offsets: list[int]) -> None:
    """Another language or other moments from now on; the consent to the topic stands as it was given."""
    active = Subscription.objects.active().filter(pk=subscription.pk)
    active.update(language=language, offsets=choices.clean(offsets))


def stop_all(email: str) -> int:
    """Stop everything that an address follows; returns how many there were."""
    with transaction.atomic():
        going_on = list(Subscription.objects.of(email).exclude(status=Subscription.Status.STOPPED))
        for subscription in going_on:
            subscribing.stop(subscription)
    return len(going_on)


def register_eraser(eraser: Callable[[str], object]) -> None:
    """Let an app that keeps the address with what is followed clear it along: `eraser(email)`, in the transaction."""
    _erasers.append(eraser)


def erase(email: str) -> int:
    """Delete what an address followed and take it out of the mails about it; what is left of those is a count.

    Mails about something else (a seat at an event, signing in) belong to that and go with it.
    """
    with transaction.atomic():
        keys = list(Subscription.objects.select_for_update(of=("self",)).of(email).values_list("pk", flat=True))
        asking = [f"subscription:{key}" for key in keys]
        mails = Message.objects.filter(Q(subscription__in=keys) | Q(about__in=asking))
        outbox.withdraw_these(mails, reason=ERASED)
        mails.update(to_email="", context={}, attachments=[], subject="", error="")
        Subscription.objects.filter(pk__in=keys).delete()
        suppression.lift(email)
        for eraser in _erasers:
            eraser(email)
    return len(keys)


def send_link(email: str) -> None:
    """Mail a fresh link to an address that followed something once; nobody but the mailbox learns whether it did."""
    email = email.strip()
    subscription = Subscription.objects.of(email).order_by("-created_at", "-pk").first()
    if subscription is None:
        return
    about, recent = f"subscription:{subscription.pk}", timezone.now() - QUIET
    with transaction.atomic():
        Subscription.objects.select_for_update(of=("self",)).filter(pk=subscription.pk).first()
        if Message.objects.filter(about=about, kind=LINK, created_at__gt=recent).exists():
            return
        outbox.queue(
            LINK,
            to=subscription.email,
            language=subscription.language,
            context={"manage_link": manage_address(subscription, subscription.language)},
            dedupe_key=f"{LINK}:{uuid4()}",
            about=about,
            expires_at=timezone.now() + LINK_USEFUL_FOR,
        )
