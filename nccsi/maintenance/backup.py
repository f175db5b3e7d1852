"""A copy of everything the portal holds: database, uploads, settings without secrets, and what proves them.

A copy is a folder (see `copies`). The database is read in one snapshot, by `pg_dump` and for its contents, so that
people may go on writing meanwhile.
"""

import json
import shutil
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection
from django.utils import timezone

from nccsi.health import heartbeat
from nccsi.maintenance import copies, database_programs, media_copy
from nccsi.maintenance.contents import one_moment, tables
from nccsi.maintenance.copies import NoBackup
from nccsi.maintenance.sealing import writing
from nccsi.maintenance.told_settings import told_settings
from nccsi.running.version import version


def back_up(folder: Path, *, public_key: str = "") -> dict[str, Any]:
    """Copy the portal into a new folder, which only this user may read; returns what the copy holds.

    With a public key of age all but the manifest is sealed for it. Raises NoBackup. Until it is whole it stands in
    `<folder>.part`, which goes where the run fails.
    """
    if folder.exists():
        raise NoBackup(f"{folder} is there already; name a folder that is not.")
    part = folder.with_name(f"{folder.name}.part")
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir(parents=True, mode=0o700)
    try:
        contents, made_at = _copy_into(part, public_key=public_key)
        part.rename(folder)
    except BaseException:  # also where somebody stops it: what is half would fill the disk
        shutil.rmtree(part, ignore_errors=True)
        raise
    heartbeat.note(heartbeat.BACKUP, at=made_at)
    return contents


def _copy_into(part: Path, *, public_key: str) -> tuple[dict[str, Any], datetime]:
    """All of it, with its manifest last; returns what the copy holds, and of which moment it is."""

    def place(name: str) -> Path:
        return copies.file_in(part, name, sealed=bool(public_key))

    made_at = timezone.now()
    with one_moment() as snapshot:
        with writing(place(copies.DATABASE), public_key=public_key) as file:
            database_programs.dump(file, snapshot=snapshot)
        contents: dict[str, Any] = {"tables": tables(), "migrations": _migrations()}
    # After the rows that name them: a file that came since does no harm, a file that is missing would.
    with writing(place(copies.MEDIA), public_key=public_key) as file:
        contents["media_files"] = media_copy.archive(file)
    for name, held in ((copies.CONTENTS, contents), (copies.SETTINGS, told_settings())):
        with writing(place(name), public_key=public_key) as file:
            file.write(json.dumps(held, indent=2).encode())
    facts = {"made_at": made_at.isoformat(), "version": version(), "site": settings.SITE_URL}
    copies.write_manifest(part, **facts, sealed=bool(public_key))
    return contents, made_at


def _migrations() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT app || '.' || name FROM django_migrations ORDER BY 1")
        return [name for (name,) in cursor.fetchall()]
