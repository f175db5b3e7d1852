"""Reads what the environment says into settings, and names the variable when it says something unusable."""

import os
import secrets
import sys
import tempfile
from base64 import b64decode, b64encode
from collections.abc import Mapping
from email.utils import getaddresses
from pathlib import Path
from typing import Any, ClassVar
from urllib.parse import urlsplit

import environ
from cryptography.x509 import load_pem_x509_certificates
from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.core.validators import EmailValidator

# Of the whole repository.
BASE_DIR = Path(__file__).resolve().parents[2]
_UNREADABLE_EMAIL_URL = (
    "EMAIL_URL cannot be read. Write it like smtp+tls://user:password@mail.example.eu:587, "
    "with special characters in the password percent-encoded."
)
_LOOPBACK = ("localhost", "127.0.0.1", "::1")
_LOG_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")


class Environment(environ.Env):
    """The process's variables: an empty one counts as unset, one that cannot be read is named."""

    asked_for: ClassVar[set[str]] = set()

    def get_value(self, var: str, cast: Any = None, default: Any = environ.Env.NOTSET, **options: Any) -> Any:
        """As in `environ.Env`, except that `NAME=` (how compose passes on a missing one) takes the default."""
        self.asked_for.add(var)
        if default is not self.NOTSET and os.environ.get(var) == "":
            return default
        return super().get_value(var, cast=cast, default=default, **options)

    def bool(self, var: str, default: Any = environ.Env.NOTSET) -> bool:
        """`true` or `false`; anything else would silently be false."""
        value = str(self.get_value(var, cast=str, default=default)).strip().lower()
        if value not in {"true", "false"}:
            raise ImproperlyConfigured(f"{var} is {value!r}. Write true or false.")
        return value == "true"

    def int(self, var: str, default: Any = environ.Env.NOTSET) -> int:
        """A whole number, not negative."""
        value = str(self.get_value(var, cast=str, default=default)).strip()
        if not value.isdecimal():
            raise ImproperlyConfigured(f"{var} is {value!r}. Write a whole number.")
        return int(value)


def read(env_file: Path) -> Environment:
    """The process's environment, completed with the lines of `.env`; a variable that is set wins over the file."""
    env = Environment()
    if env_file.exists():
        environ.Env.read_env(env_file, overwrite=False)
    return env


def require_settings() -> None:
    """Load the settings, or end the process with the sentence that says which variable is missing or wrong."""
    from django.conf import settings

    try:
        settings.SECRET_KEY  # noqa: B018 - the first attribute loads the module
    except ImproperlyConfigured as error:
        sys.exit(f"NCCSI cannot start: {error}")


def _required(env: environ.Env, name: str, meaning: str) -> str:
    value: str = env.str(name, default="")
    if not value:
        raise ImproperlyConfigured(f"{name} is not set. It is {meaning}; see .env.example.")
    return value


def secret_key(env: environ.Env, *, demo: bool, keep_in: Path) -> str:
    """`SECRET_KEY`; the demo makes its own on the first start and keeps it, so that sessions survive a restart."""
    if not demo or env.str("SECRET_KEY", default=""):
        key = _required(
            env,
            "SECRET_KEY",
            "the secret that signs sessions and links, at least 50 random characters",
        )
        if len(key) < 50:
            raise ImproperlyConfigured("SECRET_KEY is shorter than 50 characters; take a longer random one.")
        return key
    return _kept(keep_in, secrets.token_urlsafe(50))


def signing_key(env: environ.Env, *, demo: bool, keep_in: Path) -> str:
    """`RECEIPT_SIGNING_KEY`: 32 random bytes in base64; the demo makes its own on the first start and keeps it."""
    if demo and not env.str("RECEIPT_SIGNING_KEY", default=""):
        return _kept(keep_in, b64encode(secrets.token_bytes(32)).decode())
    key = _required(env, "RECEIPT_SIGNING_KEY", "the secret that signs receipts, 32 random bytes in base64")
    try:
        is_usable = len(b64decode(key, validate=True)) == 32
    except ValueError:
        is_usable = False
    if not is_usable:
        raise ImproperlyConfigured(
            "RECEIPT_SIGNING_KEY is not 32 bytes in base64; see .env.example for how to make one."
        )
    return key


