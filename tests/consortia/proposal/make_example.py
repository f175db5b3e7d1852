"""Made `example.json` once, with the key that is for tests alone; kept so that a reader sees how. Nothing runs it."""

import json
from base64 import b64encode
from hashlib import sha256
from pathlib import Path
from typing import Any

import rfc8785
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from tests.consortia.receipts.make_example import TEST_KEY

TEXT = "Wir bauen – ensemble €\U0001d11e.\nLine two."
FILE = b"%PDF-1.7\n% words\n%%EOF\n"
TITLES = {"de": "Zusammenfassung", "en": "Summary", "fr": "Résumé", "nl": "Samenvatting"}
ATTESTED: Any = {
    "call": {"key": 7, "reference": "EX-1", "title": {"de": "Aufruf", "en": "Call", "fr": "Appel", "nl": "Oproep"}},
    "consortium": {
        "declaration": "2026-00001-V",
        "key": "00000000-0000-4000-8000-000000000007",
        "name": "Zusammen – ensemble",
    },
    "kind": "proposal",
    "number": "2026-00002-E",
    "organisations": [
        {"country": "be", "lead": True, "name": "Example East"},
        {"country": "fr", "lead": False, "name": "Exemple Öst"},
    ],
    "parts": [
        {
            "characters": len(TEXT),
            "key": 1,
            "kind": "text",
            "sha256": sha256(TEXT.encode()).hexdigest(),
            "title": TITLES,
            "version": 4,
        },
        {
            "key": 2,
            "kind": "file",
            "name": "plan é.pdf",
            "sha256": sha256(FILE).hexdigest(),
            "size": len(FILE),
            "title": {"de": "Arbeitsplan", "en": "Work plan", "fr": "Plan de travail", "nl": "Werkplan"},
            "version": 1,
        },
    ],
    "portal": "https://portal.example.eu",
    "submission": 2,
    "time": "2026-11-30T15:59:59.123456Z",
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
    (Path(__file__).parent / "example.json").write_text(json.dumps(parts, ensure_ascii=False, indent=2), "utf-8")


if __name__ == "__main__":
    make()
