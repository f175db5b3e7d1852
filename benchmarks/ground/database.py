"""A database of its own for a benchmark, so that nothing of the demo is touched and nothing stays behind."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Self
from urllib.parse import urlsplit, urlunsplit

import psycopg

BASE_DIR = Path(__file__).resolve().parent.parent.parent


class Database:
    """An empty database beside the configured one, set up as every deployment is."""

    def __init__(self, *, keep: bool = False) -> None:
        self._beside = configured()
        parts = urlsplit(self._beside)
        self.name = f"{parts.path.strip('/') or 'nccsi'}_filled"
        self.url = urlunsplit(parts._replace(path=f"/{self.name}"))
        self._keep = keep

    def __enter__(self) -> Self:
        self._command(f'DROP DATABASE IF EXISTS "{self.name}" WITH (FORCE)')
        self._command(f'CREATE DATABASE "{self.name}"')
        self._run("manage.py", "migrate", "--no-input", quiet=True)
        self._run("manage.py", "setup", quiet=True)
        return self

    def __exit__(self, *_error: object) -> None:
        if self._keep:
            kept_up = "" if os.environ.get("DATABASE_URL") else " (its server runs as long as another `make run` does)"
            print(f"The database stays: DATABASE_URL='{self.url}'{kept_up}")
        else:
            self._command(f'DROP DATABASE IF EXISTS "{self.name}" WITH (FORCE)')

    def call(self, module: str, function: str, *arguments: str) -> None:
        """A function of ours in a process of its own, for which this database is the portal's."""
        program = f"import sys; from {module} import {function}; {function}(*sys.argv[1:])"
        self._run("-c", program, *arguments)

    def _run(self, *arguments: str, quiet: bool = False) -> None:
        env = os.environ | {"DATABASE_URL": self.url, "LOG_LEVEL": "ERROR"}
        output = subprocess.DEVNULL if quiet else None
        subprocess.run([sys.executable, *arguments], cwd=BASE_DIR, env=env, stdout=output, check=True)

    def _command(self, statement: str) -> None:
        with psycopg.connect(self._beside, autocommit=True) as connection:
            connection.execute(statement.encode())


def configured() -> str:
    """The address of the database that the portal uses here, the built-in one included."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "nccsi.settings")
    from django.conf import settings

    from nccsi.running.embedded import Server

    return os.environ.get("DATABASE_URL") or Server(settings.VAR_DIR / "postgres").url
