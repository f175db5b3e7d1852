"""Tells followers what is new: a piece of news in its own language, a call once whatever the number of its languages.

Wagtail says when a page is published; the outbox's keys see to it that publishing again, or publishing another
language, tells nobody twice.
"""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext_noop
from wagtail.signals import page_published

from hub.call_list import PAST
from hub.chain import call_state
from hub.models import Call, CallPage, NewsPage
from hub.visibility import visible
from notifications import outbox, sending
from notifications.models import Message

NEWS = "hub/news"
CALL = "hub/call"
# Who follows in another language waits this long for the translation, and then gets what there is.
TRANSLATION_TIME = timedelta(days=1)
USEFUL_FOR = timedelta(days=7)
# A page that was published for the first time before this is not new, whatever is published of it again.
NEW_FOR = timedelta(days=7)

# Only those who followed when the page appeared: later ones found it on the site.
_QUEUE = """
INSERT INTO notifications_message (
    uuid, kind, to_email, language, context, attachments, subscription_id, about, dedupe_key, status,
    due_at, expires_at, attempts, error, subject
)
SELECT gen_random_uuid(), %(kind)s, email, language, %(context)s::jsonb, '[]', id, %(about)s, %(about)s || ':' || id,
       'queued', CASE WHEN language = %(language)s THEN %(now)s ELSE %(later)s END, %(expires_at)s, 0, '', ''
FROM notifications_subscription
WHERE topic = %(topic)s AND status = 'active' AND confirmed_at <= %(appeared_at)s
  AND (%(all_languages)s OR language = %(language)s)
ON CONFLICT (dedupe_key) DO UPDATE
SET due_at = LEAST(notifications_message.due_at, excluded.due_at)
WHERE notifications_message.status = 'queued' AND notifications_message.attempts = 0
"""

# The key is set free: published again while it is still new, the page is told once more to those who never heard.
_WITHDRAW = """
UPDATE notifications_message
SET status = 'withdrawn', error = %(reason)s, leased_until = NULL, dedupe_key = dedupe_key || ':withdrawn:' || id
WHERE id = ANY(%(only)s) AND status IN ('queued', 'sending') AND (
    (kind = %(news)s AND NOT (context ->> 'page')::bigint = ANY(%(pages)s))
    OR (kind = %(call)s AND NOT (context ->> 'call')::bigint = ANY(%(calls)s))
)
"""
_GONE = gettext_noop("It is no longer public.")


def announce_news(page: NewsPage) -> int:
    """Queue a mail to everyone who follows the news in this page's language; returns how many."""
    if not _is_new(page) or not visible(NewsPage.objects.filter(pk=page.pk)).exists():
        return 0
    return _queue(NEWS, page, topic="news", about=f"news:{page.pk}", context=f'{{"page": {page.pk}}}')


def announce_call(page: CallPage) -> int:
    """Queue a mail to everyone who follows all calls; the reader's own language first, the others a day later."""
    if not _is_new(page) or not visible(CallPage.objects.filter(pk=page.pk)).exists():
        return 0
    call = Call.objects.with_chain().get(pk=page.call_id)
    if call_state(call).code in PAST:
        return 0
    about = f"call:{call.pk}:published"
    context = f'{{"call": {call.pk}}}'
    now = timezone.now()
    # Where something is due so soon, whoever waits for a translation would be reminded of what nobody told them.
    hurry = any(now < each.due_at < now + 2 * TRANSLATION_TIME for each in call.deadlines.all())
    wait = timedelta() if hurry else TRANSLATION_TIME
    return _queue(CALL, page, topic="calls", about=about, context=context, all_languages=True, wait=wait)


def withdraw_gone(only: Sequence[int]) -> int:
    """Take back those of these mails whose page is no longer to be seen; looked at right before they are sent."""
    if not Message.objects.filter(pk__in=list(only), kind__in=[NEWS, CALL]).exists():
        return 0
    pages = visible(NewsPage.objects.all()).filter(first_published_at__gt=timezone.now() - 3 * NEW_FOR)
    calls = Call.objects.public().filter(withdrawn_at__isnull=True)
    facts: dict[str, Any] = {
        "only": list(only),
        "reason": _GONE,
        "news": NEWS,
        "call": CALL,
        "pages": list(pages.values_list("pk", flat=True)),
        "calls": list(calls.values_list("pk", flat=True)),
    }
    with connection.cursor() as cursor:
        cursor.execute(_WITHDRAW, facts)
        return cursor.rowcount


def on_published(sender: type, instance: Any, **facts: Any) -> None:
    """Wagtail's signal, which also comes for pages that are to appear later: those are not live yet."""
    if not instance.live:
        return
    if isinstance(instance, NewsPage):
        announce_news(instance)
    elif isinstance(instance, CallPage):
        announce_call(instance)


def connect() -> None:
    """Called once when Django starts."""
    page_published.connect(on_published, dispatch_uid="hub.announcements")
    sending.register_check(withdraw_gone)


def _is_new(page: NewsPage | CallPage) -> bool:
    return bool(page.live and page.first_published_at and page.first_published_at > timezone.now() - NEW_FOR)


def _queue(
    kind: str,
    page: NewsPage | CallPage,
    *,
    topic: str,
    about: str,
    context: str,
    all_languages: bool = False,
    wait: timedelta = TRANSLATION_TIME,
) -> int:
    now = timezone.now()
    facts = {
        "kind": kind,
        "topic": topic,
        "about": about,
        "context": context,
        "language": page.locale.language_code,
        "all_languages": all_languages,
        "appeared_at": page.first_published_at,
        "now": now,
        "later": now + wait,
        "expires_at": now + USEFUL_FOR,
    }
    with connection.cursor() as cursor:
        cursor.execute(_QUEUE, facts)
        queued = cursor.rowcount
    outbox.queued_many(queued)
    return queued
