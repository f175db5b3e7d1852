"""The way back from a copy, into an empty database and an empty folder, proved by what the copy says of itself."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.db.migrations.loader import MigrationLoader

from nccsi.health.parts import pending_migrations
from nccsi.maintenance import after_restore, copies, database_programs, media_copy
from nccsi.maintenance.contents import different, one_moment, table_names, tables
from nccsi.maintenance.copies import NoBackup
from nccsi.maintenance.sealing import reading
from notifications.outbox import outbox


@dataclass(frozen=True)
class Restored:
    """What came back, and what was done to it."""

    rows: int
    tables: int
    media_files: int
    migrated: int
    set_aside: int
    steps: dict[str, int]


def restore(folder: Path, *, identity: Path | None = None, keep_mail: bool = False, unproved: bool = False) -> Restored:
    """Bring a copy back; with `keep_mail` what was due in its outbox leaves, also what has left since the copy.

    Raises NoBackup when database or folder are in use, when the copy is not as this portal wrote it or of a newer one,
    and when what stands in the database is not what was copied. `unproved` asks not who wrote it. A copy of an older
    portal is migrated.
    """
    sealed: bool = copies.read_manifest(folder, unproved=unproved)["sealed"]

    def place(name: str) -> Path:
        return copies.file_in(folder, name, sealed=sealed)

    with reading(place(copies.CONTENTS), identity=identity) as file:
        contents: dict[str, Any] = json.loads(file.read())
    _refuse_newer(contents["migrations"])
    _refuse_what_is_in_use()
    with reading(place(copies.DATABASE), identity=identity) as file:
        database_programs.bring_back(file)
    with reading(place(copies.MEDIA), identity=identity) as file:
        files = media_copy.extract(file)
    _compare(contents, files=files)
    return Restored(
        rows=sum(table["rows"] for table in contents["tables"].values()),
        tables=len(contents["tables"]),
        media_files=contents["media_files"],
        migrated=_migrate(),
        set_aside=0 if keep_mail else outbox.set_aside_due(),
        steps=after_restore.run(),
    )


def _refuse_newer(applied: list[str]) -> None:
    loader = MigrationLoader(None, ignore_no_migrations=True)
    known = {f"{app}.{name}" for app, name in loader.disk_migrations}
    unknown = [name for name in applied if name not in known and name.partition(".")[0] in loader.migrated_apps]
    if unknown:
        raise NoBackup(f"The copy is of a newer portal: this one does not know {', '.join(unknown)}. Take its code.")


def _refuse_what_is_in_use() -> None:
    if there := table_names():
        raise NoBackup(f"The database is not empty: it has {len(there)} tables. Make a new one and set DATABASE_URL.")
    if next(media_copy.names(), None):
        raise NoBackup(
            "The place for uploads is not empty. Move what is there away, or set MEDIA_ROOT to a new folder "
            "(MEDIA_STORAGE to a new bucket)."
        )


def _compare(contents: dict[str, Any], *, files: int) -> None:
    with one_moment():
        wrong = different(contents["tables"], tables())
    if wrong:
        raise NoBackup(f"What came back is not what was copied, in {', '.join(wrong)}. Do not use this database.")
    if files != contents["media_files"]:
        raise NoBackup(f"{files} uploads came back, of {contents['media_files']}.")


def _migrate() -> int:
    """Bring an older copy to this code; how many migrations that took."""
    pending = pending_migrations()
    if pending:
        call_command("migrate", interactive=False, verbosity=0)
    return pending
