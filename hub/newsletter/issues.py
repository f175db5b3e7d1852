"""The newsletter: what can stand in it, how an issue reads in one language, testing and sending it.

Each app offers what it publishes through a source of its own; an issue keeps only the source and the key, so that its
words are right on the day it leaves.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Protocol

from django.db import transaction
from django.db.models import Count
from django.db.models.functions import Now
from django.utils import timezone, translation
from django.utils.functional import Promise
from django.utils.translation import gettext
from i18nfield.strings import LazyI18nString

from accounts.users.models import User
from hub.languages.names import language_name
from hub.newsletter.models import KIND, Digest
from hub.newsletter.topics import TOPIC
from notifications.outbox import broadcast, outbox
from notifications.subscriptions.models import Subscription

USEFUL_FOR = timedelta(days=14)
SPANS = {Digest.Period.WEEKLY: timedelta(days=7), Digest.Period.MONTHLY: timedelta(days=31)}


@dataclass(frozen=True)
class Item:
    """One published thing in one language; `language` says which one its words are in."""

    key: str
    title: str
    url: str
    text: str
    language: str
    published_at: datetime | None
    note: str = ""


class Source(Protocol):
    """What an app offers to the newsletter."""

    def published(self, since: datetime, language: str, limit: int) -> Iterable[Item]:
        """What became public after `since`, the newest so many, in this language where it has it."""

    def found(self, keys: Sequence[str], language: str) -> Iterable[Item]:
        """These things, as far as a visitor may see them now."""


@dataclass(frozen=True)
class Part:
    """Things of one kind that stand together in an issue."""

    label: str
    items: list[Item]


@dataclass(frozen=True)
class Issue:
    """One issue in one language."""

    subject: str
    introduction: str
    parts: list[Part]


_sources: dict[str, tuple[str | Promise, Source]] = {}


def register_source(name: str, source: Source, *, label: str | Promise) -> None:
    """Let an app's published things stand in the newsletter, under this heading."""
    _sources[name] = (label, source)


def sources() -> dict[str, tuple[str | Promise, Source]]:
    """What apps offer, each under the heading of its kind."""
    return _sources


def named(stored: Iterable[str], language: str) -> list[tuple[str, str]]:
    """The same for things that were chosen already; what is no longer public says so."""
    with translation.override(language):
        known = {what: f"{_sources[what.partition(':')[0]][0]}: {item.title}" for what, item in _find(stored, language)}
        return [(what, known.get(what, gettext("No longer public: %(what)s") % {"what": what})) for what in stored]


def issue(digest: Digest, language: str) -> Issue:
    """How an issue reads in one language: things of one kind together, kinds and things in the order staff chose."""
    with translation.override(language):
        parts: dict[str, list[Item]] = {}
        for what, item in _find([row.what for row in digest.items.all()], language):
            parts.setdefault(what.partition(":")[0], []).append(_naming_its_language(item, language))
        return Issue(
            subject=_words(digest.subject, language),
            introduction=_words(digest.introduction, language),
            parts=[Part(str(_sources[name][0]), items) for name, items in parts.items()],
        )


def receivers(digest: Digest) -> dict[str, int]:
    """How many confirmed followers each language version has."""
    counted = Subscription.objects.active().to(TOPIC).order_by().values_list("language").annotate(Count("pk"))
    found = dict(counted)
    return {code: found.get(code, 0) for code in digest.languages}


def left_out(digest: Digest) -> int:
    """How many follow in a language that this issue does not have."""
    return Subscription.objects.active().to(TOPIC).exclude(language__in=digest.languages).count()


def send_test(digest: Digest, to: User) -> int:
    """Mail every language version to one of the staff; pressed twice within a minute, one mail each."""
    minute = timezone.now().strftime("%Y%m%d%H%M")
    return sum(
        outbox.queue(
            KIND,
            to=to.email,
            language=code,
            context={"digest": digest.pk},
            dedupe_key=f"digest-test:{digest.pk}:{to.pk}:{code}:{minute}",
            about=f"digest-test:{digest.pk}",
        )
        for code in digest.languages
    )


def send(digest_id: int) -> int | None:
    """Queue an issue for every confirmed follower in their language; None when it was sent before or says nothing.

    Where nobody follows in its languages it stays as it is, to be sent later.
    """
    with transaction.atomic():
        digest = Digest.objects.select_for_update().get(pk=digest_id)
        if digest.sent_at or not any(issue(digest, code).parts for code in digest.languages):
            return None
        now = timezone.now()
        queued = broadcast.queue_for_followers(
            KIND,
            topic=TOPIC,
            about=f"digest:{digest.pk}",
            context=json.dumps({"digest": digest.pk}),
            due_at=now,
            expires_at=now + USEFUL_FOR,
            languages=digest.languages,
        )
        if not queued:
            return 0
        Digest.objects.filter(pk=digest.pk).update(sent_at=Now())
    return queued


def _find(stored: Iterable[str], language: str) -> list[tuple[str, Item]]:
    """The things behind stored names, in their order, those that can still be seen."""
    stored = list(stored)
    keys: dict[str, list[str]] = {}
    for what in stored:
        name, _colon, key = what.partition(":")
        if name in _sources:
            keys.setdefault(name, []).append(key)
    found = {
        f"{name}:{item.key}": item
        for name, wanted in keys.items()
        for item in _sources[name][1].found(wanted, language)
    }
    return [(what, found[what]) for what in stored if what in found]


def _naming_its_language(item: Item, language: str) -> Item:
    if not item.language or item.language == language:
        return replace(item, language="")
    return replace(item, note=item.note or language_name(item.language))


def _words(text: object, language: str) -> str:
    return text.localize(language) if isinstance(text, LazyI18nString) else str(text or "")