def time_stamp_authority(env: environ.Env, *, demo: bool) -> str:
    """`TIME_STAMP_AUTHORITY`: where receipts are stamped; "" for none. Over plain http on this machine only."""
    url: str = env.str("TIME_STAMP_AUTHORITY", default="")
    try:
        parts = urlsplit(url)
        is_on_the_way = parts.scheme == "http" and not demo and parts.hostname not in _LOOPBACK
        is_usable = parts.scheme in {"http", "https"} and bool(parts.hostname) and (parts.port or 1) > 0
    except ValueError:
        is_usable = False
    if url and (not is_usable or is_on_the_way):
        raise ImproperlyConfigured(
            "TIME_STAMP_AUTHORITY cannot be used. Write it like https://user:password@time.example.eu/tsa; plain http "
            "is for an authority on this machine."
        )
    return url


def time_stamp_certificates(env: environ.Env, *, authority: str) -> str:
    """`TIME_STAMP_CERTIFICATES`: the file whose certificates the stamps of an authority lead to; "" without one."""
    if not authority:
        return ""
    meaning = "a file with the root certificate of TIME_STAMP_AUTHORITY, and what stands below it, in PEM"
    path = BASE_DIR / _required(env, "TIME_STAMP_CERTIFICATES", meaning)
    try:
        is_usable = any(each.issuer == each.subject for each in load_pem_x509_certificates(path.read_bytes()))
    except (OSError, ValueError):
        is_usable = False
    if not is_usable:
        raise ImproperlyConfigured(f"TIME_STAMP_CERTIFICATES is {str(path)!r}. It must be {meaning}.")
    return str(path)


def _kept(place: Path, new: str) -> str:
    """The secret in this file, which is made with the new one where there is none."""
    if not place.exists():
        writable(place.parent, or_set="VAR_DIR")
        place.touch(mode=0o600)
        place.write_text(new)
    return place.read_text()


def site_url(env: environ.Env, *, demo: bool) -> str:
    """`SITE_URL`: scheme and host under which people reach the portal, without a path."""
    if demo and not env.str("SITE_URL", default=""):
        return f"http://localhost:{port(env)}"
    url = _required(env, "SITE_URL", "the address of the portal, such as https://portal.example.eu").rstrip("/")
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.path:
        raise ImproperlyConfigured(f"SITE_URL is {url!r}. Write it like https://portal.example.eu, without a path.")
    return url


def var_dir(env: environ.Env, *, base: Path) -> Path:
    """`VAR_DIR`: where the portal keeps what it writes: queue, uploads, the built-in database."""
    return base / env.str("VAR_DIR", default="var")


