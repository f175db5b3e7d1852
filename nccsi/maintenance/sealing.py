"""Files of a copy that only the holder of an identity can read: the age format (age-encryption.org/v1), as a stream.

What is written is sealed on its way to the disk, so that nothing lies there in the clear in between.
"""

import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

from nccsi.maintenance.copies import NoBackup

_CHUNK = 1 << 16


@contextmanager
def writing(path: Path, *, public_key: str) -> Iterator[BinaryIO]:
    """A file to write to, which programs may write to as well; sealed for this key unless it is empty."""
    if not public_key:
        with path.open("wb") as file:
            yield file
        return
    import pyrage

    recipient = _recipient(public_key)
    reader, writer = os.pipe()

    def seal() -> None:
        with os.fdopen(reader, "rb") as plain, path.open("wb") as sealed:
            pyrage.encrypt_io(plain, sealed, [recipient])

    with _beside(seal), os.fdopen(writer, "wb") as file:
        yield file


@contextmanager
def reading(path: Path, *, identity: Path | None) -> Iterator[BinaryIO]:
    """A file to read from, as it was before it was sealed; raises NoBackup where the identity does not open it."""
    if path.suffix != ".age":
        with path.open("rb") as file:
            yield file
        return
    import pyrage

    identities = _identities(path, identity)
    reader, writer = os.pipe()

    def open_it() -> None:
        with path.open("rb") as sealed, os.fdopen(writer, "wb") as plain:
            try:
                pyrage.decrypt_io(sealed, plain, identities)
            except pyrage.DecryptError as error:
                raise NoBackup(f"{identity} does not open {path.name}: it was sealed for another key.") from error

    with _beside(open_it), os.fdopen(reader, "rb") as file:
        yield file
        while file.read(_CHUNK):  # archives end before their padding does
            pass


@contextmanager
def _beside(work: Callable[[], None]) -> Iterator[None]:
    """Does the work in a thread meanwhile, and raises what it raised: that is the reason of what failed here."""
    raised: list[Exception] = []

    def run() -> None:
        try:
            work()
        except Exception as error:  # noqa: BLE001 - raised below
            raised.append(error)

    thread = threading.Thread(target=run)
    thread.start()
    try:
        yield
    except Exception as error:
        thread.join()
        if raised and not isinstance(raised[0], BrokenPipeError):
            raise raised[0] from error
        raise
    thread.join()
    if raised:
        raise raised[0]


def _recipient(public_key: str) -> Any:
    import pyrage

    try:
        return pyrage.x25519.Recipient.from_str(public_key)
    except pyrage.RecipientError as error:
        raise NoBackup(f"{public_key!r} is no public key. It looks like age1…; docs/operations.md says how.") from error


def _identities(path: Path, identity: Path | None) -> list[Any]:
    import pyrage

    if identity is None:
        raise NoBackup(f"{path.name} is sealed. Name the file with the identity that opens it: --identity.")
    try:
        lines = [line.strip() for line in identity.read_text().splitlines()]
        found = [pyrage.x25519.Identity.from_str(line) for line in lines if line and not line.startswith("#")]
    except (OSError, ValueError, pyrage.IdentityError) as error:
        raise NoBackup(f"{identity} cannot be read as an identity, a line that begins AGE-SECRET-KEY-1.") from error
    if not found:
        raise NoBackup(f"{identity} holds no identity, a line that begins AGE-SECRET-KEY-1.")
    return found
