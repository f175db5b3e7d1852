"""Runs PostgreSQL's own programs on the portal's database."""

import os
import re
import subprocess
from pathlib import Path
from typing import BinaryIO

from django.db import connection

from nccsi.maintenance.copies import NoBackup
from nccsi.running import embedded


def dump(to: BinaryIO, *, snapshot: str) -> None:
    """Write the database as it was in this snapshot, in PostgreSQL's custom format; raises NoBackup."""
    run("pg_dump", "--format=custom", f"--snapshot={snapshot}", write=to)


def bring_back(source: BinaryIO) -> None:
    """Fill the database with what `dump` wrote, all of it or nothing; raises NoBackup."""
    run("pg_restore", "--exit-on-error", "--single-transaction", read=source)


def run(name: str, *options: str, read: BinaryIO | None = None, write: BinaryIO | None = None) -> None:
    """Run one of PostgreSQL's client programs on the portal's database; raises NoBackup."""
    connection.ensure_connection()
    info = connection.connection.info
    program = _program(name, info.server_version // 10_000)
    done = subprocess.run(
        # The address is without its password, which others could read in the list of processes.
        [program, "--no-owner", "--no-privileges", *options, "--dbname", info.dsn],
        env=os.environ | ({"PGPASSWORD": info.password} if info.password else {}),
        stdin=read or subprocess.DEVNULL,
        stdout=write or subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        check=False,
    )
    if done.returncode:
        said = done.stderr.decode(errors="replace")
        reason = next((line for line in said.splitlines() if "error:" in line), said.strip()[-300:])
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
