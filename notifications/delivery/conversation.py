"""Speaks with the mail server: hands it one mail after the other and says what it answered, and in which stage."""

import logging
import smtplib
from typing import Any

from django.conf import settings
from django.core.mail import get_connection

from notifications.delivery.composing import Mail, deliver
from notifications.delivery.refusals import Answer, Stage

logger = logging.getLogger(__name__)

# What smtplib raises, by the command that was answered.
_STAGES: tuple[tuple[type[Exception], Stage], ...] = (
    (smtplib.SMTPConnectError, Stage.CONNECT),
    (smtplib.SMTPHeloError, Stage.EHLO),
    (smtplib.SMTPAuthenticationError, Stage.AUTH),
    (smtplib.SMTPSenderRefused, Stage.MAIL),
    (smtplib.SMTPRecipientsRefused, Stage.RCPT),
    (smtplib.SMTPDataError, Stage.DATA),
)
CLOSING = 421
# What a server answers to an address that it cannot take (RFC 6531, 3.5).
_NO_SUCH_ALPHABET = 553


class Conversation:
    """One connection at a time, opened when there is something to send."""

    def __init__(self) -> None:
        self._server: Any = get_connection(settings.DELIVERY_BACKEND, fail_silently=False)
        self._sent = 0

    def hand_over(self, mail: Mail) -> Answer | None:
        """Give the server a mail; None when it took it, else what it said. Raises what is wrong with the mail."""
        answer = self._try(mail)
        if answer and answer.stage is Stage.MAIL and answer.code == CLOSING and self._sent:
            # Enough mails on one connection: the server says so by closing it, and takes more on the next.
            self.close()
            answer = self._try(mail)
        if answer is None:
            self._sent += 1
        elif answer.code in {0, CLOSING} or self._is_cut():
            self.close()
        return answer

    def _try(self, mail: Mail) -> Answer | None:
        try:
            self._open()
        except (smtplib.SMTPException, OSError, UnicodeError) as error:  # the last: a host name that is none
            return answer_of(error, otherwise=Stage.CONNECT)
        try:
            deliver(mail, self._server)
        except smtplib.SMTPNotSupportedError as error:
            return Answer(Stage.RCPT, _NO_SUCH_ALPHABET, str(error))
        except (smtplib.SMTPException, OSError) as error:
            return answer_of(error, otherwise=Stage.DATA)
        return None

    def _open(self) -> None:
        if self._server.open():
            self._sent = 0
        connection = getattr(self._server, "connection", None)
        if isinstance(connection, smtplib.SMTP):
            connection.ehlo_or_helo_if_needed()

    def _is_cut(self) -> bool:
        connection = getattr(self._server, "connection", None)
        return isinstance(connection, smtplib.SMTP) and connection.sock is None

    def close(self) -> None:
        """Say goodbye; a server that does not answer is left."""
        try:
            self._server.close()
        except (smtplib.SMTPException, OSError):
            logger.info("The mail server did not say goodbye")


def answer_of(error: Exception, *, otherwise: Stage) -> Answer:
    """What the server said; where the stage cannot be told, it is `otherwise`."""
    stage = next((stage for kind, stage in _STAGES if isinstance(error, kind)), otherwise)
    code: int
    words: bytes | str
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code, words = next(iter(error.recipients.values()), (0, b""))
    elif isinstance(error, smtplib.SMTPResponseException):
        code, words = error.smtp_code, error.smtp_error
    else:
        return Answer(stage, 0, said(f"{type(error).__name__}: {error}"))
    return Answer(stage, max(code, 0), said(words))


def said(words: bytes | str) -> str:
    """What a server sent as text that can be stored: most write ASCII, some UTF-8, old ones Latin-1."""
    if isinstance(words, str):
        return storable(words)
    try:
        return storable(words.decode())
    except UnicodeDecodeError:
        return storable(words.decode("latin-1"))


def storable(text: str) -> str:
    """Without what a database cannot hold: zero bytes and halves of characters."""
    return text.replace("\0", "").encode("utf-8", "replace").decode()
