"""Names that visitors give, and how they stand in mail to an address that anybody may have typed.

Such mail carries no stranger's advertisement. The form refuses what is meant as a link. What only looks like one stays
as it was typed (`St.Gallen`, `J.R. Peeters` and `vzw De Stap.be` are names) and is spaced out in the mail, because mail
programs make a link of every `word.word` whose end they know.
"""

import re
import unicodedata
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

# What ends a label of a domain name: the full stops that browsers take for one (UTS 46, 4), and what looks like one.
_STOPS = ".\u3002\uff0e\uff61\u2024\ufe52"
# What nobody sees and browsers leave out.
_UNSEEN = "\u00ad\u034f\u180e\u200b-\u200f\u2060-\u2064\ufeff"
_NO_NAME = re.compile(
    r"[:/\\]{2}|\bh[tx]{2}ps?\b\s*:|\bwww\.|[\x00-\x1f\x7f-\x9f\u2028\u2029\u202d\u202e]|\w\.[^\W\d_]{2,}/",
    re.IGNORECASE,
)
_JOINT = re.compile(rf"(?<=\S)[{_UNSEEN}]*[{_STOPS}][{_UNSEEN}]*(?=[^\W\d_])")
_NUMBERS = re.compile(r"\b\d{1,3}(?:\.\d{1,3}){3}\b")
_SCHEME = re.compile(r":(?=[/\\]{2})")
# No field for a name takes more. What is longer is refused for that, and read no further: putting combining marks in
# order takes the square of their number.
LONGEST = 200
# Ours: addresses of the portal or of an event, moments.
_OWN = ("url", "_link", "_at")


def validate_name(value: str) -> None:
    """A name is one line and no link; how long it may be says its field, which must allow no more than `LONGEST`."""
    value = value[:LONGEST]
    plain = as_browsers_read(value)
    # Normalising would hide a line break in some of its spellings.
    if _NO_NAME.search(plain) or _NO_NAME.search(value):
        raise forms.ValidationError(_("Write a name on one line, without a web address."), code="name")


def as_browsers_read(words: str) -> str:
    """The same words without what nobody sees, in plain letters, with a full stop for all that counts as one."""
    plain = re.sub(f"[{_UNSEEN}]", "", unicodedata.normalize("NFKC", words[:LONGEST]))
    return re.sub(f"[{_STOPS}]", ".", plain)


def without_links(words: str) -> str:
    """The same words with a space where a mail program would see a link: `example. com`, `J. R. Peeters`."""
    spaced = _NUMBERS.sub(lambda found: found[0].replace(".", ". "), _JOINT.sub(". ", words))
    return _SCHEME.sub(": ", spaced)


def spaced_out(context: Any, *, name: str = "") -> Any:
    """What a mail is made of, with all words in it spaced out; links (`…url`, `…_link`) and moments (`…_at`) stay."""
    if isinstance(context, dict):
        return {key: spaced_out(value, name=key) for key, value in context.items()}
    if isinstance(context, (list, tuple)):
        return [spaced_out(value, name=name) for value in context]
    return without_links(context) if isinstance(context, str) and not name.endswith(_OWN) else context
