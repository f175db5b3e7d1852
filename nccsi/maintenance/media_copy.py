"""All uploads in one archive (tar), and back, wherever they are stored."""

import shutil
import tarfile
from collections.abc import Iterator
from tempfile import SpooledTemporaryFile
from typing import IO, BinaryIO

from django.core.exceptions import SuspiciousOperation
from django.core.files import File
from django.core.files.storage import default_storage

from nccsi.maintenance.copies import NoBackup

# In bytes; a larger file goes through the folder for temporary ones.
_IN_MEMORY = 2_500_000


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
    """Put every file of an archive where it was, where there is none yet; returns how many there are then.

    Raises NoBackup where the archive cannot be read, names a place outside, or the storage does not take it.
    """
    try:
        with tarfile.open(fileobj=source, mode="r|") as tar:
            for entry in tar:
                if entry.isfile() and (content := tar.extractfile(entry)):
                    _put(entry.name, content)
        return sum(1 for _name in names())
    except (OSError, tarfile.TarError, SuspiciousOperation) as error:
        raise NoBackup(f"Uploads cannot be brought back ({type(error).__name__}: {error}).") from error


def _put(name: str, content: IO[bytes]) -> None:
    """Under its own name, which rows know; `save` would look for another one.

    What stands in an archive that is read as it comes cannot be read twice, which storage elsewhere may want to.
    """
    with SpooledTemporaryFile(max_size=_IN_MEMORY) as kept:
        shutil.copyfileobj(content, kept)
        kept.seek(0)
        default_storage._save(name, File(kept, name))  # type: ignore[attr-defined]  # documented
