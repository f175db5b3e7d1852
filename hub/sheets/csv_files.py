"""CSV as spreadsheets write it, with whichever of three separators.

UTF-8, UTF-16 with its mark, and windows-1252, which is said, since it is a guess; other encodings are named and
refused.
"""

import csv
import re
from collections.abc import Iterator
from io import StringIO
from itertools import islice
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from hub.sheets.cells import KEY

_SEPARATORS = (",", ";", "\t")
_SAID = re.compile(r'"?sep=([,;\t])"?[,;\t]*(?:\r\n|\r|\n)', re.IGNORECASE)
_MOST_ABOVE = 50
_MARKS = {
    b"\xff\xfe\x00\x00": "UTF-32",
    b"\x00\x00\xfe\xff": "UTF-32",
    b"\xff\xfe": "UTF-16",
    b"\xfe\xff": "UTF-16",
}
# What a Western European text holds beyond ASCII: read in the right encoding it is nearly all of these, and few of
# the letters are capitals.
_LETTERS = set("àáâäãåæçèéêëìíîïñòóôöõøœùúûüýÿßÀÁÂÄÆÇÈÉÊËÌÍÎÏÑÒÓÔÖØŒÙÚÛÜ«»“”„‘’–—…€°·\u00a0")
_WESTERN = "windows-1252"
_OLD = {_WESTERN: "cp1252", "macintosh": "mac_roman", "cp850 (DOS)": "cp850", "windows-1250": "cp1250"}


def records_of_csv(content: bytes, notes: list[str]) -> Iterator[list[Any]]:
    """The records of the file; `notes` gets what was guessed."""
    text = _text(content, notes)
    # Excel's own line about the separator: it shows none, so its rows are numbered without.
    said = _SAID.match(text)
    separator = said[1] if said else _separator(text)
    text = text[said.end() :] if said else text
    # Strict: a quotation mark that is never closed would otherwise swallow all rows below it.
    return iter(csv.reader(StringIO(text, newline=""), delimiter=separator, strict=True))


def _text(content: bytes, notes: list[str]) -> str:
    if content.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise ValidationError(
            _("This is not a CSV file, whatever its name says. Save it as .csv or .xlsx."), code="csv"
        )
    codec = "utf-16" if seeming_encoding(content) == "UTF-16" and content[:2] in _MARKS else "utf-8-sig"
    try:
        text = content.decode(codec)
    except UnicodeDecodeError as error:
        if seeming_encoding(content) != _WESTERN:
            raise _encoding_error(content) from error
        text = content.decode("cp1252")
        notes.append(_("The file was read as windows-1252. Look whether the accents are right."))
    # In UTF-16 every other byte of plain letters is one; a few are a slip, of which the row is named.
    if text.count("\0") * 4 > len(text):
        raise _encoding_error(content)
    return text


def _encoding_error(content: bytes) -> ValidationError:
    message = _(
        "The file is not written in UTF-8; it seems to be %(encoding)s. In your spreadsheet choose “Save as” and "
        "“CSV UTF-8”, or save it as .xlsx."
    )
    return ValidationError(message, code="encoding", params={"encoding": seeming_encoding(content)})


def seeming_encoding(content: bytes) -> str:
    """The name of the encoding in which the text makes most sense."""
    for mark, name in _MARKS.items():
        if content.startswith(mark):
            return name
    if b"\0" in content:
        return "UTF-16"
    return max(_OLD, key=lambda name: _sense(content, _OLD[name]))


def _sense(content: bytes, codec: str) -> float:
    try:
        beyond = [letter for letter in content.decode(codec) if letter > "\x7f"]
    except UnicodeDecodeError:
        return -1.0
    likely = sum((0.5 if letter.isupper() else 1.0) for letter in beyond if letter in _LETTERS)
    return likely / max(len(beyond), 1)


def _separator(text: str) -> str:
    """The one with which the column of the slugs can be read, whatever stands in the other cells."""
    first = text.lstrip("\r\n")[:20_000]

    def names(separator: str) -> int:
        for found in islice(csv.reader(StringIO(first, newline=""), delimiter=separator), _MOST_ABOVE):
            if KEY in {name.strip().casefold() for name in found}:
                return len(found)
        return 0

    try:
        return max(_SEPARATORS, key=names)
    except csv.Error:
        return _SEPARATORS[0]
