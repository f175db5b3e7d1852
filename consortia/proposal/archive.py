"""All of one proposal in one file (ZIP), written piece by piece while it is sent."""

from collections.abc import Iterator
from io import RawIOBase
from typing import Any
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from django.utils.text import slugify

from consortia.proposal.models import Proposal
from consortia.receipts.files import as_file
from hub.dates.brussels import local
from hub.files.private import clean_name

_PIECE = 256 * 1024


class _Taken(RawIOBase):
    """What was written since somebody last took it; nothing is ever gone back to."""

    def __init__(self) -> None:
        super().__init__()
        self._pieces: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, piece: Any) -> int:
        self._pieces.append(bytes(piece))
        return len(piece)

    def take(self) -> bytes:
        """What there is, once."""
        found, self._pieces = b"".join(self._pieces), []
        return found


def stream(proposal: Proposal) -> Iterator[bytes]:
    """The files, the texts as plain text in UTF-8, and the receipt, as they were submitted."""
    out = _Taken()
    # Files are archives or pictures: packing them again would only cost time.
    with ZipFile(out, "w", ZIP_STORED) as archive:
        for name, pieces in _entries(proposal):
            entry = ZipInfo(name, local(proposal.submitted_at).timetuple()[:6])
            with archive.open(entry, "w") as target:
                for piece in pieces:
                    target.write(piece)
                    yield out.take()
    yield out.take()


def _entries(proposal: Proposal) -> Iterator[tuple[str, Iterator[bytes]]]:
    """Numbered in the order of the call, so that two files of one name are two."""
    for row in proposal.parts.select_related("part", "text", "file"):
        if row.file:
            yield f"{row.position:02d}-{clean_name(row.file.name)}", _pieces(row.file.content)
        elif row.text:
            yield (
                f"{row.position:02d}-{slugify(str(row.part.title))[:60] or 'text'}.txt",
                iter([row.text.text.encode()]),
            )
    yield f"{proposal.receipt.number}.json", iter([as_file(proposal.receipt)])


def _pieces(content: Any) -> Iterator[bytes]:
    with content.open("rb") as file:
        yield from file.chunks(_PIECE)
