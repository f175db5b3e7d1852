"""Where files lie: in a folder of one machine, or on S3-compatible storage that several machines share."""

from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

_SCHEMES = {"s3": "https", "s3+http": "http"}
_UNREADABLE = (
    "%s cannot be read. Write it like s3://key:secret@storage.example.eu/bucket?region=eu-west-1, with "
    "special characters in the secret percent-encoded; s3+http:// is for storage on a network of your own."
)
_NOT_SHARED = (
    "ERASURES_STORAGE is not set. With MEDIA_STORAGE several machines share what people upload, and they must share "
    "who was erased: name a bucket of its own, or in ERASURES_ROOT a folder that all machines have; see .env.example."
)
_MISSING = "%s needs packages that are not installed. Run: pip install --require-hashes -r requirements/s3.txt"


def uploads(env: environ.Env) -> dict[str, Any]:
    """The default storage: as `MEDIA_STORAGE` says in one address, else in the folder `MEDIA_ROOT`."""
    return _elsewhere(env, "MEDIA_STORAGE") or {"BACKEND": "django.core.files.storage.FileSystemStorage"}


def erasures(env: environ.Env, folder: Path) -> dict[str, Any]:
    """Who was erased: as `ERASURES_STORAGE` says, else in this folder. It is no part of what is backed up.

    Raises ImproperlyConfigured where machines share uploads and neither is named: each would forget what others erased.
    """
    elsewhere = _elsewhere(env, "ERASURES_STORAGE")
    if not elsewhere and env.str("MEDIA_STORAGE", default="") and not env.str("ERASURES_ROOT", default=""):
        raise ImproperlyConfigured(_NOT_SHARED)
    return elsewhere or {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": str(folder), "file_permissions_mode": 0o600},
    }


def _elsewhere(env: environ.Env, variable: str) -> dict[str, Any] | None:
    """Raises ImproperlyConfigured with a sentence in which no secret stands."""
    url: str = env.str(variable, default="")
    if not url:
        return None
    options = _options(url, variable)
    if find_spec("storages") is None or find_spec("boto3") is None:
        raise ImproperlyConfigured(_MISSING % variable)
    return {"BACKEND": "nccsi.framework.object_storage.ObjectStorage", "OPTIONS": options}


def _options(url: str, variable: str) -> dict[str, str]:
    try:
        parts = urlsplit(url)
        more = parse_qs(parts.query, strict_parsing=True) if parts.query else {}
        scheme, host, port = _SCHEMES.get(parts.scheme), parts.hostname, parts.port
    except ValueError as error:
        raise ImproperlyConfigured(_UNREADABLE % variable) from error
    bucket = parts.path.removeprefix("/").removesuffix("/")
    named = scheme and host and bucket and "/" not in bucket and parts.username and parts.password
    if not named or set(more) - {"region"}:
        raise ImproperlyConfigured(_UNREADABLE % variable)
    return {
        "endpoint_url": f"{scheme}://{f'[{host}]' if ':' in str(host) else host}{f':{port}' if port else ''}",
        "access_key": unquote(parts.username or ""),
        "secret_key": unquote(parts.password or ""),
        "bucket_name": bucket,
        "region_name": more.get("region", ["us-east-1"])[0],
    }
