"""What a copy of the portal is: a folder with these files, and a manifest that tells whether they are as written.

Anybody can seal files for a public key, and hash them. That the portal wrote them shows the manifest's proof: a MAC
(HMAC with SHA-256, RFC 2104) under `SECRET_KEY`, which lies apart from the copies.
"""

import hashlib
import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac

DATABASE, MEDIA, CONTENTS, SETTINGS, MANIFEST = (
    "database.dump",
    "media.tar",
    "contents.json",
    "settings.json",
    "manifest.json",
)
FILES = (DATABASE, MEDIA, CONTENTS, SETTINGS)
FORMAT = 3
_SALT = "nccsi.maintenance.copies"


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
    manifest["proof"] = _proof(manifest, settings.SECRET_KEY)
    (folder / MANIFEST).write_text(json.dumps(manifest, indent=2))


def read_manifest(folder: Path, *, unproved: bool = False) -> dict[str, Any]:
    """The manifest of a copy that is whole and that this portal wrote; raises NoBackup for any other.

    `unproved` takes the copy of a portal whose `SECRET_KEY` is lost.
    """
    try:
        manifest: dict[str, Any] = json.loads((folder / MANIFEST).read_text())
    except (OSError, ValueError) as error:
        raise NoBackup(f"{folder} is no copy of a portal: its {MANIFEST} cannot be read.") from error
    if manifest.get("format") != FORMAT:
        raise NoBackup(f"{folder} was made by another version of the portal; restore it with that one.")
    if not unproved and not _is_proved(manifest):
        raise NoBackup(
            f"Nothing shows that this portal wrote {folder}: its SECRET_KEY is another, or somebody changed the "
            f"{MANIFEST}. Set SECRET_KEY, or SECRET_KEY_FALLBACKS, to the key of the portal that wrote it; where it is "
            "lost, and you know where the copy was since, add --unproved."
        )
    sealed, digests = bool(manifest.get("sealed")), manifest.get("sha256")
    if not isinstance(digests, dict) or set(digests) != {file_in(folder, name, sealed=sealed).name for name in FILES}:
        raise NoBackup(f"{folder} does not hold the files of a copy. Take another one.")
    for name, digest in digests.items():
        if not (folder / name).exists() or _digest(folder / name) != digest:
            raise NoBackup(f"{folder / name} is missing or not as it was written. Take another copy.")
    return manifest


def _proof(manifest: dict[str, Any], key: str) -> str:
    told = {name: value for name, value in manifest.items() if name != "proof"}
    return salted_hmac(_SALT, json.dumps(told, sort_keys=True), secret=key, algorithm="sha256").hexdigest()


def _is_proved(manifest: dict[str, Any]) -> bool:
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return any(constant_time_compare(str(manifest.get("proof", "")), _proof(manifest, key)) for key in keys)


def file_in(folder: Path, name: str, *, sealed: bool) -> Path:
    """Where a file of the copy lies; sealed ones say by their name that they are."""
    return folder / (f"{name}.age" if sealed else name)


def remove_older(place: Path, *, keep: int, site: str) -> list[Path]:
    """Delete the copies of this portal in this folder but the `keep` newest ones; returns what went.

    What is no copy, or one that this portal did not write, of another format, unfinished, or only linked to, stays.
    """
    found = [(made_at, folder) for made_at, folder, is_ours in _copies(place, site) if is_ours]
    older = [folder for _made_at, folder in sorted(found, reverse=True)[keep:]]
    for folder in older:
        shutil.rmtree(folder)
    return older


def left_alone(place: Path, *, site: str) -> list[Path]:
    """What says that it is a copy of this portal and is never deleted: of another format, or nothing proves it."""
    return sorted(folder for _made_at, folder, is_ours in _copies(place, site) if not is_ours)


def _copies(place: Path, site: str) -> Iterator[tuple[str, Path, bool]]:
    """Each finished one that names this portal: its moment, its folder, whether this portal can tell that it is."""
    for path in place.glob(f"*/{MANIFEST}"):
        folder = path.parent
        if folder.suffix == ".part" or folder.is_symlink():
            continue
        try:
            manifest = json.loads(path.read_text())
            if manifest["site"] == site:
                is_ours = manifest["format"] == FORMAT and _is_proved(manifest)
                yield str(manifest["made_at"]), folder, is_ours
        except (OSError, ValueError, KeyError, TypeError):
            continue


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
