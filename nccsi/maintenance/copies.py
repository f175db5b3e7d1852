"""What a copy of the portal is: a folder with these files, and a manifest that tells whether they are as written."""

import hashlib
import json
import shutil
from pathlib import Path
from typing import Any

DATABASE, MEDIA, CONTENTS, SETTINGS, MANIFEST = (
    "database.dump",
    "media.tar",
    "contents.json",
    "settings.json",
    "manifest.json",
)
FILES = (DATABASE, MEDIA, CONTENTS, SETTINGS)
FORMAT = 2


class NoBackup(Exception):  # noqa: N818 - a sentence for the person at the terminal
    """What stands in the way, and what to do."""


def write_manifest(folder: Path, *, made_at: str, version: str, site: str, sealed: bool) -> None:
    """Last of all: the moment in ISO format, the portal's version, and a hash of each file as it lies there.

    `site` is the portal's address: others may have their copies in the same place.
    """
    files = {file_in(folder, name, sealed=sealed).name for name in FILES}
    manifest = {
        "format": FORMAT,
        "made_at": made_at,
        "version": version,
        "site": site,
        "sealed": sealed,
        "sha256": {name: _digest(folder / name) for name in sorted(files)},
    }
    (folder / MANIFEST).write_text(json.dumps(manifest, indent=2))


def read_manifest(folder: Path) -> dict[str, Any]:
    """The manifest of a copy that is whole; raises NoBackup for any other."""
    try:
        manifest: dict[str, Any] = json.loads((folder / MANIFEST).read_text())
    except (OSError, ValueError) as error:
        raise NoBackup(f"{folder} is no copy of a portal: its {MANIFEST} cannot be read.") from error
    if manifest.get("format") != FORMAT:
        raise NoBackup(f"{folder} was made by another version of the portal; restore it with that one.")
    for name, digest in manifest["sha256"].items():
        if not (folder / name).exists() or _digest(folder / name) != digest:
            raise NoBackup(f"{folder / name} is missing or not as it was written. Take another copy.")
    return manifest


def file_in(folder: Path, name: str, *, sealed: bool) -> Path:
    """Where a file of the copy lies; sealed ones say by their name that they are."""
    return folder / (f"{name}.age" if sealed else name)


def remove_older(place: Path, *, keep: int, site: str) -> list[Path]:
    """Delete the copies of this portal in this folder but the `keep` newest ones; returns what went.

    What is no copy, or one of another portal or format, unfinished, or only linked to, stays.
    """
    found = []
    for path in place.glob(f"*/{MANIFEST}"):
        folder = path.parent
        try:
            manifest = json.loads(path.read_text())
            is_ours = manifest["format"] == FORMAT and manifest["site"] == site
            if is_ours and folder.suffix != ".part" and not folder.is_symlink():
                found.append((str(manifest["made_at"]), folder))
        except (OSError, ValueError, KeyError, TypeError):
            continue
    older = [folder for _made_at, folder in sorted(found, reverse=True)[keep:]]
    for folder in older:
        shutil.rmtree(folder)
    return older


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
