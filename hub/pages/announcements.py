"""Tells followers what is new, once, whatever the number of its languages: a piece of news here, other pages elsewhere.

Wagtail says when a page is published; the outbox's keys see to it that publishing again, or publishing another
language, tells nobody twice.
"""

import json
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_noop
from wagtail.models import Page
from wagtail.signals import page_published

from hub.pages.models import NewsPage
from hub.site.visibility import visible
from notifications.delivery import sending
from notifications.outbox import broadcast
from notifications.outbox.models import Message

NEWS = "hub/news"
# Who follows in another language waits this long for the translation, and then gets what there is.
TRANSLATION_TIME = timedelta(days=1)
USEFUL_FOR = timedelta(days=7)
# A page that was published for the first time before this is not new, whatever is published of it again.
NEW_FOR = timedelta(days=7)

_STILL_PUBLIC = "SELECT WHERE (message.context ->> %(named)s)::bigint = ANY(%(public)s)"
_GONE = gettext_noop("It is no longer public.")


def is_new(page: Page) -> bool:
    """Whether a visitor can see it, and could not a week ago."""
    is_recent = page.first_published_at and page.first_published_at > timezone.now() - NEW_FOR
    return bool(page.live and is_recent) and visible(Page.objects.filter(pk=page.pk)).exists()


def announce(
    page: Page,
    kind: str,
    *,
    topic: str,
    about: str,
    facts: dict[str, Any],
    own_language_only: bool = False,
    wait: timedelta = TRANSLATION_TIME,
) -> int:
    """Queue a mail to everyone who followed the topic when the page appeared; returns how many.

    Readers of the page's language get it now; the others after `wait`, should no page in theirs come first.
    """
    now, language = timezone.now(), page.locale.language_code
    return broadcast.queue_for_followers(
        kind,
        topic=topic,
        about=about,
        context=json.dumps(facts),
        due_at=now,
        expires_at=now + USEFUL_FOR,
        languages=[language] if own_language_only else None,
        confirmed_before=page.first_published_at,
        first=(language, now + wait),
    )


def withdraw_gone(kind: str, *, named: str, public: Sequence[int], only: Sequence[int]) -> int:
    """Take back those of these mails that name what is no longer public; looked at right before they are sent."""
    facts = {"named": named, "public": list(public)}
    return broadcast.withdraw_unless(kind, _STILL_PUBLIC, facts, reason=_GONE, only=only)


def announce_news(page: NewsPage) -> int:
    """Queue a mail to everyone who follows the news in this page's language; returns how many."""
    if not is_new(page):
        return 0
    return announce(page, NEWS, topic="news", about=f"news:{page.pk}", facts={"page": page.pk}, own_language_only=True)


def withdraw_gone_news(only: Sequence[int]) -> int:
    """Take back what tells of news that is gone."""
    if not Message.objects.filter(pk__in=list(only), kind=NEWS).exists():
        return 0
    recent = visible(NewsPage.objects.all()).filter(first_published_at__gt=timezone.now() - 3 * NEW_FOR)
    return withdraw_gone(NEWS, named="page", public=list(recent.values_list("pk", flat=True)), only=only)


def on_published(sender: type, instance: Any, **facts: Any) -> None:
    """Wagtail's signal, which also comes for pages that are to appear later: those are not live yet."""
    if instance.live and isinstance(instance, NewsPage):
        announce_news(instance)


def connect() -> None:
    """Called once when Django starts."""
    page_published.connect(on_published, dispatch_uid="hub.announcements")
    sending.register_check(withdraw_gone_news)
