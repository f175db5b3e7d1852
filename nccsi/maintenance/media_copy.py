"""All uploads in one archive (tar), and back, wherever they are stored."""

import tarfile
from collections.abc import Iterator
from typing import BinaryIO

from django.core.files import File
from django.core.files.storage import default_storage


def names(folder: str = "") -> Iterator[str]:
    """Of every file, those of a folder before those below it."""
    try:
        folders, files = default_storage.listdir(folder)
    except FileNotFoundError:  # nothing was ever uploaded
        return
    yield from (f"{folder}{name}" for name in sorted(files))
    for each in sorted(folders):
        yield from names(f"{folder}{each}/")


def archive(target: BinaryIO) -> int:
    """Write all of them as an archive; returns how many."""
    number = 0
    with tarfile.open(fileobj=target, mode="w|") as tar:
        for name in names():
            try:
                entry = tarfile.TarInfo(name)
                entry.mtime = int(default_storage.get_modified_time(name).timestamp())
                with default_storage.open(name, "rb") as file:
                    entry.size = file.size
                    tar.addfile(entry, file)
            except FileNotFoundError:  # deleted since
                continue
            number += 1
    return number


def extract(source: BinaryIO) -> int:
    """Put every file of an archive where it was, where there is none yet; returns how many there are then."""
    with tarfile.open(fileobj=source, mode="r|") as tar:
        for entry in tar:
            if entry.isfile() and (content := tar.extractfile(entry)):
                # Under its own name, which rows know; `save` would look for another one.
                default_storage._save(entry.name, File(content, entry.name))  # type: ignore[attr-defined]  # documented
    return sum(1 for _name in names())
