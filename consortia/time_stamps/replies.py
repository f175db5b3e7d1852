"""Whether a reply of the authority is a stamp of what was asked: its hash, its nonce, its certificates, its time."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import rfc3161_client as tsp
from cryptography import x509
from cryptography.x509.oid import NameOID
from django.conf import settings

from consortia.time_stamps.asking import AuthorityError

SHA256 = x509.ObjectIdentifier("2.16.840.1.101.3.4.2.1")
# An authority whose clock is further from ours is not believed, or ours is wrong: somebody has to look.
MOST_APART = timedelta(minutes=5)


@dataclass(frozen=True)
class Stamp:
    """What a reply says that holds."""

    authority: str
    stamped_at: datetime


def query(content: bytes) -> tsp.TimeStampRequest:
    """Ask for a stamp of the SHA-256 of this; only that leaves the portal, with a nonce."""
    return tsp.TimestampRequestBuilder().data(content).hash_algorithm(tsp.HashAlgorithm.SHA256).build()


def read(reply: bytes, *, asked: tsp.TimeStampRequest, now: datetime) -> Stamp:
    """What it stamps. Raises AuthorityError for everything that is no good stamp of what was asked."""
    try:
        response = tsp.decode_timestamp_response(in_order(reply))
        if response.status != tsp.PKIStatus.GRANTED:
            raise AuthorityError(f"refused with status {response.status}: {', '.join(response.status_string)}")
        verifier = tsp.VerifierBuilder(nonce=asked.nonce, roots=_trusted(settings.TIME_STAMP_CERTIFICATES)).build()
        verifier.verify(response, asked.message_imprint.message)
        told = response.tst_info
        if told.message_imprint.hash_algorithm != SHA256:
            raise AuthorityError("stamped by another hash than SHA-256")
        stamp = Stamp(_signer(response.signed_data), told.gen_time)
    except AuthorityError:
        raise
    except Exception as error:  # whatever is made of what a stranger sent
        raise AuthorityError(f"sent no stamp that holds: {error}") from error
    if abs(stamp.stamped_at - now) > MOST_APART:
        raise AuthorityError(f"has another time than we: {stamp.stamped_at.isoformat()}")
    return stamp


@lru_cache(maxsize=4)
def _trusted(path: str) -> list[x509.Certificate]:
    """What the stamps must lead to, with what stands between."""
    return x509.load_pem_x509_certificates(Path(path).read_bytes())


def _signer(signed: tsp.SignedData) -> str:
    """Whom the certificate of the stamp names."""
    (by,) = signed.signer_infos
    sent = [x509.load_der_x509_certificate(each) for each in signed.certificates]
    (own,) = [each for each in sent if (each.issuer, each.serial_number) == (by.issuer, by.serial_number)]
    common = own.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
    name = str(common[0].value) if common else own.subject.rfc4514_string()
    return " ".join(name.split())[:200]


class _Part(NamedTuple):
    """A value in DER, by where it stands."""

    tag: int
    start: int
    content: int
    end: int


def in_order(reply: bytes) -> bytes:
    """The same reply with its certificates in the order that DER asks for.

    No signature covers their order, and authorities that send the whole chain (OpenSSL's own among them) begin with
    the last one, which the library does not read.
    """
    try:
        (whole,) = _parts(reply, 0, len(reply))
        token = _parts(reply, whole.content, whole.end)[1]
        (signed,) = _parts(reply, *_parts(reply, token.content, token.end)[1][2:])
        (chain,) = [each for each in _parts(reply, signed.content, signed.end) if each.tag == 0xA0]
        certificates = sorted(reply[each.start : each.end] for each in _parts(reply, chain.content, chain.end))
    except (IndexError, ValueError):
        return reply  # whoever reads it says what is wrong
    return reply[: chain.content] + b"".join(certificates) + reply[chain.end :]


def _parts(reply: bytes, start: int, end: int) -> list[_Part]:
    found = []
    while start < end:
        content, size = start + 2, reply[start + 1]
        if size >= 0x80:
            content += size & 0x7F
            size = int.from_bytes(reply[start + 2 : content], "big")
        found.append(_Part(reply[start], start, content, content + size))
        start = content + size
    return found
