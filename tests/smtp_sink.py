"""A mail server for tests: it takes real SMTP and can be told to misbehave."""

import asyncio
import email
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from email.message import EmailMessage
from email.policy import default
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session


class Sink:
    """What arrived, and what the next mails meet instead of being taken.

    `faults` is used up one entry per mail: "421", "451", "550" … answer the end of DATA, "rcpt 450" the receiver,
    "hang" never answers, "drop" hangs up after DATA without an answer; "take and hang", "take and drop" do so after
    keeping the mail.

    `says` is what each mail meets until it is taken out: by stage ("greeting", "EHLO", "AUTH", "MAIL", "RCPT", "DATA",
    "RSET") an answer, "drop", or a function that gives one of them, or nothing, for the receiver (before there is one:
    for the sender).
    """

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []
        self.receivers: list[str] = []
        self.faults: list[str] = []
        self.says: dict[str, str | Callable[[str], str]] = {}
        self.sessions = 0
        self._lock = threading.Lock()
        self._released = threading.Event()

    def reset(self) -> None:
        """Forget all of it."""
        self.mails.clear()
        self.receivers.clear()
        self.faults.clear()
        self.says.clear()
        self.sessions = 0

    def to(self, address: str) -> list[EmailMessage]:
        """The mails that one address got."""
        return [mail for mail, receiver in zip(self.mails, self.receivers, strict=True) if receiver == address]

    def word(self, stage: str, server: SMTP, address: str = "") -> str:
        """What this stage answers now; empty when all is well."""
        told = self.says.get(stage, "")
        answer = told(address) if callable(told) else told
        if answer == "drop":
            assert isinstance(server.transport, asyncio.WriteTransport)
            server.transport.abort()
            return "421 nobody hears this"
        return answer

    async def handle_HELO(self, server: SMTP, session: Session, envelope: Envelope, hostname: str) -> str:  # noqa: N802
        session.host_name = hostname
        return self.word("EHLO", server) or "250 OK"

    async def handle_AUTH(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, args: list[str]
    ) -> str:
        return self.word("AUTH", server) or "235 2.7.0 OK"

    async def handle_MAIL(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[Any]
    ) -> str:
        if refusal := self.word("MAIL", server, address):
            return refusal
        envelope.mail_from = address
        return "250 OK"

    async def handle_RSET(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        return self.word("RSET", server) or "250 OK"

    async def handle_EHLO(  # noqa: N802  # aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope, hostname: str, responses: list[str]
    ) -> list[str]:
        self.sessions += 1
        session.host_name = hostname
        refusal = self.word("EHLO", server)
        return [refusal] if refusal else responses

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[Any]
    ) -> str:
        with self._lock:
            if self.faults and self.faults[0].startswith("rcpt "):
                return f"{self.faults.pop(0)[5:]} Not now"
        if refusal := self.word("RCPT", server, address):
            return refusal
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        with self._lock:
            fault = self.faults.pop(0) if self.faults else ""
        if refusal := self.word("DATA", server, envelope.rcpt_tos[0]):
            return refusal
        if not fault or fault.startswith("take"):
            content = envelope.content
            assert isinstance(content, bytes)
            with self._lock:
                for receiver in envelope.rcpt_tos:
                    self.mails.append(email.message_from_bytes(content, policy=default))
                    self.receivers.append(receiver)
        if fault.endswith("hang"):
            await asyncio.sleep(3600)
        if fault.endswith("drop"):
            assert isinstance(server.transport, asyncio.WriteTransport)
            server.transport.abort()
            return "250 nobody hears this"
        if fault:
            return f"{fault} Something is wrong"
        return "250 OK"


class _Server(SMTP):
    """One that can be unfriendly from the first word on."""

    async def push(self, status: Any) -> None:
        sink = self.event_handler
        assert isinstance(sink, Sink)
        if str(status).startswith("220 ") and (refusal := sink.word("greeting", self)):
            status = refusal
        await super().push(status)


class _Controller(Controller):
    def factory(self) -> SMTP:
        return _Server(self.handler, auth_require_tls=False, **self.SMTP_kwargs)

    def __init__(self, sink: Sink) -> None:
        super().__init__(sink, hostname="127.0.0.1", port=0)

    def _trigger_server(self) -> None:
        # The port is chosen by the system: only now is it known.
        with suppress(AttributeError, IndexError):
            self.port = self.server.sockets[0].getsockname()[1]  # type: ignore[union-attr]
        super()._trigger_server()


@pytest.fixture(scope="session")
def smtp_server() -> Iterator[tuple[Sink, int]]:
    """One mail server for the whole run."""
    sink = Sink()
    controller = _Controller(sink)
    controller.start()
    yield sink, controller.port
    controller.stop(no_assert=True)


@pytest.fixture
def smtp_sink(smtp_server: tuple[Sink, int], settings: Any) -> Sink:
    """Django sends to a real mail server; what arrives is in `smtp_sink.mails`."""
    sink, port = smtp_server
    sink.reset()
    settings.DELIVERY_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
    settings.EMAIL_TIMEOUT = 1
    return sink
