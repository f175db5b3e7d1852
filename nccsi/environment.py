"""Reads what the environment says into settings, and names the variable when it says something unusable."""

import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured


def read(env_file: Path) -> environ.Env:
    """The process's environment, completed with the lines of `.env`; a variable that is set wins over the file."""
    env = environ.Env()
    if env_file.exists():
        environ.Env.read_env(env_file, overwrite=False)
    return env


def _required(env: environ.Env, name: str, meaning: str) -> str:
    value: str = env.str(name, default="")
    if not value:
        raise ImproperlyConfigured(
            f"{name} is not set. It is {meaning}; see .env.example."
        )
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
            raise ImproperlyConfigured(
                "SECRET_KEY is shorter than 50 characters; take a longer random one."
            )
        return key
    if not keep_in.exists():
        keep_in.parent.mkdir(parents=True, exist_ok=True)
        keep_in.touch(mode=0o600)
        keep_in.write_text(secrets.token_urlsafe(50))
    return keep_in.read_text()


def site_url(env: environ.Env, *, demo: bool) -> str:
    """`SITE_URL`: scheme and host under which people reach the portal, without a path."""
    if demo and not env.str("SITE_URL", default=""):
        return f"http://localhost:{env.int('PORT', default=8000)}"
    url = _required(
        env, "SITE_URL", "the address of the portal, such as https://portal.example.eu"
    ).rstrip("/")
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.path:
        raise ImproperlyConfigured(
            f"SITE_URL is {url!r}. Write it like https://portal.example.eu, without a path."
        )
    return url


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
    """Django's `EMAIL_*` settings from `EMAIL_URL`; the demo writes each mail to a file unless told otherwise."""
    default = f"filemail:///{folder}" if demo else None
    if default is None:
        _required(
            env,
            "EMAIL_URL",
            "the mail server, such as smtp+tls://user:password@mail.example.eu:587",
        )
    config: dict[str, Any] = env.email_url("EMAIL_URL", default=default)
    return {key: value for key, value in config.items() if key.startswith("EMAIL_")}


def caches(env: environ.Env, *, redis_url: str) -> dict[str, dict[str, Any]]:
    """The cache lives in Redis when there is one, in another database than the broker; else in each process."""
    if not redis_url:
        return {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    location = env.str("CACHE_URL", default="")
    if not location:
        base, _slash, number = redis_url.rpartition("/")
        if not number.isdigit():
            raise ImproperlyConfigured(
                f"REDIS_URL is {redis_url!r}. Write it with its database, like redis://host:6379/0"
            )
        location = f"{base}/{int(number) + 1}"
    return {
        "default": {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": location,
            "OPTIONS": {"socket_timeout": 2, "socket_connect_timeout": 1},
        }
    }


def broker_options(redis_url: str, *, folder: Path) -> dict[str, Any]:
    """Transport options of Celery's broker: Redis in deployments, a folder of files without it."""
    if redis_url:
        return {
            "visibility_timeout": 600,
            "unacked_restore_interval": 10,
            "unacked_restore_throttle": 1,
            "socket_timeout": 5,
            "socket_connect_timeout": 2,
        }
    for name in ("messages", "processed", "control"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    return {
        # One folder for both directions: producer and consumer see the same files.
        "data_folder_in": str(folder / "messages"),
        "data_folder_out": str(folder / "messages"),
        "processed_folder": str(folder / "processed"),
        "control_folder": str(folder / "control"),
        "store_processed": False,
    }
