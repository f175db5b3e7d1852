"""The handbook's text made into a page: one file per language in `docs/`, one set of pictures for all."""

import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.token import Token

FOLDER = settings.BASE_DIR / "docs"
PICTURES = FOLDER / "pictures"
WRITTEN_IN = "en"
_MARKDOWN = MarkdownIt("commonmark", {"html": False}).enable("table")


@dataclass(frozen=True)
class Chapter:
    """A heading of the second level, and the name by which links find it."""

    anchor: str
    title: str


@dataclass(frozen=True)
class Handbook:
    """The whole of it in one language."""

    language: str
    title: str
    chapters: list[Chapter]
    content: SafeString


def file_of(language: str) -> Path:
    """Where the text in this language stands, whether or not it is there."""
    return FOLDER / ("editors.md" if language == WRITTEN_IN else f"editors.{language}.md")


def languages() -> list[str]:
    """In which of the portal's languages it can be read."""
    return [language for language in settings.ALL_LANGUAGES if file_of(language).exists()]


def anchor_of(heading: str) -> str:
    """The name that a heading has as the target of a link: as the sites that show a repository make it."""
    kept = (each for each in unicodedata.normalize("NFC", heading).lower() if each.isalnum() or each in " -_")
    return "".join(kept).replace(" ", "-")


@cache
def handbook(language: str) -> Handbook:
    """What the handbook says in this language. The files stay as they are while the portal runs."""
    tokens = _MARKDOWN.parse(file_of(language).read_text(encoding="utf-8"))
    title, chapters, start = "", [], 0
    for number, token in enumerate(tokens):
        if token.type == "heading_open":
            words = _plain(tokens[number + 1])
            token.attrSet("id", anchor_of(words))
            if token.tag == "h1":
                title, start = words, number + 3
            elif token.tag == "h2":
                chapters.append(Chapter(anchor_of(words), words))
        for child in token.children or []:
            _lead(child)
    content = _MARKDOWN.renderer.render(_without_contents(tokens[start:]), _MARKDOWN.options, {})
    # The text is the portal's own, and what HTML it had would be shown as text.
    return Handbook(language, title, chapters, mark_safe(content))  # noqa: S308


def _without_contents(tokens: list[Token]) -> list[Token]:
    """The file begins with a list of its chapters, which the page has beside it."""
    begin = next(number for number, token in enumerate(tokens) if token.type == "bullet_list_open")
    end = next(number for number, token in enumerate(tokens) if token.type == "bullet_list_close" and not token.level)
    return tokens[:begin] + tokens[end + 1 :]


def _plain(inline: Token) -> str:
    return "".join(each.content for each in inline.children or [])


def _lead(token: Token) -> None:
    """Pictures come from the portal; what else the documentation has is named and not led to."""
    if token.type == "image":
        token.attrSet("src", reverse("hub_handbook_picture", args=[Path(str(token.attrGet("src"))).stem]))
        token.attrSet("loading", "lazy")
    elif token.type == "link_open":
        target = urlsplit(str(token.attrGet("href")))
        if not target.scheme and target.path.endswith(".md"):
            del token.attrs["href"]
