"""Whether a receipt is genuine: by its number, or by its file."""

import json
from base64 import b64decode, b64encode
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from consortia.receipts import files, numbers
from consortia.receipts.models import Receipt, SigningKey


class Code(StrEnum):
    """What comes out."""

    GENUINE = "genuine"
    # At least one byte is another than the one that was signed.
    ALTERED = "altered"
    # No receipt with this number, or none that a key of this portal signed.
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Verdict:
    """What comes out; `attested` is what was signed, where it is genuine, and `receipt` the portal's own copy of it."""

    code: Code
    receipt: Receipt | None = None
    attested: dict[str, Any] | None = None
    digest: str = ""


def by_number(typed: str) -> Verdict:
    """The portal's own copy, verified anew; what is typed wrong is unknown."""
    number = numbers.read(typed)
    receipt = Receipt.objects.select_related("key").filter(number=number).first() if number else None
    if receipt is None:
        return Verdict(Code.UNKNOWN)
    if not _is_signed(receipt.payload, receipt.digest, receipt.signature, receipt.key):
        return Verdict(Code.ALTERED)
    return Verdict(Code.GENUINE, receipt, json.loads(receipt.payload), receipt.digest)


def by_file(content: bytes) -> Verdict:
    """What somebody has in hand. Raises files.UnreadableError for what is no receipt at all."""
    parts = files.read(content)
    key = SigningKey.objects.filter(key=parts.key).first()
    if key is None:
        return Verdict(Code.UNKNOWN)
    if not _is_signed(parts.payload, parts.digest, parts.signature, key):
        return Verdict(Code.ALTERED)
    attested = json.loads(parts.payload)
    own = Receipt.objects.select_related("key").filter(number=attested["number"], digest=parts.digest).first()
    return Verdict(Code.GENUINE, own, attested, parts.digest)


def _is_signed(payload: str, digest: str, signature: str, key: SigningKey) -> bool:
    content = payload.encode()
    if sha256(content).hexdigest() != digest:
        return False
    try:
        raw = b64decode(signature, validate=True)
        # Several texts in base64 stand for the same bytes; only one of them was written.
        if b64encode(raw).decode() != signature:
            return False
        Ed25519PublicKey.from_public_bytes(b64decode(key.public)).verify(raw, content)
    except (InvalidSignature, ValueError):
        return False
    return True
