"""A portal whose every process can be broken: a PostgreSQL and a Redis of its own, web, workers, beats."""

import http.client
import os
import signal
import socket
import subprocess
import sys
from contextlib import ExitStack, suppress
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit, urlunsplit

import psycopg

from nccsi.running.embedded import Server
from tests.browser.stack import Program, wait_for
from tests.environment import free_port, require

_PASSWORD = "Secret123"
CELERY = [sys.executable, "-m", "celery", "--quiet", "--app"]


def environment(**changed: str) -> dict[str, str]:
    """What all the portal's processes are told."""
    own = {
        "DEMO": "true",
        "STAFF_SECOND_FACTOR": "false",
        "TRUSTED_PROXY_COUNT": "1",
        "LOG_LEVEL": "INFO",
        "PYTHONUNBUFFERED": "1",
        "DJANGO_SETTINGS_MODULE": "nccsi.settings",
    }
    return {**os.environ, **own, **changed}


class Redis:
    """A broker and cache that is killed and frozen; what it was told survives."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._port = free_port()
        self.url = f"redis://:{_PASSWORD}@127.0.0.1:{self._port}/0"
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it, or start it again on the same port with what it had."""
        command = [require("redis"), "--bind", "127.0.0.1", "--port", str(self._port), "--dir", str(self._folder)]
        command += [
            "--requirepass",
            _PASSWORD,
            "--appendonly",
            "yes",
            "--save",
            "",
            "--maxmemory-policy",
            "noeviction",
            "--loglevel",
            "warning",
        ]
        self._process = subprocess.Popen(command, stdout=subprocess.DEVNULL, start_new_session=True)
        wait_for("Redis answers", self._answers, seconds=20)

    def kill(self) -> None:
        """End it as a crash would."""
        self.signal(signal.SIGKILL)
        if self._process:
            self._process.wait()

    def signal(self, number: signal.Signals) -> None:
        """Freeze it (SIGSTOP) or let it go on (SIGCONT)."""
        if self._process and self._process.poll() is None:
            self._process.send_signal(number)

    def _answers(self) -> bool:
        with suppress(OSError):
            socket.create_connection(("127.0.0.1", self._port), timeout=1).close()
            return True
        return False


class Portal:
    """A context manager that leaves nothing behind; which processes run is the test's choice."""

    def __init__(self, folder: Path, server: Server, template: str, *, smtp_port: int) -> None:
        self.folder = folder
        self.server = server
        self.port = free_port()
        self.redis = Redis(folder)
        self.programs: list[Program] = []
        self._smtp_port = smtp_port
        self._template = template
        self._started = ExitStack()
        parts = urlsplit(server.url)
        self.database = f"faults_{os.getpid()}"
        self.database_url = urlunsplit(parts._replace(path=f"/{self.database}"))

    def __enter__(self) -> Self:
        self._drop()
        self._maintain(f'CREATE DATABASE "{self.database}" TEMPLATE "{self._template}"')
        # A copied sequence is safe against a crash only from the next checkpoint on.
        self._maintain("CHECKPOINT")
        self._started.callback(self._drop)
        self.redis.start()
        self._started.callback(self.redis.kill)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._started.close()

    @property
    def env(self) -> dict[str, str]:
        return environment(
            SITE_URL=f"http://localhost:{self.port}",
            DATABASE_URL=self.database_url,
            REDIS_URL=self.redis.url,
            EMAIL_URL=f"smtp://127.0.0.1:{self._smtp_port}",
            MEDIA_ROOT=str(self.folder / "media"),
            ERASURES_ROOT=str(self.folder / "erasures"),
        )

    def start_web(self) -> Program:
        """The web process; returns when it answers."""
        web = [sys.executable, "-m", "granian", "--interface", "wsgi", "--workers", "1", "--blocking-threads", "4"]
        web += ["--no-ws", "--log-level", "warning", "--host", "127.0.0.1", "--port", str(self.port)]
        program = self._start("web", [*web, "nccsi.wsgi:application"])
        wait_for("The portal answers", lambda: self._answers(program), seconds=60)
        return program

    def start_worker(self) -> Program:
        """One more worker."""
        flags = ["worker", "--concurrency", "1", "--without-gossip", "--without-mingle"]
        return self._start("worker", [*CELERY, "nccsi.celery", *flags, "--hostname", f"w{len(self.programs)}@here"])

    def start_beat(self, app: str = "nccsi.celery") -> Program:
        """One more beat."""
        schedule = str(self.folder / f"schedule-{len(self.programs)}")
        return self._start("beat", [*CELERY, app, "beat", "--schedule", schedule, "--pidfile="])

    def kill(self, program: Program) -> None:
        """End a process and its children at once, as the kernel does when memory runs out."""
        if program.process.poll() is None:
            os.killpg(program.process.pid, signal.SIGKILL)
            program.process.wait()

    def query(self, statement: str, *values: object) -> list[tuple[object, ...]]:
        """Look into the database, or arrange something in it."""
        with psycopg.connect(self.database_url, autocommit=True) as connection:
            cursor = connection.execute(statement.encode(), values)
            return cursor.fetchall() if cursor.description else []

    def count(self, table: str, condition: str = "true", *values: object) -> int:
        """How many rows there are."""
        ((found,),) = self.query(f"SELECT count(*) FROM {table} WHERE {condition}", *values)
        return int(str(found))

    def logs(self) -> str:
        """The end of every process's log, for a failing test."""
        return "\n\n".join(f"--- {program.name}\n{program.tail(60)}" for program in self.programs)

    def _start(self, name: str, command: list[str], env: dict[str, str] | None = None) -> Program:
        program = Program(f"{name}-{len(self.programs)}", command, env or self.env, self.folder)
        self._started.enter_context(program)
        # Nobody waits for a worker's soft shutdown once the test is over.
        self._started.callback(self.kill, program)
        self.programs.append(program)
        return program

    def _answers(self, program: Program) -> bool:
        program.check()
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            connection.request("GET", "/health/", headers={"Host": f"localhost:{self.port}"})
            return connection.getresponse().status == 200
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()

    def _drop(self) -> None:
        self._maintain(f'DROP DATABASE IF EXISTS "{self.database}" WITH (FORCE)')

    def _maintain(self, statement: str) -> None:
        with psycopg.connect(self.server.url, autocommit=True) as connection:
            connection.execute(statement.encode())
