"""Made `example.json` once, with a key that is for tests alone; kept so that a reader sees how. Nothing runs it."""

import json
from base64 import b64encode
from hashlib import sha256
from pathlib import Path
from typing import Any

import rfc8785
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

TEST_KEY = b"a test key, known to everybody.."
ATTESTED: Any = {
    "call": {"key": 7, "reference": "EX-1", "title": {"de": "Aufruf", "en": "Call", "fr": "Appel", "nl": "Oproep"}},
    "consortium": {
        "key": "00000000-0000-4000-8000-000000000007",
        "name": "Zusammen – ensemble €\U0001d11e",
        "summary": {"en": 'Line one\nline \u2028 "two" \\ \u0007 </script>', "fr": "Ça va être l’été"},
        "version": 3,
        "version_sha256": "0" * 64,
    },
    "kind": "declaration",
    "number": "2026-00001-V",
    "organisations": [
        {"country": "be", "lead": True, "name": "Example East", "role": "partner", "tracks": ["training"]},
        {"country": "fr", "lead": False, "name": "Exemple Öst", "role": "associate", "tracks": []},
    ],
    "portal": "https://portal.example.eu",
    "time": "2026-10-14T10:00:00.123456Z",
    "\ufb33": "a key beyond the others",
    "\U0001f600": "sorted by UTF-16",
}


def make() -> None:
    private = Ed25519PrivateKey.from_private_bytes(TEST_KEY)
    public, payload = private.public_key().public_bytes_raw(), rfc8785.dumps(ATTESTED)
    parts = {
        "format": "nccsi-receipt-1",
        "key": sha256(public).hexdigest()[:16],
        "payload": payload.decode(),
        "sha256": sha256(payload).hexdigest(),
        "signature": b64encode(private.sign(payload)).decode(),
    }
    here = Path(__file__).parent
    (here / "example.json").write_text(json.dumps(parts, ensure_ascii=False, indent=2), encoding="utf-8")
    (here / "example.key").write_text(b64encode(public).decode() + "\n")


if __name__ == "__main__":
    make()
