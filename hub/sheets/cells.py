"""What stands in a cell: safe to open in a spreadsheet, and the same again when it comes back."""

import re
from datetime import date, datetime, time
from typing import Any

from hub.files.spreadsheet_cells import FORMULA_STARTS, inert

SEPARATOR = "|"
# The column that tells which thing a row is about.
KEY = "slug"
# Columns of the file with the refused rows: it can be corrected and uploaded as it is.
COMMENTS = ("row", "why_refused")
# Excel cuts what is longer, without a word.
LONGEST_IN_XLSX = 32_767
_STARTS = "".join(map(re.escape, FORMULA_STARTS))
_GUARDED = re.compile(f"'+[{_STARTS}]")


def guarded(text: str) -> str:
    """Text that a spreadsheet would take for a formula gets an apostrophe in front; one that looks so, another one."""
    return f"'{text}" if _GUARDED.match(text) else inert(text)


def unguarded(text: str) -> str:
    """The same without it; what was written by hand behind an apostrophe, as in a spreadsheet, counts as such too."""
    return text[1:] if _GUARDED.match(text) else text


def plain(text: str) -> str:
    """Text as it is compared: spreadsheets and browsers end lines in ways of their own."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def as_text(value: Any) -> str:
    """The value of a cell as a person would have typed it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ")
    if isinstance(value, date):
        return value.isoformat()
    return str(value)


def codes(text: str) -> list[str]:
    """The codes of a cell that holds several, each once."""
    return list(dict.fromkeys(code for part in text.split(SEPARATOR) if (code := part.strip())))
