"""One stylesheet out of many small ones: a page asks for a single file, and there is no build step to run."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage, Storage

NAME = "css/site.css"
SOURCES = settings.BASE_DIR / "static" / "css"
FOLDER = settings.VAR_DIR / "stylesheets"


def sources() -> list[Path]:
    """The files in the order in which they are joined; their layers settle who wins."""
    first = [SOURCES / f"{name}.css" for name in ("layers", "fonts", "tokens", "base", "layout")]
    return [*first, *sorted((SOURCES / "components").glob("*.css")), SOURCES / "print.css"]


def joined() -> str:
    """The whole stylesheet, without the comments and the indents that are for its writers."""
    text = "\n".join(path.read_text(encoding="utf-8") for path in sources())
    return re.sub(r"\n\s+", "\n", re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL))


class SiteStylesheetFinder(BaseFinder):
    """Lets `collectstatic` and the development server find css/site.css, written anew when a source is newer."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.storage = FileSystemStorage(location=FOLDER)

    def check(self, **kwargs: Any) -> list[Any]:
        return []

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> Any:
        if path != NAME:
            return []
        target = self._write()
        return [str(target)] if find_all else str(target)

    def list(self, ignore_patterns: Any) -> Iterator[tuple[str, Storage]]:
        self._write()
        yield NAME, self.storage

    def _write(self) -> Path:
        target = Path(FOLDER) / NAME
        newest = max(path.stat().st_mtime for path in [*sources(), Path(__file__)])
        if not target.exists() or target.stat().st_mtime < newest:
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(joined(), encoding="utf-8")
        return target
