"""The first mail to a follower: what they follow, the dates ahead with a calendar file, how to change or stop it."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from functools import cache

from django.utils import timezone
from django.utils.translation import gettext_noop

from notifications.outbox import outbox
from notifications.outbox.models import Message
from notifications.outbox.outbox import Attachment
from notifications.subscriptions import dates, topics
from notifications.subscriptions.models import Subscription

WELCOME = "notifications/welcome"
# After that the next reminder or the next piece of news tells the same.
USEFUL_FOR = timedelta(days=3)
_GONE = gettext_noop("What it tells of is no longer public.")


def queue(subscription: Subscription) -> bool:
    """Write it in the transaction in which the consent took effect; False where it was written before."""
    language = outbox.spoken(subscription.language)
    topic = topics.resolve(subscription.topic, language)
    if topic is None or subscription.confirmed_at is None:
        return False
    return outbox.queue(
        WELCOME,
        to=subscription.email,
        language=language,
        context={"key": subscription.topic, "offsets": subscription.offsets if topic.has_deadlines else []},
        dedupe_key=f"{WELCOME}:{subscription.pk}:{subscription.confirmed_at.isoformat()}",
        about=f"subscription:{subscription.pk}",
        expires_at=timezone.now() + USEFUL_FOR,
        subscription=subscription,
        attachments=_files(subscription.topic, language),
        # It answers a link that was mailed there, or somebody who proved to hold the address.
        allowance=None,
    )


def bring_up_to_date(only: Sequence[int]) -> int:
    """Before they leave: take back what tells of something that is gone, and attach anew where dates changed meanwhile.

    What is attached anew goes back into the queue, because the mail in hand has the old file; returns how many do.
    """
    waiting = Message.objects.filter(pk__in=list(only), kind=WELCOME, status=Message.Status.SENDING)
    waiting = waiting.select_related("subscription")
    resolve, files = cache(topics.resolve), cache(_files)
    return sum(_renewed(message, resolve, files) for message in waiting)


def _renewed(
    message: Message,
    resolve: Callable[[str, str], topics.Topic | None],
    files: Callable[[str, str], list[Attachment]],
) -> bool:
    # What somebody follows can become part of something else while the mail waits.
    key = message.subscription.topic if message.subscription else message.context["key"]
    held = Message.objects.filter(pk=message.pk)
    if resolve(key, message.language) is None:
        outbox.withdraw_these(held, reason=_GONE)
        return False
    attached = files(key, message.language)
    context = message.context | {"key": key}
    if (message.attachments, message.context) == (attached, context):
        return False
    taken = held.filter(status=Message.Status.SENDING)
    return bool(taken.update(attachments=attached, context=context, status=Message.Status.QUEUED, leased_until=None))


def _files(key: str, language: str) -> list[Attachment]:
    found = dates.coming(key, language)
    if found is None:
        return []
    return [{"name": "dates.ics", "type": "text/calendar; method=PUBLISH", "content": found.calendar}]
