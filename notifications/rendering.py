"""Turns outbox rows into the mails that leave, in the receiver's language and as of now."""

import json
import re
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from email.mime.text import MIMEText
from typing import Any
from urllib.parse import urljoin

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMultiAlternatives
from django.core.validators import validate_email
from django.template import Context, Engine
from django.urls import reverse
from django.utils import timezone, translation

from notifications import topics
from notifications.models import Message, Subscription
from notifications.tokens import manage_token, stop_token

SiteFacts = Callable[[], Mapping[str, Any]]

_site_facts: list[SiteFacts] = []


def register_site(facts: SiteFacts) -> None:
    """Name the function that gives the site's name, tagline and funding statement in the active language."""
    _site_facts[:] = [facts]


@dataclass(frozen=True)
class Rendered:
    """What the receiver reads."""

    subject: str
    text: str
    html: str

    def replacing(self, changes: Mapping[str, str]) -> "Rendered":
        """The same words with some strings put in the place of others."""
        text, html = self.text, self.html
        for old, new in changes.items():
            text, html = text.replace(old, new), html.replace(old, new)
        return Rendered(self.subject, text, html)


class Mail(EmailMultiAlternatives):
    """A mail that is put together once: looking at its headers beforehand costs nothing when it is sent."""

    _built: Any = None

    def message(self, **options: Any) -> Any:
        if self._built is None:
            self._built = super().message(**options)
        return self._built


class Renderer:
    """Renders the mails of one batch.

    The site and each topic are looked up once. Followers of one thing read the same words but for the links that
    belong to them alone, so these are put in afterwards and the words are rendered once. `now` is what "12 days left"
    counts from.
    """

    def __init__(self, *, now: datetime) -> None:
        self.now = now
        self._sites: dict[str, Mapping[str, Any]] = {}
        self._topics: dict[tuple[str, str], topics.Topic | None] = {}
        self._words: dict[tuple[str, ...], Rendered] = {}
        # Nobody can have written these into a text beforehand. Like the keys they stand for, they need no escaping.
        self._stop, self._manage = f"stop-{secrets.token_hex(16)}", f"manage-{secrets.token_hex(16)}"

    def render(self, message: Message) -> Rendered:
        """Subject, text and HTML of a mail."""
        subscription = message.subscription
        topic = subscription.topic if subscription else ""
        same = (message.kind, message.language, topic, json.dumps(message.context, sort_keys=True, default=str))
        words = self._words.get(same)
        if words is None:
            words = self._words[same] = self._render(message)
        if subscription is None:
            return words
        return words.replacing({self._stop: stop_token(subscription), self._manage: manage_token(subscription)})

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
        # Stripped, they are plain strings again: a page that shows them escapes them.
        return Rendered(subject=subject, text=re.sub(r"\n{3,}", "\n\n", text).strip() + "\n", html=html.strip() + "\n")

    def _surroundings(self, message: Message) -> dict[str, Any]:
        """What every template gets besides the message's own context."""
        around: dict[str, Any] = {
            "site": self._site(message.language),
            "stop_url": "",
            "manage_url": "",
            "topic": None,
        }
        if message.subscription:
            around["stop_url"] = _address("stop", self._stop, message.language)
            around["manage_url"] = _address("manage", self._manage, message.language)
            around["topic"] = self._topic(message.subscription.topic, message.language)
        return around

    def _site(self, language: str) -> Mapping[str, Any]:
        if language not in self._sites:
            site: dict[str, Any] = {"name": settings.SITE_HOST, "url": settings.SITE_URL}
            for facts in _site_facts:
                site |= facts()
            self._sites[language] = site
        return self._sites[language]

    def _topic(self, key: str, language: str) -> topics.Topic | None:
        if (key, language) not in self._topics:
            self._topics[key, language] = topics.resolve(key, language)
        return self._topics[key, language]


def render(message: Message, *, now: datetime) -> Rendered:
    """One mail by itself."""
    return Renderer(now=now).render(message)


def compose(message: Message, rendered: Rendered) -> Mail:
    """The mail with its headers; the Message-ID stays the same however often it is tried."""
    headers = {
        "Message-ID": message.message_id,
        "Auto-Submitted": "auto-generated",
        "Content-Language": message.language,
        "X-Auto-Response-Suppress": "All",
    }
    if message.subscription:
        stop_now = _address("stop_now", stop_token(message.subscription), message.language)
        headers["List-Unsubscribe"] = f"<{stop_now}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    mail = Mail(
        subject=rendered.subject,
        body=rendered.text,
        to=[message.to_email],
        headers=headers,
        reply_to=_reply_to(message),
    )
    mail.attach_alternative(rendered.html, "text/html")
    for attachment in message.attachments:
        mail.attach(_part(attachment))
    return mail


def manage_address(subscription: Subscription, language: str) -> str:
    """The full address of the page where this receiver sees and changes all they follow."""
    return _address("manage", manage_token(subscription), language)


def _template(message: Message, ending: str) -> Any:
    return Engine.get_default().get_template(f"emails/{message.kind}.{ending}")


def _plain(facts: dict[str, Any]) -> Context:
    return Context(facts, autoescape=False)


def _address(view: str, token: str, language: str) -> str:
    with translation.override(language):
        return urljoin(settings.SITE_URL, reverse(f"notifications:{view}", args=[token]))


def _reply_to(message: Message) -> list[str]:
    """The address that an answer goes to, when the context names a proper one."""
    address = message.context.get("reply_to")
    if not address:
        return []
    try:
        validate_email(address)
    except ValidationError:
        return []
    return [address]


def _part(attachment: Mapping[str, str]) -> MIMEText:
    kind, *parameters = (piece.strip() for piece in attachment["type"].split(";"))
    part = MIMEText(attachment["content"], kind.partition("/")[2] or "plain", "utf-8")
    for parameter in parameters:
        name, _equals, value = parameter.partition("=")
        if name.lower() != "charset":
            part.set_param(name, value)
    part.add_header("Content-Disposition", "attachment", filename=attachment["name"])
    return part
