"""Tells who follows all calls of a new one; in another language a day later, should no page in theirs come first."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.utils import timezone
from wagtail.signals import page_published

from calls.chain.models import Call
from calls.chain.standing import PAST, call_state
from calls.pages.models import CallPage
from hub.pages import announcements
from hub.pages.announcements import TRANSLATION_TIME
from notifications.delivery import sending
from notifications.outbox.models import Message

CALL = "calls/call"


def announce_call(page: CallPage) -> int:
    """Queue a mail to everyone who follows all calls; the reader's own language first, the others a day later."""
    if not announcements.is_new(page):
        return 0
    call = Call.objects.with_chain().get(pk=page.call_id)
    if call_state(call).code in PAST:
        return 0
    now = timezone.now()
    # Where something is due so soon, whoever waits for a translation would be reminded of what nobody told them.
    hurry = any(now < each.due_at < now + 2 * TRANSLATION_TIME for each in call.deadlines.all())
    wait = timedelta() if hurry else TRANSLATION_TIME
    about = f"call:{call.pk}:published"
    return announcements.announce(page, CALL, topic="calls", about=about, facts={"call": call.pk}, wait=wait)


def withdraw_gone_calls(only: Sequence[int]) -> int:
    """Take back what tells of calls that are gone; looked at right before it is sent."""
    if not Message.objects.filter(pk__in=list(only), kind=CALL).exists():
        return 0
    calls = Call.objects.public().filter(withdrawn_at__isnull=True)
    return announcements.withdraw_gone(CALL, named="call", public=list(calls.values_list("pk", flat=True)), only=only)


def on_published(sender: type, instance: Any, **facts: Any) -> None:
    """Wagtail's signal, which also comes for pages that are to appear later: those are not live yet."""
    if instance.live and isinstance(instance, CallPage):
        announce_call(instance)


def connect() -> None:
    """Called once when Django starts."""
    page_published.connect(on_published, dispatch_uid="calls.pages.call_announcements")
    sending.register_check(withdraw_gone_calls)
