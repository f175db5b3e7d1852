"""Reads what the mail sink received as a person reads their mail: newest first, words, links, attachments."""

import re
from dataclasses import dataclass
from email.message import EmailMessage

from tests.browser.stack import wait_for
from tests.smtp_sink import Sink


@dataclass(frozen=True)
class Mail:
    """One mail as it arrived."""

    message: EmailMessage

    @property
    def subject(self) -> str:
        """On one line, as a reader's program shows it: a long one arrives folded."""
        return " ".join(str(self.message["Subject"]).split())

    @property
    def text(self) -> str:
        """The plain text part."""
        part = self.message.get_body(preferencelist=("plain",))
        assert part is not None, "a mail without a text part"
        return str(part.get_content())

    @property
    def code(self) -> str:
        """The code to sign in or to confirm an address with: on a line of its own."""
        found = re.search(r"^\s*([A-Z0-9]{3,5}-?[A-Z0-9]{3,5})\s*$", self.text, re.MULTILINE)
        assert found, self.text
        return found.group(1)

    def link(self, containing: str = "") -> str:
        """The first address in the text that contains this."""
        links = re.findall(r"https?://[^\s<>\"]+", self.text)
        fitting = [link.rstrip(".,)") for link in links if containing in link]
        assert fitting, f"no link with {containing!r} among {links}"
        return fitting[0]

    def attachment(self, kind: str) -> bytes:
        """The content of the first attachment of this type."""
        for part in self.message.iter_attachments():
            if part.get_content_type() == kind:
                content = part.get_payload(decode=True)
                assert isinstance(content, bytes)
                return content
        raise AssertionError(f"no {kind} attached to {self.subject!r}")


class Mailbox:
    """Everybody's mail."""

    def __init__(self, sink: Sink) -> None:
        self._sink = sink

    def all_for(self, address: str) -> list[Mail]:
        """What came for one address, oldest first."""
        return [Mail(message) for message in self._sink.to(address)]

    def wait_for_subject(self, address: str, subject: str, *, seconds: float = 60) -> Mail:
        """The newest mail with this subject, whatever else the demo has for the address."""
        mails = wait_for(
            f"a mail to {address}: {subject}",
            lambda: [mail for mail in self.all_for(address) if mail.subject == subject],
            seconds=seconds,
        )
        return mails[-1]

    def wait(self, address: str, *, count: int = 1, seconds: float = 60) -> Mail:
        """The mail that makes it `count` for this address."""
        mails = wait_for(
            f"mail number {count} to {address}",
            lambda: found if len(found := self.all_for(address)) >= count else None,
            seconds=seconds,
        )
        return mails[count - 1]
