"""Asking to follow a topic, confirming it from the mailbox, stopping: each safe to do twice."""

from collections.abc import Mapping
from datetime import timedelta
from hashlib import sha256
from typing import Any
from urllib.parse import urljoin
from uuid import uuid4

from django.conf import settings
from django.db import transaction
from django.db.models.functions import Now
from django.urls import reverse
from django.utils import timezone, translation

from accounts.users import addresses
from accounts.users.models import User
from notifications.following import welcome
from notifications.outbox import outbox, suppression
from notifications.outbox.models import Message
from notifications.subscriptions import offsets as choices
from notifications.subscriptions import topics
from notifications.subscriptions.links import CONFIRM_DAYS, confirm_token, read_confirm_token, state
from notifications.subscriptions.models import Subscription

CONFIRM = "notifications/confirm"
ALREADY = "notifications/already"
# The same form sent several times gives one mail; a mail that got lost can be asked for again after this while.
QUIET = {CONFIRM: timedelta(minutes=10), ALREADY: timedelta(days=1)}


def ask(
    *, email: str, topic: str, language: str, offsets: list[int], wording: str, by: User | None = None
) -> Subscription:
    """Ask to follow a topic. Only the mailbox learns whether this address followed it before.

    Whoever is signed in under this very address, proved, follows at once; everyone else confirms from the mailbox.
    """
    email = User.normalise_email(email)
    offsets = choices.clean(offsets)
    owner = by if addresses.holds(by, email) else None
    with transaction.atomic():
        subscription = _locked(email, topic, language, offsets, wording)
        if owner:
            _activate(subscription, language=language, offsets=offsets, wording=wording, user=owner)
        elif subscription.status == Subscription.Status.ACTIVE:
            _mail(ALREADY, subscription, language=language, offsets=offsets)
        else:
            _ask_again(subscription, language=language, offsets=offsets, wording=wording)
            _mail(CONFIRM, subscription, language=language, offsets=offsets)
    return subscription


def confirm(token: str) -> Subscription | None:
    """What the mailbox says yes to; None when the link is too old, used up or not ours."""
    asked = read_confirm_token(token)
    if asked is None:
        return None
    with transaction.atomic():
        subscription = Subscription.objects.select_for_update(of=("self",)).filter(uuid=asked["uuid"]).first()
        if subscription is None:
            return None
        if asked["state"] == state(subscription):
            _activate(subscription, language=asked["language"], offsets=asked["offsets"])
        elif not _is_in_force(subscription, asked["language"], asked["offsets"]):
            return None
        # The button stands in a mail that arrived: whatever was wrong with the address no longer is.
        suppression.lift(subscription.email)
    return subscription


def was_confirmed(subscription: Subscription, asked: Mapping[str, Any]) -> bool:
    """Whether what a confirmation link asks for is so already, because its button was pressed before."""
    return asked["state"] != state(subscription) and _is_in_force(subscription, asked["language"], asked["offsets"])


def stop(subscription: Subscription) -> None:
    """No more mail about this topic, nor any that waits already."""
    with transaction.atomic():
        going_on = Subscription.objects.filter(pk=subscription.pk).exclude(status=Subscription.Status.STOPPED)
        going_on.update(status=Subscription.Status.STOPPED, stopped_at=Now())
        outbox.withdraw_subscription(subscription, reason=outbox.STOPPED)


def _locked(email: str, topic: str, language: str, offsets: list[int], wording: str) -> Subscription:
    """The one row of this address and topic, held until the end of the transaction."""
    fresh = Subscription(email=email, topic=topic, language=language, offsets=offsets, consent_wording=wording)
    Subscription.objects.bulk_create([fresh], ignore_conflicts=True)
    return Subscription.objects.select_for_update(of=("self",)).of(email).get(topic=topic)


def _ask_again(subscription: Subscription, *, language: str, offsets: list[int], wording: str) -> None:
    subscription.language, subscription.offsets, subscription.consent_wording = language, offsets, wording
    if subscription.status == Subscription.Status.STOPPED:
        subscription.status = Subscription.Status.PENDING
        subscription.created_at = timezone.now()  # links from before it was stopped do not confirm the new request
        subscription.confirmed_at = subscription.stopped_at = None
    subscription.save()


def _activate(
    subscription: Subscription, *, language: str, offsets: list[int], wording: str = "", user: User | None = None
) -> None:
    begins = subscription.status != Subscription.Status.ACTIVE
    if not _is_in_force(subscription, language, offsets):
        subscription.confirmed_at = timezone.now()
    subscription.status = Subscription.Status.ACTIVE
    subscription.stopped_at = None
    subscription.language, subscription.offsets = language, offsets
    subscription.consent_wording = wording or subscription.consent_wording
    subscription.user = user or subscription.user
    subscription.save()
    if begins:
        welcome.queue(subscription)


def _is_in_force(subscription: Subscription, language: str, offsets: list[int]) -> bool:
    return (
        subscription.status == Subscription.Status.ACTIVE
        and subscription.language == language
        and subscription.offsets == offsets
    )


def _mail(kind: str, subscription: Subscription, *, language: str, offsets: list[int]) -> None:
    about = f"subscription:{subscription.pk}"
    wish = _digest(subscription, language=language, offsets=offsets)
    recent = Message.objects.filter(about=about, kind=kind, created_at__gt=timezone.now() - QUIET[kind])
    lost = [Message.Status.FAILED, Message.Status.WITHDRAWN]
    # Only a mail whose link still confirms these very choices makes another one needless.
    if recent.filter(context__wish=wish).exclude(status__in=lost).exists():
        return
    token = confirm_token(subscription, language=language, offsets=offsets)
    with translation.override(language):
        topic = topics.resolve(subscription.topic, language)
        context = {
            "title": topic.title if topic else subscription.topic,
            "topic_url": topic.address if topic else settings.SITE_URL,
            "confirm_url": urljoin(settings.SITE_URL, reverse("notifications:confirm", args=[token])),
            "offsets": offsets,
            "changes": not _is_in_force(subscription, language, offsets),
            "days": CONFIRM_DAYS,
            "wish": wish,
        }
    outbox.queue(
        kind,
        to=subscription.email,
        language=language,
        context=context,
        dedupe_key=f"{kind}:{uuid4()}",
        about=about,
        expires_at=timezone.now() + timedelta(days=CONFIRM_DAYS),
        subscription=subscription if kind == ALREADY else None,
    )


def _digest(subscription: Subscription, *, language: str, offsets: list[int]) -> str:
    """Of what a link confirms, and of the state in which it does: a link of before a confirmation or a stop is dead."""
    return sha256(repr((state(subscription), language, offsets)).encode()).hexdigest()
