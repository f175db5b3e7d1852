"""Turns outbox rows into the mails that leave, in the receiver's language and as of now."""

import json
import re
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.conf import settings
from django.template import Context, Engine
from django.utils import timezone, translation

from notifications.delivery import pictures
from notifications.outbox import contacts
from notifications.outbox.models import Message
from notifications.subscriptions import topics
from notifications.subscriptions.links import link, manage_token, stop_token

Same = tuple[str, ...]
SiteFacts = Callable[[], Mapping[str, Any]]

_site_facts: list[SiteFacts] = []


def register_site(facts: SiteFacts) -> None:
    """Name the function that gives the site's name, tagline and funding statement in the active language."""
    _site_facts[:] = [facts]


@dataclass(frozen=True)
class Rendered:
    """What the receiver reads, and where an answer goes unless the mail's own context says it."""

    subject: str
    text: str
    html: str
    reply_to: str = ""

    @property
    def html_on_a_page(self) -> str:
        """The HTML for a page of the portal, where pictures cannot come out of the mail."""
        return pictures.on_a_page(self.html)

    def replacing(self, changes: Mapping[str, str]) -> "Rendered":
        """The same words with some strings put in the place of others."""
        text, html = self.text, self.html
        for old, new in changes.items():
            text, html = text.replace(old, new), html.replace(old, new)
        return replace(self, text=text, html=html)


class Renderer:
    """Renders the mails of a batch or a few.

    The site and each topic are looked up once. Followers of one thing read the same words but for the links that
    belong to them alone, so these are put in afterwards and the words are rendered once. `now` is what "12 days left"
    counts from.
    """

    def __init__(self, *, now: datetime) -> None:
        self.now = now
        self._sites: dict[str, Mapping[str, Any]] = {}
        self._topics: dict[tuple[str, str], topics.Topic | None] = {}
        self._contacts: dict[tuple[str, str], contacts.Contact | None] = {}
        self._words: dict[Same, Rendered] = {}
        # Nobody can have written these into a text beforehand. Like the keys they stand for, they need no escaping.
        self.stop, self.manage = f"stop-{secrets.token_hex(16)}", f"manage-{secrets.token_hex(16)}"

    def render(self, message: Message) -> Rendered:
        """Subject, text and HTML of a mail."""
        return self.words(message).replacing(self.own(message))

    @property
    def remembers(self) -> int:
        """How many texts are kept."""
        return len(self._words)

    def knows(self, same: Same) -> bool:
        """Whether these words were rendered before, so that nothing has to be looked up for them."""
        return same in self._words

    def words(self, message: Message, same: Same | None = None) -> Rendered:
        """What everyone reads who gets the same; marks stand where the links differ."""
        same = same or self.same(message)
        if same not in self._words:
            self._words[same] = self._render(message)
        return self._words[same]

    def own(self, message: Message) -> dict[str, str]:
        """What belongs to this receiver alone, by the mark in whose place it goes."""
        if message.subscription is None:
            return {}
        return {self.stop: stop_token(message.subscription), self.manage: manage_token(message.subscription)}

    @staticmethod
    def same(message: Message) -> Same:
        """Two mails for which this is equal read the same."""
        topic = message.subscription.topic if message.subscription else ""
        said = json.dumps(message.context, sort_keys=True, default=str)
        return message.kind, message.language, topic, contacts.fact_of(message), said

    def _render(self, message: Message) -> Rendered:
        with translation.override(message.language), timezone.override(settings.TIME_ZONE):
            facts = {
                **message.context,
                **self._surroundings(message),
                "now": self.now,
                "language": message.language,
            }
            subject = " ".join(_template(message, "subject.txt").render(_plain(facts)).split())[:300]
            facts["subject"] = subject
            text = _template(message, "txt").render(_plain(facts))
            html = _template(message, "html").render(Context(facts))
        contact: contacts.Contact | None = facts["questions_to"]
        # Stripped, they are plain strings again: a page that shows them escapes them.
        return Rendered(
            subject=subject,
            text=re.sub(r"\n{3,}", "\n\n", text).strip() + "\n",
            html=html.strip() + "\n",
            reply_to=contact.email if contact else "",
        )

    def _surroundings(self, message: Message) -> dict[str, Any]:
        """What every template gets besides the message's own context."""
        around: dict[str, Any] = {
            "site": self._site(message.language),
            "pictures": pictures.names(),
            "questions_to": self._contact(contacts.fact_of(message), message.language),
            "stop_url": "",
            "manage_url": "",
            "topic": None,
        }
        if message.subscription:
            around["stop_url"] = link("stop", self.stop, message.language)
            around["manage_url"] = link("manage", self.manage, message.language)
            around["topic"] = self._topic(message.subscription.topic, message.language)
        return around

    def _site(self, language: str) -> Mapping[str, Any]:
        if language not in self._sites:
            site: dict[str, Any] = {"name": settings.SITE_HOST, "url": settings.SITE_URL}
            for facts in _site_facts:
                site |= facts()
            self._sites[language] = site
        return self._sites[language]

    def _contact(self, fact: str, language: str) -> contacts.Contact | None:
        if (fact, language) not in self._contacts:
            self._contacts[fact, language] = contacts.contact_for(fact)
        return self._contacts[fact, language]

    def _topic(self, key: str, language: str) -> topics.Topic | None:
        if (key, language) not in self._topics:
            self._topics[key, language] = topics.resolve(key, language)
        return self._topics[key, language]


def render(message: Message, *, now: datetime) -> Rendered:
    """One mail by itself."""
    return Renderer(now=now).render(message)


def _template(message: Message, ending: str) -> Any:
    return Engine.get_default().get_template(f"emails/{message.kind}.{ending}")


def _plain(facts: dict[str, Any]) -> Context:
    return Context(facts, autoescape=False)
