"""A restore that is only tried: into a database and a folder of its own, which go again."""

import os
import secrets
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from django.apps import apps
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX, identify_hasher
from django.db import DatabaseError, connection

from nccsi.maintenance.copies import NoBackup
from nccsi.running.embedded import Server
from nccsi.running.environment import BASE_DIR

_MOST = 1_000
# What the portal writes to besides its database and its folder.
_NOTHING_ELSE = {"MEDIA_STORAGE": "", "REDIS_URL": "", "CACHE_URL": ""}


def drill(folder: Path, *, identity: Path | None = None, unproved: bool = False) -> str:
    """Restore this copy beside the portal, look through it, and drop it; returns what the restore said.

    The portal's database user must be allowed to create databases; uploads go to where TMPDIR says for the while.
    Another process does it, so that nothing of it can reach the running portal. Raises NoBackup.
    """
    command = [sys.executable, "manage.py", "restore", str(folder), "--read-all"]
    if identity:
        command += ["--identity", str(identity)]
    if unproved:
        command.append("--unproved")
    with _database() as url, tempfile.TemporaryDirectory(prefix="nccsi-drill-") as media:
        done = subprocess.run(
            command,
            cwd=BASE_DIR,
            env=os.environ | _NOTHING_ELSE | {"DATABASE_URL": url, "MEDIA_ROOT": media},
            capture_output=True,
            text=True,
            check=False,
        )
    if done.returncode:
        raise NoBackup(done.stderr.strip().removeprefix("CommandError: "))
    return done.stdout.strip()


@contextmanager
def _database() -> Iterator[str]:
    name = f"nccsi_drill_{secrets.token_hex(4)}"
    url = os.environ.get("DATABASE_URL") or Server(settings.VAR_DIR / "postgres").url
    try:
        with connection.cursor() as cursor:
            cursor.execute(f'CREATE DATABASE "{name}"')
    except DatabaseError as error:
        raise NoBackup(f"No database can be made for the drill ({error}). Give the portal's user CREATEDB.") from error
    try:
        yield urlunsplit(urlsplit(url)._replace(path=f"/{name}"))
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def read_all() -> str:
    """Read each model through Django, 1 000 rows at most, and see that each password can be checked; says how many.

    Raises NoBackup where a password is kept in a way that this portal does not know.
    """
    models = [model for model in apps.get_models(include_auto_created=True) if model._meta.managed]
    rows = sum(len(model._base_manager.order_by("-pk")[:_MOST]) for model in models)
    passwords = get_user_model()._default_manager.exclude(password__startswith=UNUSABLE_PASSWORD_PREFIX)
    kept = passwords.exclude(password="").values_list("password", flat=True)
    try:
        algorithms = sorted({str(identify_hasher(password).algorithm) for password in kept.iterator()})
    except ValueError as error:
        raise NoBackup(f"Somebody could not sign in any more: {error}") from error
    return f"{rows} rows of {len(models)} models read; passwords are kept as {', '.join(algorithms) or 'none'}"
