"""Words that come with the portal, beside the code that needs them: a TOML file per language, named by its code."""

import tomllib
from pathlib import Path
from typing import Any

from django.conf import settings


def words(folder: Path) -> dict[str, dict[str, Any]]:
    """What stands in this folder, for each language of which it has a file."""
    files = {language: folder / f"{language}.toml" for language in settings.ALL_LANGUAGES}
    found = {language: path.read_text(encoding="utf-8") for language, path in files.items() if path.exists()}
    return {language: tomllib.loads(text) for language, text in found.items()}
