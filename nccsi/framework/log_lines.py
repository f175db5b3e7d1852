"""What the portal's processes log: one line each, never the token of a link that a mail carries, nor who somebody is.

Whoever reads a log, or a copy of one, could otherwise do what only the receiver of the mail may do.
"""

import json
import logging
import re
from datetime import UTC, datetime
from ipaddress import ip_address

from nccsi.framework import request_id

HIDDEN = "[signed]"
# Networks behind a proxy, where database and queue are.
_OWN = ("10.", "172.", "192.168.", "fd", "fe80")

# What may stand between slashes or in a query, and is long enough to be signed.
_PART = re.compile(r"[\w.:=%-]{41,}", re.ASCII)
# What `django.core.signing` makes ends in a signature of 43 characters (SHA-256); in a query its colon is
# percent-encoded. The second form ends the key of a link that sets a new password.
_SIGNED = re.compile(
    r"(?:[.:]|%3A)[\w-]{43}(?![\w-])|-[0-9a-z]{6,7}-[0-9a-f]{32}(?![\w-])",
    re.IGNORECASE | re.ASCII,
)


_MAIL = re.compile(r"(?<![\w.+%&*!#$^~-])[\w.+%&*!#$^~-]+(?:'[\w.+%-]+){0,3}@[\w-]+(?:\.[\w-]+)*\.[A-Za-z][\w-]+")
# What a mail of ours is called looks like an address and is nobody's.
_MAIL_ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}@")
# What PostgreSQL adds to an error is the row itself, or the statement, in as many lines as they have, each part behind
# a word in capitals of the language of its messages (DETAIL, DÉTAIL, KONTEXT, LINE 1). In a message line breaks are
# escaped.
_MARKER = (
    r"[ \t|]*(?!HINT|ERROR|WARNING|INFO|DEBUG|FATAL|NOTICE)[^\W\d_a-zà-öø-ÿ]{2,}(?: \d+)?[ \u00a0\u202f]?:(?=\s|\\n)"
)
_ROW = re.compile(
    rf"(?P<escaped>\\n{_MARKER})[^\n]*?(?=\\n[ \t]*HINT:|\n|\Z)"
    rf"|(?P<line>\n{_MARKER})(?s:.*?)"
    r"(?=\n[ \t|]*(?:HINT:|Traceback \(|During handling|The above exception|File \"[^\"\n]+\", line \d)|\Z)"
)
_QUERY = re.compile(r"\?[\w.~%+-]+=[^\s'\"<>]*")
_LINE = re.compile(
    r"(?<![\w.:])(?:[0-9a-f]{0,4}:){2,7}\d{1,3}(?:\.\d{1,3}){3}(?!\w|\.\d)"  # IPv4 as IPv6 writes it
    r"|(?<![\w.])\d{1,3}(?:\.\d{1,3}){3}(?!\w|\.\d)"
    r"|(?<![\w.:])[0-9a-f]{0,4}(?::[0-9a-f]{0,4}){2,7}(?![\w:]|\.\d)",
    re.IGNORECASE,
)

# An address that somebody asked for may hold line breaks and what moves the cursor of a terminal.
_CONTROL = re.compile(r"[\x00-\x08\x0a-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e]")


def without_tokens(text: str) -> str:
    """The text with each signed token replaced, wherever it stands in it."""
    return _PART.sub(lambda part: HIDDEN if _SIGNED.search(part[0]) else part[0], text)


def clean(text: str) -> str:
    """The text without tokens, e-mail addresses, queries, the rows of failed statements, and lines of visitors."""
    text = _ROW.sub(r"\g<escaped>\g<line> [row]", without_tokens(text))
    text = _QUERY.sub("?[query]", _MAIL.sub(lambda found: found[0] if _MAIL_ID.match(found[0]) else "[e-mail]", text))
    return _LINE.sub(lambda found: "[address]" if _is_of_somebody(found[0]) else found[0], text)


def _is_of_somebody(text: str) -> bool:
    """Whether this is the address of a line out there, and neither a time nor one of our own machines."""
    try:
        address = ip_address(text)
    except ValueError:
        return False
    address = getattr(address, "ipv4_mapped", None) or address
    # Addresses for examples stand for those of visitors.
    return address.is_global or not (address.is_loopback or address.is_unspecified or str(address).startswith(_OWN))


class LineFormatter(logging.Formatter):
    """Cleans a whole entry: its message, what was put into it, and the traceback below it.

    The message stays on its line, so that nobody writes lines of their own.
    """

    def format(self, record: logging.LogRecord) -> str:
        return clean(super().format(record))

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802  # the name in logging
        return _CONTROL.sub(lambda found: ascii(found[0])[1:-1], super().formatMessage(record))


class JsonFormatter(logging.Formatter):
    """The same as one JSON object a line, for programs, with the moment in UTC and the request or task it is about."""

    def format(self, record: logging.LogRecord) -> str:
        moment = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        said: dict[str, object] = {
            "time": moment.replace("+00:00", "Z"),
            "level": record.levelname,
            "logger": record.name,
            "message": clean(record.getMessage()),
        }
        if cause := request_id.current():
            said |= {"request_id": cause.id} | ({"task": cause.task} if cause.task else {"view": cause.view})
        said |= getattr(record, "measured", {})
        if record.exc_info:
            said["exception"] = clean(self.formatException(record.exc_info))
        return json.dumps(said, ensure_ascii=False)
