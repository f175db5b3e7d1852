"""What the portal's processes log: one line each, and never the token of a link that a mail carries.

Whoever reads a log, or a copy of one, could otherwise do what only the receiver of the mail may do.
"""

import logging
import re

HIDDEN = "[signed]"

# What may stand between slashes or in a query, and is long enough to be signed.
_PART = re.compile(r"[\w.:=%-]{41,}", re.ASCII)
# What `django.core.signing` makes ends in a signature of 43 characters (SHA-256); in a query its colon is
# percent-encoded. The second form ends the key of a link that sets a new password.
_SIGNED = re.compile(
    r"(?:[.:]|%3A)[\w-]{43}(?![\w-])|-[0-9a-z]{6,7}-[0-9a-f]{32}(?![\w-])",
    re.IGNORECASE | re.ASCII,
)


# An address that somebody asked for may hold line breaks and what moves the cursor of a terminal.
_CONTROL = re.compile(r"[\x00-\x08\x0a-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e]")


def without_tokens(text: str) -> str:
    """The text with each signed token replaced, wherever it stands in it."""
    return _PART.sub(lambda part: HIDDEN if _SIGNED.search(part[0]) else part[0], text)


class LineFormatter(logging.Formatter):
    """Cleans a whole entry: its message, what was put into it, and the traceback below it.

    The message stays on its line, so that nobody writes lines of their own.
    """

    def format(self, record: logging.LogRecord) -> str:
        return without_tokens(super().format(record))

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802  # the name in logging
        return _CONTROL.sub(lambda found: ascii(found[0])[1:-1], super().formatMessage(record))
