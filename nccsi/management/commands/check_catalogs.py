"""Fails when a text that people read has no translation; `--update` writes the new texts into the catalogs."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import polib
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.management.commands import makemessages
from django.test.utils import override_settings

# Texts are written in English; every other language needs a catalog.
LANGUAGES = sorted(set(settings.ALL_LANGUAGES) - {"en"})
_NOT_READ_BY_PEOPLE = [".*", "var", "static", "tests", "benchmarks", "docs", "deploy", "requirements"]


class Extraction(makemessages.Command):
    """Django's own, which never guesses: a new text is empty, not almost like another one."""

    msgmerge_options = [*makemessages.Command.msgmerge_options, "--no-fuzzy-matching"]


class Command(BaseCommand):
    help = "Names the texts that lack a translation in the catalogs of locale/."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--update", action="store_true", help="write the new texts into the catalogs")

    def handle(self, *args: Any, **options: Any) -> None:
        if not (shutil.which("xgettext") and shutil.which("msgfmt")):
            self._leave_out()
            return
        if options["update"]:
            extract(settings.BASE_DIR)
            return
        with tempfile.TemporaryDirectory() as folder:
            copy = Path(folder) / "portal"
            # A copy, so that checking changes no file of the project.
            shutil.copytree(settings.BASE_DIR, copy, ignore=shutil.ignore_patterns(*_NOT_READ_BY_PEOPLE))
            extract(copy)
            problems = [line for language in LANGUAGES for line in shortcomings(copy, language)]
        if problems:
            raise CommandError("\n".join(["Untranslated texts; `make messages` adds them to the catalogs:", *problems]))

    def _leave_out(self) -> None:
        message = "LEFT OUT: the check for untranslated texts needs gettext (xgettext, msgfmt), which is not installed."
        if os.environ.get("REQUIRE_ALL") or os.environ.get("CI"):
            raise CommandError(message)
        self.stderr.write(self.style.ERROR(message))


def extract(base: Path) -> None:
    """Bring the catalogs under `base` to what its sources say."""
    before = Path.cwd()
    os.chdir(base)
    try:
        with override_settings(LOCALE_PATHS=[str(base / "locale")]):
            call_command(
                Extraction(),
                locale=LANGUAGES,
                no_location=True,
                no_obsolete=True,
                ignore_patterns=[*_NOT_READ_BY_PEOPLE, "node_modules"],
                verbosity=0,
            )
    finally:
        os.chdir(before)


def shortcomings(base: Path, language: str) -> Iterator[str]:
    """What a catalog lacks: texts without translation, uncertain ones, placeholders that do not match."""
    path = base / "locale" / language / "LC_MESSAGES" / "django.po"
    catalog = polib.pofile(str(path))
    for entry in catalog.untranslated_entries():
        yield f"  {language}: no translation of {_shown(entry)}"
    for entry in catalog.fuzzy_entries():
        yield f"  {language}: uncertain translation of {_shown(entry)}"
    checked = subprocess.run(
        ["msgfmt", "--check-format", "--output-file=/dev/null", str(path)], capture_output=True, text=True, check=False
    )
    if checked.returncode:
        yield from (f"  {language}: {line}" for line in checked.stderr.splitlines())


def _shown(entry: polib.POEntry) -> str:
    text = " ".join(entry.msgid.split())
    shown = text if len(text) <= 90 else text[:89] + "…"
    return f"“{shown}”" + (f" ({entry.msgctxt})" if entry.msgctxt else "")