def writable(folder: Path, *, or_set: str) -> Path:
    """The folder, made when it is missing; refused in a sentence when nothing can be written there.

    `or_set` names the variable that puts it elsewhere.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        raise ImproperlyConfigured(
            f"The folder {folder} cannot be written ({error.strerror}). "
            f"Give it to the user that runs the portal, or set {or_set}."
        ) from error
    return folder


def port(env: environ.Env) -> int:
    """`PORT`: where `make run` answers."""
    number: int = env.int("PORT", default=8000)
    if not 1 <= number <= 65535:
        raise ImproperlyConfigured(f"PORT is {number}. Choose a number from 1 to 65535.")
    return number


def languages(env: environ.Env, *, known: Mapping[str, Any]) -> list[tuple[str, Any]]:
    """`LANGUAGES`: the codes that this deployment offers, the first one its default."""
    codes: list[str] = env.list("LANGUAGES", default=list(known))
    unknown = [code for code in codes if code not in known]
    if unknown or not codes:
        raise ImproperlyConfigured(
            f"LANGUAGES is {','.join(codes)!r}. Choose from {', '.join(known)}; the first one is the default."
        )
    return [(code, known[code]) for code in codes]


def mail(env: environ.Env, *, demo: bool, folder: Path) -> dict[str, Any]:
    """Django's `EMAIL_*` settings from `EMAIL_URL`; the demo writes each mail to a file unless told otherwise.

    What Django calls its backend is `DELIVERY_BACKEND` here: only the outbox sends by it.
    """
    default = f"filemail:///{folder}" if demo else None
    if default is None:
        _required(
            env,
            "EMAIL_URL",
            "the mail server, such as smtp+tls://user:password@mail.example.eu:587",
        )
    try:
        config: dict[str, Any] = env.email_url("EMAIL_URL", default=default)
    except (ValueError, KeyError, ImproperlyConfigured) as error:
        raise ImproperlyConfigured(_UNREADABLE_EMAIL_URL) from error
    if config["EMAIL_BACKEND"].endswith("smtp.EmailBackend") and not config["EMAIL_HOST"]:
        raise ImproperlyConfigured(_UNREADABLE_EMAIL_URL)
    return {
        "DELIVERY_BACKEND": config.pop("EMAIL_BACKEND"),
        **{key: value for key, value in config.items() if key.startswith("EMAIL_")},
    }


def sender(env: environ.Env, *, host: str) -> str:
    """`DEFAULT_FROM_EMAIL`: one address, with or without a name in front, from which all mail comes."""
    written: str = env.str("DEFAULT_FROM_EMAIL", default=f"NCCSI <noreply@{host or 'localhost'}>")
    found = getaddresses([written])
    try:
        if len(found) != 1 or "\n" in written or "\r" in written:
            raise ValidationError("")
        # The demo's own default stands at localhost.
        EmailValidator(allowlist=["localhost", host])(found[0][1])
    except ValidationError as error:
        raise ImproperlyConfigured(
            f"DEFAULT_FROM_EMAIL is {written!r}, which is not one address. Write it like "
            '"ESF+ Vlaanderen, sociale innovatie" <noreply@portal.example.eu>, a name with commas in quotes.'
        ) from error
    return written


def log_level(env: environ.Env) -> str:
    """`LOG_LEVEL`: from which severity on a line is logged."""
    level: str = env.str("LOG_LEVEL", default="INFO").upper()
    if level not in _LOG_LEVELS:
        raise ImproperlyConfigured(f"LOG_LEVEL is {level!r}. Choose from {', '.join(_LOG_LEVELS)}.")
    return level


def redis_url(env: environ.Env, name: str) -> str:
    """`REDIS_URL` or `CACHE_URL`, with the number of its database; empty when there is no Redis."""
    url: str = env.str(name, default="")
    if url:
        parts = urlsplit(url)
        if parts.scheme not in {"redis", "rediss"} or not parts.hostname or not parts.path[1:].isdecimal():
            raise ImproperlyConfigured(f"{name} cannot be read. Write it with its database, like redis://host:6379/0")
    return url


def caches(env: environ.Env, *, broker: str) -> dict[str, dict[str, Any]]:
    """The cache lives in Redis when there is one, in another database than the broker; else in each process."""
    if not broker:
        return {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    location = redis_url(env, "CACHE_URL")
    if not location:
        base, _slash, number = broker.rpartition("/")
        location = f"{base}/{int(number) + 1}"
    return {
        "default": {
            "BACKEND": "nccsi.framework.redis_cache.ForgivingRedisCache",
            "LOCATION": location,
        }
    }


def broker_options(broker: str, *, folder: Path) -> dict[str, Any]:
    """Transport options of Celery's broker: Redis in deployments, a folder of files without it."""
    if broker:
        return {
            "visibility_timeout": 600,
            "unacked_restore_interval": 10,
            "unacked_restore_throttle": 1,
            "socket_timeout": 5,
            "socket_connect_timeout": 2,
        }
    for name in ("messages", "processed", "control"):
        writable(folder / name, or_set="REDIS_URL")
    return {
        # One folder for both directions: producer and consumer see the same files.
        "data_folder_in": str(folder / "messages"),
        "data_folder_out": str(folder / "messages"),
        "processed_folder": str(folder / "processed"),
        "control_folder": str(folder / "control"),
        "store_processed": False,
    }
