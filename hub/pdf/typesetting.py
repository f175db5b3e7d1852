"""One place for every PDF of the portal.

A template is a Typst file beside the HTML ones, which begins with `#import "/hub/pdf/sheet.typ": data, sheet` and
`#show: sheet`. What comes out is tagged and says that it follows PDF/UA-1 (ISO 14289-1): title, language, headings,
tables with their header cells, a text for each picture. It is the same on every machine: the fonts are those of the
portal and those inside the wheel, and nothing is fetched.

Data reaches a template as values, never as markup: `#`, `$` or `*` in a name are letters. Words are the caller's, in
the reader's language; templates hold none.
"""

import json
import unicodedata
from collections.abc import Mapping
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import typst
from anyascii import anyascii
from django.core.serializers.json import DjangoJSONEncoder
from django.template import Engine

FONTS = Path(__file__).resolve().parent / "fonts"
# Bytes of data in one PDF, which bounds the time as well: templates only go through it. A table of 5 000 people is
# 300 kB, and takes eight seconds of one core, in which other requests go on.
MOST_DATA = 500_000
# What a letter is looked up in when a text cannot be set as it is: nothing but itself.
_ONE_LETTER = b'#set document(title: "letter")\n#set text(font: ("Figtree", "Libertinus Serif"))\n#sys.inputs.letter'


class TooMuchForOnePdfError(Exception):
    """The data is more than MOST_DATA bytes; whoever asks has to divide it."""


def render(template_name: str, context: Mapping[str, Any], *, language: str, title: str) -> bytes:
    """The template as a PDF file in this language (a code of BCP 47), filled with the context.

    The context holds what JSON can: texts, numbers, lists, mappings; moments become ISO texts, so write dates out in
    words before. Letters that no font of ours has are written in Latin ones. Raises TooMuchForOnePdfError.
    """
    data = dict(context) | {"language": language, "title": title}
    written = _written(data)
    try:
        return _set(template_name, written)
    except typst.TypstError:
        # Whatever it says of letters; what fails for another reason fails again.
        pass
    return _set(template_name, _written(_in_our_letters(json.loads(written))))


def _written(data: Any) -> str:
    written = json.dumps(data, cls=DjangoJSONEncoder, ensure_ascii=False)
    if (size := len(written.encode())) > MOST_DATA:
        raise TooMuchForOnePdfError(f"{size} bytes")
    return written


def _set(template_name: str, data: str) -> bytes:
    # Templates read files under `root` alone; no template of ours names a package (tests look).
    root = _templates()
    made = typst.compile(
        root / template_name,
        root=root,
        font_paths=_fonts(),
        ignore_system_fonts=True,
        sys_inputs={"data": data},
        format="pdf",
        pdf_standards=["ua-1"],
    )
    assert isinstance(made, bytes)  # noqa: S101 - a PDF is one file; only pictures come as several
    return made


def _templates() -> Path:
    return Path(Engine.get_default().dirs[0])


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[FONTS])


def _in_our_letters(value: Any) -> Any:
    """The same data without letters that would make the PDF one that not everybody can read."""
    if isinstance(value, str):
        text = unicodedata.normalize("NFC", value)
        return "".join(letter if _is_ours(letter) else _spelled(letter) for letter in text)
    if isinstance(value, dict):
        return {key: _in_our_letters(item) for key, item in value.items()}
    return [_in_our_letters(item) for item in value] if isinstance(value, list) else value


def _spelled(letter: str) -> str:
    return (anyascii(letter) if letter.isprintable() else "") or " "


@lru_cache(maxsize=4096)
def _is_ours(letter: str) -> bool:
    """Whether one of our fonts has it; a few milliseconds for each letter that was not asked for before."""
    if " " <= letter <= "~" or letter == "\n":
        return True
    try:
        typst.compile(
            _ONE_LETTER,
            font_paths=_fonts(),
            ignore_system_fonts=True,
            sys_inputs={"letter": letter},
            format="pdf",
            pdf_standards=["ua-1"],
        )
    except typst.TypstError:
        return False
    return True
