"""A copy of everything the portal holds, and the way back: database, uploads, and a manifest that proves both.

A copy is a folder: `database.dump` (PostgreSQL's custom format), `media.tar`, `manifest.json`. The database is read in
one snapshot, by `pg_dump` and for the manifest, so that people may go on writing meanwhile.
"""

import hashlib
import json
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from nccsi.maintenance import media_copy
from nccsi.running import embedded

DATABASE, MEDIA, MANIFEST = "database.dump", "media.tar", "manifest.json"
_FORMAT = 1
# How values are written as text, and so their hash, must not depend on who asks.
_SETTINGS = {
    "timezone": "UTC",
    "datestyle": "ISO, YMD",
    "intervalstyle": "iso_8601",
    "extra_float_digits": "1",
    "bytea_output": "hex",
}
_TABLES = """
    SELECT format('%I.%I', schemaname, tablename) FROM pg_tables
    WHERE schemaname NOT IN ('pg_catalog', 'information_schema') ORDER BY 1
"""
_CONTENT = """
    SELECT count(*), encode(sha256(convert_to(coalesce(string_agg(line, '' ORDER BY line), ''), 'UTF8')), 'hex')
    FROM (SELECT md5(t::text) AS line FROM {table} AS t) AS lines
"""


class NoBackup(Exception):  # noqa: N818 - a sentence for the person at the terminal
    """What stands in the way, and what to do."""


def dump(folder: Path) -> dict[str, Any]:
    """Copy the portal into a new folder, which only this user may read; returns the manifest.

    Raises NoBackup. What was begun and not finished stands in `<folder>.part`.
    """
    if folder.exists():
        raise NoBackup(f"{folder} is there already; name a folder that is not.")
    part = folder.with_name(f"{folder.name}.part")
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir(parents=True, mode=0o700)
    with _one_moment() as snapshot:
        _run("pg_dump", "--format=custom", f"--snapshot={snapshot}", file=part / DATABASE)
        manifest = {
            "format": _FORMAT,
            "made_at": timezone.now().isoformat(),
            "tables": _tables(),
        }
    # After the rows that name them: a file that came since does no harm, a file that is missing would.
    manifest["media_files"] = media_copy.archive(part / MEDIA)
    manifest["sha256"] = {name: _digest(part / name) for name in (DATABASE, MEDIA)}
    (part / MANIFEST).write_text(json.dumps(manifest, indent=2))
    part.rename(folder)
    return manifest


def restore(folder: Path) -> dict[str, Any]:
    """Bring a copy back into an empty database and an empty place for uploads; returns the manifest.

    Raises NoBackup when either is in use, when a file of the copy is not as it was written, and when what stands in
    the database afterwards is not what was copied.
    """
    manifest = _read(folder)
    if tables := _tables_there():
        raise NoBackup(f"The database is not empty: it has {len(tables)} tables. Make a new one and set DATABASE_URL.")
    if next(media_copy.names(), None):
        raise NoBackup(
            "The place for uploads is not empty. Move what is there away, or set MEDIA_ROOT to a new folder "
            "(MEDIA_STORAGE to a new bucket)."
        )
    _run("pg_restore", "--exit-on-error", "--single-transaction", file=folder / DATABASE)
    files = media_copy.extract(folder / MEDIA)
    with _one_moment():
        there = _tables()
    names = manifest["tables"].keys() | there.keys()
    different = sorted(name for name in names if manifest["tables"].get(name) != there.get(name))
    if different:
        raise NoBackup(f"What came back is not what was copied, in {', '.join(different)}. Do not use this database.")
    if files != manifest["media_files"]:
        raise NoBackup(f"{files} uploads came back, of {manifest['media_files']}.")
    return manifest


def _read(folder: Path) -> dict[str, Any]:
    try:
        manifest: dict[str, Any] = json.loads((folder / MANIFEST).read_text())
    except (OSError, ValueError) as error:
        raise NoBackup(f"{folder} is no copy of a portal: its {MANIFEST} cannot be read.") from error
    if manifest.get("format") != _FORMAT:
        raise NoBackup(f"{folder} was made by another version of the portal; restore it with that one.")
    for name, digest in manifest["sha256"].items():
        if not (folder / name).exists() or _digest(folder / name) != digest:
            raise NoBackup(f"{folder / name} is missing or not as it was written. Take another copy.")
    return manifest


@contextmanager
def _one_moment() -> Iterator[str]:
    """Everything that is asked inside is as it was at one moment; other programs see it, too, by the name given."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        for name, value in _SETTINGS.items():
            cursor.execute("SELECT set_config(%s, %s, true)", [name, value])
        cursor.execute("SELECT pg_export_snapshot()")
        yield cursor.fetchone()[0]


def _tables_there() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(_TABLES)
        return [name for (name,) in cursor.fetchall()]


def _tables() -> dict[str, dict[str, Any]]:
    """The number of rows of each table and a hash of them, whatever their order."""
    found = {}
    with connection.cursor() as cursor:
        for name in _tables_there():
            cursor.execute(_CONTENT.format(table=name))
            rows, digest = cursor.fetchone()
            found[name] = {"rows": rows, "sha256": digest}
    return found


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _run(name: str, *options: str, file: Path) -> None:
    """Run one of PostgreSQL's programs on the portal's database."""
    connection.ensure_connection()
    info = connection.connection.info
    program = _program(name, info.server_version // 10_000)
    place = ["--file", file] if name == "pg_dump" else [file]
    done = subprocess.run(
        # The address is without its password, which others could read in the list of processes.
        [program, "--no-owner", "--no-privileges", *options, "--dbname", info.dsn, *place],
        env=os.environ | ({"PGPASSWORD": info.password} if info.password else {}),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        reason = next((line for line in done.stderr.splitlines() if "error:" in line), done.stderr.strip()[-300:])
        raise NoBackup(f"{name} failed: {reason}")


def _program(name: str, server: int) -> Path:
    """The oldest one at hand that is not older than the server: it writes what that server reads again."""
    folders = [Path(folder) for folder in os.get_exec_path()]
    folders += [*Path("/usr/lib/postgresql").glob("*/bin"), *embedded.programs()]
    versions = {version: path for folder in folders if (version := _version(path := folder / name))}
    fitting = [version for version in versions if version >= server]
    if not fitting:
        raise NoBackup(f"There is no {name} of version {server} or newer; install PostgreSQL's client programs.")
    return versions[min(fitting)]


def _version(program: Path) -> int:
    """0 when it is not there or does not run."""
    try:
        said = subprocess.run([program, "--version"], capture_output=True, text=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError):
        return 0
    found = re.search(r"\) (\d+)", said)
    return int(found[1]) if found else 0
