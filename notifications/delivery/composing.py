"""Puts rendered words into mails, and mails that many receive into one form that is filled in for each."""

import re
import secrets
import time
from collections.abc import Callable, Mapping
from email.mime.text import MIMEText
from email.utils import parseaddr
from functools import cache
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.backends.smtp import EmailBackend
from django.core.validators import validate_email

from notifications.delivery import pictures
from notifications.delivery.rendering import Rendered, Renderer, Same
from notifications.outbox.models import Message
from notifications.subscriptions.links import link, stop_token

# Addresses that stand in a header as they are: nothing to quote, to encode or to break out with.
_PLAIN_ADDRESS = re.compile(r"[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+", re.ASCII)

FRESH_FOR = 10.0
MOST_REMEMBERED = 200


class Mail(EmailMultiAlternatives):
    """A mail that is put together once: looking at its headers beforehand costs nothing when it is sent."""

    built: Any = None

    def message(self, **options: Any) -> Any:
        if self.built is None:
            self.built = super().message(**options)
            for content, _kind in self.alternatives:
                pictures.embed(self.built, str(content))
        return self.built


class ReadyMessage:
    """The bytes of a mail, in the one shape that Django's backends ask a message for."""

    def __init__(self, content: bytes) -> None:
        self._content = content

    def as_bytes(self, *, linesep: str = "\n", **options: Any) -> bytes:
        """The mail with these line ends."""
        return self._content if linesep == "\r\n" else self._content.replace(b"\r\n", linesep.encode())


def deliver(mail: Mail, server: BaseEmailBackend) -> None:
    """Hand a mail to the server. What is ready goes straight into the conversation: its addresses need no more care.

    Raises ValueError when there is nobody to send it to, which Django passes over in silence.
    """
    if isinstance(mail.built, ReadyMessage) and isinstance(server, EmailBackend) and server.connection:
        server.connection.sendmail(sender_address(), mail.to, mail.built.as_bytes(linesep="\r\n"))
    elif not server.send_messages([mail]):
        raise ValueError("The mail has no receiver.")


def sender_address() -> str:
    """The bare address that all mail comes from."""
    return _bare(settings.DEFAULT_FROM_EMAIL)


@cache
def _bare(written: str) -> str:
    return parseaddr(written)[1]


class Composer:
    """Composes the mails of a few batches, until what it remembers is old or much.

    Building headers and parts costs more than sending them. Mails that differ only in receiver, name and links are
    built once; the marks in it are then filled in for each receiver.
    """

    def __init__(self, renderer: Renderer) -> None:
        self._renderer = renderer
        self._forms: dict[Same, bytes | None] = {}
        self._to = f"to-{secrets.token_hex(12)}@mark.invalid"
        self._uuid = uuid4()
        self._made_at = time.monotonic()

    def is_stale(self) -> bool:
        """Whether to start anew: words that count days must stay true, and memory flat."""
        return time.monotonic() - self._made_at > FRESH_FOR or self._renderer.remembers > MOST_REMEMBERED

    def compose(self, message: Message, *, before_asking: Callable[[], None]) -> Mail:
        """One mail, ready to be sent. `before_asking` is called when something must be looked up for it."""
        same = self._renderer.same(message)
        if not self._renderer.knows(same):
            before_asking()
        subject = self._renderer.words(message, same).subject
        form = self._form(message, same)
        if form is None:
            mail = compose(message, self._renderer.render(message))
            mail.message()  # builds the headers, so that a bad one shows here and not as a fault of the server
            return mail
        marks = self._renderer.own(message) | {self._to: message.to_email, str(self._uuid): str(message.uuid)}
        for mark, own in marks.items():
            form = form.replace(mark.encode(), own.encode())
        mail = Mail(subject=subject, to=[message.to_email])
        mail.built = ReadyMessage(form)
        return mail

    def _form(self, message: Message, same: Same) -> bytes | None:
        """The mail with marks; None where marks would not do."""
        plain = _PLAIN_ADDRESS.fullmatch(message.to_email)
        if not plain or message.subscription is None or message.attachments or "reply_to" in message.context:
            return None
        if same not in self._forms:
            self._forms[same] = self._build(message)
        return self._forms[same]

    def _build(self, message: Message) -> bytes | None:
        words, stop = self._renderer.words(message), self._renderer.stop
        marked = Message(uuid=self._uuid, to_email=self._to, language=message.language, kind=message.kind)
        content: bytes = compose(marked, words, stop_key=stop).message().as_bytes(linesep="\r\n")
        wanted = {self._to: 1, str(self._uuid): 1, self._renderer.manage: 0, stop: 1}
        for mark in (stop, self._renderer.manage):
            wanted[mark] += words.text.count(mark) + words.html.count(mark)
        # An encoding of long lines may have broken a mark in two: then each mail is built by itself.
        whole = all(content.count(mark.encode()) == times for mark, times in wanted.items())
        return content if whole else None


def compose(message: Message, rendered: Rendered, *, stop_key: str = "") -> Mail:
    """The mail with its headers; the Message-ID stays the same however often it is tried."""
    if message.subscription:
        stop_key = stop_token(message.subscription)
    headers = {
        "Message-ID": message.message_id,
        "Auto-Submitted": "auto-generated",
        "Content-Language": message.language,
        "X-Auto-Response-Suppress": "All",
    }
    if stop_key:
        headers["List-Unsubscribe"] = f"<{link('stop_now', stop_key, message.language)}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    mail = Mail(
        subject=rendered.subject,
        body=rendered.text,
        to=[message.to_email],
        headers=headers,
        reply_to=_reply_to(message, rendered),
    )
    mail.attach_alternative(rendered.html, "text/html")
    for attachment in message.attachments:
        mail.attach(_part(attachment))
    return mail


def _reply_to(message: Message, rendered: Rendered) -> list[str]:
    """The address that an answer goes to: the one in the context, else that of whom the mail names for questions."""
    address = message.context.get("reply_to") or rendered.reply_to
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
