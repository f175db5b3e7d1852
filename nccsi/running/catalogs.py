"""Compiles the translations that are newer than their compiled form; a program of its own, no gettext needed."""

import os
import sys
from pathlib import Path

import polib

from nccsi.running.environment import BASE_DIR


def catalogs(base: Path = BASE_DIR) -> list[Path]:
    """Every translation file of the project."""
    return sorted([*base.glob("locale/*/LC_MESSAGES/*.po"), *base.glob("*/wording/*/LC_MESSAGES/*.po")])


def compile_catalogs(base: Path = BASE_DIR) -> list[Path]:
    """Write the missing and outdated `.mo` files; returns those written."""
    written = []
    for source in catalogs(base):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        # Renamed into place, so that a running portal never reads half a file.
        fresh = target.with_name(f"{target.name}.{os.getpid()}")
        polib.pofile(str(source)).save_as_mofile(str(fresh))
        fresh.replace(target)
        written.append(target)
    return written


if __name__ == "__main__":
    try:
        compile_catalogs()
    except OSError as error:  # what polib raises for a syntax error, with file and line
        sys.exit(f"A translation cannot be compiled: {error}")
