"""Fails on a word that docs/glossary.md rules out and on French that is not set as French; `--fix` sets the latter."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import polib
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from nccsi.wording import french
from nccsi.wording.glossary import rules
from nccsi.wording.sources import catalogs, content, texts

GLOSSARY = "docs/glossary.md"


class Command(BaseCommand):
    help = "Names the words that the glossary rules out and the French that is not set as French is."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--fix", action="store_true", help="write French spaces and apostrophes as they should be")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["fix"]:
            set_french(settings.BASE_DIR)
        problems = list(shortcomings(settings.BASE_DIR))
        if problems:
            raise CommandError("\n".join([f"Words that {GLOSSARY} rules out:", *problems]))


def shortcomings(base: Path) -> Iterator[str]:
    """One line for each wrong word and each French text that is set wrongly."""
    known = rules(base / GLOSSARY)
    for text in texts(base):
        faults = [
            fault
            for rule in known
            if rule.language == text.language and (rule.everywhere or text.is_interface)
            for fault in rule.faults(text.words)
        ]
        if text.language == "fr":
            faults += french.faults(text.words)
        yield from (f"  {text.place} ({text.language}): {fault}" for fault in faults)


def set_french(base: Path) -> None:
    """Set the French texts under `base`; everything else in the files stays letter for letter."""
    for path in catalogs(base):
        if path.parent.parent.name == "fr":
            catalog = polib.pofile(str(path), wrapwidth=78)
            for entry in catalog:
                if entry.msgctxt != "url":
                    entry.msgstr = french.mended(entry.msgstr)
                    entry.msgstr_plural = {form: french.mended(text) for form, text in entry.msgstr_plural.items()}
            catalog.save()
    wrong = {line for text in texts(base) if text.language == "fr" for line in text.words.splitlines()}
    changes = {line: french.mended(line) for line in wrong if french.mended(line) != line}
    for path in content(base):
        before = after = path.read_text(encoding="utf-8")
        for line in sorted(changes, key=len, reverse=True):
            after = after.replace(line, changes[line])
        if after != before:
            path.write_text(after, encoding="utf-8")
