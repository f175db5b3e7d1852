"""A receipt as a file, for whoever verifies it without the portal (docs/receipts.md)."""

import json
import re
from dataclasses import dataclass
from typing import Any

from consortia.receipts.models import Receipt

FORMAT = "nccsi-receipt-1"
# A consortium of 40 organisations makes some 20 kB.
MOST_BYTES = 200_000
_TEXTS = ("payload", "signature", "key", "sha256")
_KEY = re.compile(r"[0-9a-f]{16}", re.ASCII)


class UnreadableError(Exception):
    """It is no file of a receipt."""


@dataclass(frozen=True)
class Parts:
    """What a file says: the signed text, the signature, and by which key."""

    payload: str
    signature: str
    key: str
    digest: str


def as_file(receipt: Receipt) -> bytes:
    """JSON in UTF-8; the payload is a text in it, so that its bytes survive every program."""
    parts = {
        "format": FORMAT,
        "key": receipt.key_id,
        "payload": receipt.payload,
        "sha256": receipt.digest,
        "signature": receipt.signature,
    }
    return json.dumps(parts, ensure_ascii=False, indent=2).encode()


def _each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """A name that stands twice is read differently by different programs. Raises UnreadableError."""
    found = dict(pairs)
    if len(found) != len(pairs):
        raise UnreadableError
    return found


def read(content: bytes) -> Parts:
    """The parts of an uploaded file, whatever it is. Raises UnreadableError."""
    try:
        told: Any = json.loads(content.decode("utf-8-sig"), object_pairs_hook=_each_once)
        if set(told) != {"format", *_TEXTS} or told["format"] != FORMAT:
            raise UnreadableError
        texts = {name: told[name] for name in _TEXTS}
        if not all(isinstance(text, str) and text.encode() for text in texts.values()):
            raise UnreadableError
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise UnreadableError from error
    if not _KEY.fullmatch(texts["key"]):
        raise UnreadableError
    return Parts(texts["payload"], texts["signature"], texts["key"], texts["sha256"])
