"""French typography: spaces that do not break before and inside punctuation, curly apostrophes.

After the Lexique des règles typographiques en usage à l'Imprimerie nationale: a narrow no-break space before `;`, `!`
and `?`, a no-break space before `:` and inside `« »`. Addresses, hours (`09:00`) and HTML entities are left alone.
"""

import re

NARROW, WIDE = "\u202f", "\u00a0"
_SPACE = f"[ {NARROW}{WIDE}]*"
_END = rf"(?=[\s{WIDE}{NARROW})\]»”\"<.,…]|$)"
_RULES = [
    # An apostrophe stands between two letters, or before a quotation, a mark-up or a value that is filled in.
    (re.compile(r"(?<=[^\W\d_])'(?=[^\W\d_]|[«“%{<])"), "’"),
    (re.compile(rf"«{_SPACE}(?=\S)"), f"«{WIDE}"),
    (re.compile(rf"(?<=\S){_SPACE}»"), f"{WIDE}»"),
    (
        re.compile(rf"(?<![\s(\[«“?!;])(?<!&amp)(?<!&nbsp)(?<!&lt)(?<!&gt)(?<!&quot){_SPACE}([;?!])(?=[?!]*{_END})"),
        rf"{NARROW}\1",
    ),
    (re.compile(rf"(?<![\s(\[«“:]){_SPACE}:{_END}"), f"{WIDE}:"),
]


def mended(text: str) -> str:
    """The text as a French typesetter would set it; a text that is right comes back as it is."""
    for pattern, replacement in _RULES:
        text = pattern.sub(replacement, text)
    return text


def faults(text: str) -> list[str]:
    """The places that are not set as they should be, each with a few letters around it."""
    right = mended(text)
    if right == text:
        return []
    where = next(at for at, (ours, theirs) in enumerate(zip(text + "\0", right + "\0", strict=False)) if ours != theirs)
    return [
        f"“{' '.join(text[max(0, where - 25) : where + 15].split())}”: spaces and apostrophes as in docs/glossary.md"
    ]
