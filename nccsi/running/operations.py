"""Reads what the environment says of watching the portal and of keeping copies, and names what is unusable."""

from urllib.parse import urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

_SHORTEST_TOKEN = 20


def backup_public_key(env: environ.Env) -> str:
    """`BACKUP_PUBLIC_KEY`: the key of age that copies are sealed for; "" to leave them open."""
    key: str = env.str("BACKUP_PUBLIC_KEY", default="")
    if key:
        import pyrage

        try:
            pyrage.x25519.Recipient.from_str(key)
        except pyrage.RecipientError as error:
            raise ImproperlyConfigured(
                "BACKUP_PUBLIC_KEY is no public key of age. It looks like age1…; see .env.example for how to make one."
            ) from error
    return key


def metrics_token(env: environ.Env) -> str:
    """`METRICS_TOKEN`: what asks for `/metrics` must show; "" where nobody may."""
    token: str = env.str("METRICS_TOKEN", default="")
    if token and (len(token) < _SHORTEST_TOKEN or not token.isascii() or " " in token):
        raise ImproperlyConfigured(
            f"METRICS_TOKEN must be {_SHORTEST_TOKEN} or more letters and digits, without spaces; see .env.example."
        )
    return token


def log_format(env: environ.Env) -> str:
    """`LOG_FORMAT`: `line` for people, `json` for programs."""
    name: str = env.str("LOG_FORMAT", default="line").lower()
    if name not in {"line", "json"}:
        raise ImproperlyConfigured(f"LOG_FORMAT is {name!r}. Choose from line, json.")
    return name


def sentry_dsn(env: environ.Env) -> str:
    """`SENTRY_DSN`: where errors are reported, in Sentry's protocol; "" for nowhere."""
    dsn: str = env.str("SENTRY_DSN", default="")
    try:
        parts = urlsplit(dsn)
        is_usable = parts.scheme in {"http", "https"} and parts.hostname and parts.username and (parts.port or 1) > 0
        is_usable = is_usable and parts.path.rpartition("/")[2].isdecimal()
    except ValueError:
        is_usable = False
    if dsn and not is_usable:
        raise ImproperlyConfigured("SENTRY_DSN cannot be read. Write it like https://key@errors.example.eu/1")
    return dsn
