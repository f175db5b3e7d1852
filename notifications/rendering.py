"""Turns an outbox row into the mail that leaves, in the receiver's language and as of now."""

import re
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
from notifications.tokens import stop_token

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


def render(message: Message, *, now: datetime) -> Rendered:
    """Subject, text and HTML of a mail. `now` is what "12 days left" counts from."""
    with translation.override(message.language), timezone.override(settings.TIME_ZONE):
        facts = {
            **message.context,
            **_surroundings(message),
            "now": now,
            "language": message.language,
        }
        subject = " ".join(_template(message, "subject.txt").render(_plain(facts)).split())[:300]
        facts["subject"] = subject
        text = _template(message, "txt").render(_plain(facts))
        html = _template(message, "html").render(Context(facts))
    # Stripped, they are plain strings again: a page that shows them escapes them.
    return Rendered(subject=subject, text=re.sub(r"\n{3,}", "\n\n", text).strip() + "\n", html=html.strip() + "\n")


def compose(message: Message, rendered: Rendered) -> EmailMultiAlternatives:
    """The mail with its headers; the Message-ID stays the same however often it is tried."""
    headers = {
        "Message-ID": message.message_id,
        "Auto-Submitted": "auto-generated",
        "Content-Language": message.language,
        "X-Auto-Response-Suppress": "All",
    }
    if message.subscription:
        headers["List-Unsubscribe"] = f"<{_stop_address(message.subscription, message.language, 'stop_now')}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    mail = EmailMultiAlternatives(
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


def _template(message: Message, ending: str) -> Any:
    return Engine.get_default().get_template(f"emails/{message.kind}.{ending}")


def _plain(facts: dict[str, Any]) -> Context:
    return Context(facts, autoescape=False)


def _surroundings(message: Message) -> dict[str, Any]:
    """What every template gets besides the message's own context."""
    site = {"name": settings.SITE_HOST, "url": settings.SITE_URL}
    for facts in _site_facts:
        site |= facts()
    around: dict[str, Any] = {"site": site, "stop_url": "", "topic": None}
    if message.subscription:
        around["stop_url"] = _stop_address(message.subscription, message.language, "stop")
        around["topic"] = topics.resolve(message.subscription.topic, message.language)
    return around


def _stop_address(subscription: Subscription, language: str, view: str) -> str:
    with translation.override(language):
        return urljoin(settings.SITE_URL, reverse(f"notifications:{view}", args=[stop_token(subscription)]))


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
