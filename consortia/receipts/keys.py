"""The key that the portal signs with: its private half is a setting, its public half a row from its first use on."""

from base64 import b64decode, b64encode
from functools import lru_cache
from hashlib import sha256

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings

from consortia.receipts.models import SigningKey


@lru_cache(maxsize=4)
def _private(seed: str) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(b64decode(seed))


def name_of(public: bytes) -> str:
    """What a key is called, in receipts and on the page of keys: the first bytes of its SHA-256."""
    return sha256(public).hexdigest()[:16]


def own() -> tuple[SigningKey, Ed25519PrivateKey]:
    """The key of `RECEIPT_SIGNING_KEY`; its public half is written down in the caller's transaction if it is new."""
    private = _private(settings.RECEIPT_SIGNING_KEY)
    public = private.public_key().public_bytes_raw()
    name = name_of(public)
    known = SigningKey.objects.filter(key=name).first()
    if known is None:
        new = SigningKey(key=name, public=b64encode(public).decode())
        SigningKey.objects.bulk_create([new], ignore_conflicts=True)
        known = SigningKey.objects.get(key=name)
    return known, private
