"""How long a text is, as it is counted here and, while somebody writes, by `static/js/counting.js`."""

import re

from django.utils.translation import ngettext

from consortia.asked_parts.models import AskedPart


def tidy(text: str) -> str:
    """Line ends as everywhere, nothing around: what is kept, and what is counted."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def length(text: str, unit: str) -> int:
    """Words are what stands between gaps; characters include gaps and line ends, each code point one."""
    return len(re.findall(r"\S+", text)) if unit == AskedPart.Unit.WORDS else len(text)


def measure(number: int, unit: str) -> str:
    """So many, in words."""
    if unit == AskedPart.Unit.WORDS:
        said = ngettext("%(number)d word", "%(number)d words", number)
    else:
        said = ngettext("%(number)d character", "%(number)d characters", number)
    return said % {"number": number}
