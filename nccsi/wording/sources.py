"""Where the portal's words stand: the message catalogs, and the content that comes with the code."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polib
from django.conf import settings

CATALOGS = ("locale", "accounts/wording", "hub/wording")
CONTENT = ("hub", "monitoring", "nccsi/demo")
# English stands in the code; every catalog has all of it as what is translated, so one is read.
_WITH_ENGLISH = "locale/nl"
# Keys whose values are codes and addresses, whatever the language around them.
_NOT_WORDS = {"slug", "url", "website", "source", "email", "route", "page", "code", "original_language"}


@dataclass(frozen=True)
class Text:
    """Some words in one language, and where they stand."""

    language: str
    words: str
    place: str
    is_interface: bool


def texts(base: Path) -> Iterator[Text]:
    """All words under `base` that people read, with their language."""
    for path in catalogs(base):
        yield from _of_catalog(path, str(path.relative_to(base)))
    for path in content(base):
        told = tomllib.loads(path.read_text(encoding="utf-8"))
        place = str(path.relative_to(base))
        language = path.stem if path.stem in settings.ALL_LANGUAGES else ""
        yield from (Text(*found, place, not place.startswith("nccsi/")) for found in _of_content(told, language))


def catalogs(base: Path) -> list[Path]:
    """The message catalogs that are kept by hand."""
    return sorted(path for folder in CATALOGS for path in (base / folder).rglob("*.po"))


def content(base: Path) -> list[Path]:
    """The files of words that a new portal and the demo open with."""
    return sorted(path for folder in CONTENT for path in (base / folder).rglob("*.toml"))


def _of_catalog(path: Path, place: str) -> Iterator[Text]:
    language = path.parent.parent.name
    for entry in polib.pofile(str(path)):
        if entry.msgctxt == "url" or entry.obsolete:
            continue
        for words in filter(None, [entry.msgstr, *entry.msgstr_plural.values()]):
            yield Text(language, words, place, is_interface=True)
        if place.startswith(_WITH_ENGLISH):
            for words in filter(None, [entry.msgid, entry.msgid_plural]):
                yield Text("en", words, place, is_interface=True)


def _of_content(told: Any, language: str) -> Iterator[tuple[str, str]]:
    """Every string below a key that names a language (`fr`, `help_fr`), or in a file that does, with that language."""
    if isinstance(told, str):
        if language:
            yield language, told
    elif isinstance(told, list):
        for item in told:
            yield from _of_content(item, language)
    elif isinstance(told, dict):
        for key, value in told.items():
            if key not in _NOT_WORDS:
                code = key.rpartition("_")[2]
                yield from _of_content(value, code if code in settings.ALL_LANGUAGES else language)
