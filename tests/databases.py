"""Databases that tests copy instead of making: migrating takes most of a minute, copying less than a second.

A template is made once for a fingerprint of what ends up in it, whichever test worker comes first, and is kept by the
server for the next run.
"""

import hashlib
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import cast
from urllib.parse import urlsplit, urlunsplit

import psycopg
from django.conf import settings
from django.db import connection
from django.db.backends.postgresql.base import DatabaseWrapper as PostgreSQL

from hub.content_memory import content_version
from nccsi.running.embedded import programs

BASE_DIR = Path(__file__).resolve().parent.parent
# What migrating reads, and what filling a portal reads besides.
_SCHEMA = (
    "*/migrations/*.py",
    "*/sql/**/*",
    "*/apps.py",
    "nccsi/caching/content_watch.py",
    "requirements/base.txt",
)
_CONTENT = ("*/**/*.py", "*/**/*.toml")
_NOT_THE_PORTAL = {"tests", "benchmarks", "docs", "var", "static", "templates", "locale", ".venv"}
_LOCK = 7_320_415
# So that going back and forth between branches makes none anew.
KEPT_BESIDE = 4


def address(server: str, name: str) -> str:
    """The address of another database of the same server."""
    return urlunsplit(urlsplit(server)._replace(path=f"/{name}"))


def migrated(server: str) -> str:
    """The name of a template with the schema as migrations leave it, and nothing else."""
    return _template(server, "migrated", _fingerprint(*_SCHEMA), based_on=None)


def with_demo(server: str) -> str:
    """The name of a template that is set up and has the demo's content."""
    return _template(server, "demo", _fingerprint(*_SCHEMA, *_CONTENT), based_on=migrated(server))


def copy(server: str, template: str, name: str) -> str:
    """Make a database as the template is, in place of one that has the name; returns its address."""
    with _connected(server) as maintenance:
        maintenance.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'.encode())
        # Copying files is twice as quick as writing them to the log, and asks for a checkpoint, which copies of
        # sequences need before a crash.
        maintenance.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}" STRATEGY FILE_COPY'.encode())
    return address(server, name)


def bring(template: str, *, source: str, target: str, name: str) -> None:
    """Make a template of one server a database of another, unless that has it already."""
    with _connected(target) as maintenance:
        known = "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s"
        if maintenance.execute(known, [name]).fetchone() == (template,):
            return
        maintenance.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'.encode())
        maintenance.execute(f'CREATE DATABASE "{name}"'.encode())
        pour(template, source=source, url=address(target, name))
        maintenance.execute(f"COMMENT ON DATABASE \"{name}\" IS '{template}'".encode())


def pour(template: str, *, source: str, url: str) -> None:
    """Fill an empty database of another server with what a template has."""
    (folder,), dump = programs(), ["--format=custom", "--compress=0", "--no-owner"]
    written = subprocess.run(
        [str(folder / "pg_dump"), *dump, address(source, template)], stdout=subprocess.PIPE, check=True
    )
    restore = [str(folder / "pg_restore"), "--no-owner", "--exit-on-error", f"--dbname={url}"]
    subprocess.run(restore, input=written.stdout, check=True)


def disconnect() -> None:
    """Leave the database that Django uses, with all connections that its pool keeps."""
    connection.close()
    cast(PostgreSQL, connection).close_pool()


def turn_to(name: str) -> None:
    """Let Django read and write another database of the same server."""
    disconnect()
    settings.DATABASES["default"]["NAME"] = connection.settings_dict["NAME"] = name
    content_version.forget()


@contextmanager
def instead(make: Callable[[str, str], object]) -> Iterator[None]:
    """Let Django use a database that `make` makes, given the server and a name; it is gone afterwards, and the former
    one is as it was.
    """
    server, own = os.environ["DATABASE_URL"], connection.settings_dict["NAME"]
    name = f"{own}_instead"
    disconnect()  # a database that is copied has nobody connected
    make(server, name)
    turn_to(name)
    try:
        yield
    finally:
        turn_to(own)
        drop(server, name)


def drop(server: str, name: str) -> None:
    """Remove a database, whoever still uses it."""
    with _connected(server) as maintenance:
        maintenance.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'.encode())


def _template(server: str, kind: str, fingerprint: str, *, based_on: str | None) -> str:
    name = f"template_{kind}_{fingerprint[:16]}"
    with _connected(server) as maintenance:
        maintenance.execute("SELECT pg_advisory_lock(%s)", [_LOCK])
        kept = "SELECT datname FROM pg_database WHERE datname LIKE %s ORDER BY oid DESC"
        names = [row[0] for row in maintenance.execute(kept, [f"template\\_{kind}\\_%"])]
        if name in names:
            return name
        unfinished = f"unfinished_{name}"
        maintenance.execute(f'DROP DATABASE IF EXISTS "{unfinished}" WITH (FORCE)'.encode())
        source = f'TEMPLATE "{based_on}" STRATEGY FILE_COPY' if based_on else ""
        maintenance.execute(f'CREATE DATABASE "{unfinished}" {source}'.encode())
        for command in ("setup", "demo") if based_on else ("migrate",):
            manage(address(server, unfinished), command)
        maintenance.execute(f'ALTER DATABASE "{unfinished}" RENAME TO "{name}"'.encode())
        for stale in names[KEPT_BESIDE:]:
            maintenance.execute(f'DROP DATABASE IF EXISTS "{stale}" WITH (FORCE)'.encode())
    return name


def manage(url: str, *arguments: str, env: dict[str, str] | None = None) -> str:
    """Run a management command against a database and return what it printed. Raises RuntimeError when it fails."""
    done = subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=BASE_DIR,
        env={**os.environ, "DEMO": "true", "EMAIL_URL": "", **(env or {}), "DATABASE_URL": url},
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"manage.py {arguments[0]} failed:\n{done.stdout[-2000:]}\n{done.stderr[-4000:]}")
    return done.stdout


def _fingerprint(*patterns: str) -> str:
    digest = hashlib.sha256()
    for path in sorted({path for pattern in patterns for path in BASE_DIR.glob(pattern) if path.is_file()}):
        place = path.relative_to(BASE_DIR)
        if place.parts[0] not in _NOT_THE_PORTAL and "__pycache__" not in place.parts:
            digest.update(str(place).encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


@contextmanager
def _connected(server: str) -> Iterator[psycopg.Connection]:
    with psycopg.connect(address(server, "postgres"), autocommit=True) as connection:
        yield connection
