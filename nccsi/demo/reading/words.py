"""Reads the words of the demo and turns its plain text into what the models want."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.html import escape
from i18nfield.strings import LazyI18nString
from wagtail.rich_text import RichText

from accounts.privacy import keeping

FOLDER = Path(settings.BASE_DIR) / "nccsi" / "demo"
BULLET = "- "
_DAYS = re.compile(r"\{([a-z_]+)\}")
_ORGANISATION = re.compile(r"\[([^\]]+)\]\(organisation:([a-z0-9-]+)\)")

Words = Mapping[str, Any]


@cache
def read(name: str) -> dict[str, Any]:
    """One of the demo's files."""
    return tomllib.loads((FOLDER / name).read_text(encoding="utf-8"))


def pages() -> dict[str, Any]:
    """The words of all pages: key, then language."""
    return read("pages.toml")


def spoken(words: Words) -> dict[str, Any]:
    """Of words in several languages, those that this portal speaks."""
    languages = [code for code, _name in settings.LANGUAGES]
    return {code: words[code] for code in languages if code in words}


def label(words: Words) -> LazyI18nString:
    """One short text in all its languages."""
    return LazyI18nString({language: text for language, text in words.items() if isinstance(text, str)})


def titles(words: Words) -> LazyI18nString:
    """The titles of a page as the short title of the facts behind it."""
    return LazyI18nString({language: page["title"] for language, page in words.items() if isinstance(page, dict)})


def body(sections: list[dict[str, str]]) -> list[tuple[str, Any]]:
    """Sections with a heading and plain text, as the blocks of a page; some show what is kept, and how long, below."""
    blocks: list[tuple[str, Any]] = []
    for section in sections:
        if heading := section.get("heading"):
            blocks.append(("heading", heading))
        blocks.append(("paragraph", RichText(rich_text(_with_days(section["text"])))))
        if section.get("shows") == "keeping times":
            blocks.append(("keeping_times", None))
    return blocks


def _with_days(text: str) -> str:
    """`{askers}` is for how many days it is known who asked; `accounts.privacy.keeping` has the names."""
    return _DAYS.sub(lambda found: str(keeping.of(found[1]).days), text)


def programme(page: Words) -> list[tuple[str, Any]]:
    """The hours of a meeting, when its page tells them."""
    if "programme" not in page:
        return []
    facts = [{"term": item["time"], "value": item["text"]} for item in page["programme"]]
    return [("heading", page["programme_heading"]), ("facts", {"facts": facts})]


def rich_text(text: str) -> str:
    """Plain text as paragraphs and lists; `[name](organisation:slug)` leads into the directory, in the language of the
    moment, and whatever else looks like markup stays text.
    """
    return "".join(_elements(text))


def _elements(text: str) -> Iterator[str]:
    for part in re.split(r"\n\s*\n", text.strip()):
        for listed, lines in groupby(part.splitlines(), key=lambda line: line.startswith(BULLET)):
            if listed:
                items = "".join(f"<li>{_line(line.removeprefix(BULLET).strip())}</li>" for line in lines)
                yield f"<ul>{items}</ul>"
            else:
                yield f"<p>{_line(' '.join(line.strip() for line in lines))}</p>"


def _line(text: str) -> str:
    return _ORGANISATION.sub(_link, str(escape(text)))


def _link(found: re.Match[str]) -> str:
    name, slug = found.groups()
    return f'<a href="{reverse("partners:organisation", args=[slug])}">{name}</a>'
