"""The portal as it runs in a deployment, for one round of browser tests: a database of its own, web, worker, beat."""

import http.client
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self, TypeVar

import psycopg

from tests import databases
from tests.environment import free_port

BASE_DIR = Path(__file__).resolve().parent.parent.parent
PATIENCE = 90.0
_SECRET = "only-for-the-browser-tests-" * 3

T = TypeVar("T")


class DidNotHappenError(AssertionError):
    """Something that was waited for stayed away."""


def wait_for(what: str, look: Callable[[], T | None], *, seconds: float = PATIENCE) -> T:
    """Look again and again until there is something to see."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        found = look()
        if found:
            return found
        time.sleep(0.2)
    raise DidNotHappenError(f"{what}: not within {seconds:.0f} s")


class Database:
    """A database with the demo's content that exists as long as the tests run."""

    def __init__(self, server: str) -> None:
        self._server = server
        self._name = f"browser_{os.getpid()}"
        self.url = databases.address(server, self._name)

    def __enter__(self) -> Self:
        databases.copy(self._server, databases.with_demo(self._server), self._name)
        return self

    def __exit__(self, *_error: object) -> None:
        databases.drop(self._server, self._name)


class Program:
    """One process of the stack; what it says is kept in a file."""

    def __init__(self, name: str, command: list[str], env: Mapping[str, str], folder: Path) -> None:
        self.name = name
        self.log = folder / f"{name}.log"
        self._file = self.log.open("wb")
        self.process = subprocess.Popen(
            command,
            cwd=BASE_DIR,
            env=dict(env),
            stdin=subprocess.DEVNULL,
            stdout=self._file,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.process.terminate()
        try:
            self.process.wait(15)
        except subprocess.TimeoutExpired:
            pass
        finally:
            self._kill_group()
            self.process.wait()
            self._file.close()

    def _kill_group(self) -> None:
        try:
            os.killpg(self.process.pid, 9)
        except ProcessLookupError:
            return

    def check(self) -> None:
        """Say what went wrong when the process has ended by itself."""
        if self.process.poll() is not None:
            raise DidNotHappenError(f"{self.name} ended with {self.process.returncode}:\n{self.tail()}")

    def tail(self, lines: int = 40) -> str:
        """The last of what it wrote."""
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-lines:])


class Stack:
    """All processes, wired together; a context manager that leaves nothing behind."""

    def __init__(self, folder: Path, *, redis_url: str, smtp_port: int) -> None:
        self.folder = folder
        self.port = free_port()
        self.url = f"http://localhost:{self.port}"
        self.redis_url = redis_url
        self.smtp_port = smtp_port
        self.programs: list[Program] = []
        self._database = Database(os.environ["DATABASE_URL"])
        self._everything = ExitStack()
        self._insider: subprocess.Popen[str] | None = None

    def __enter__(self) -> Self:
        with ExitStack() as started:
            started.enter_context(self._database)
            self._prepare()
            self._start_portal(started)
            self._everything = started.pop_all()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._everything.close()

    @property
    def env(self) -> dict[str, str]:
        """What the portal's processes are told: demo content, but real Redis and real SMTP."""
        own = {
            "DEMO": "true",
            "SECRET_KEY": _SECRET,
            "SITE_URL": self.url,
            "ALLOWED_HOSTS": "",
            "DATABASE_URL": self._database.url,
            "REDIS_URL": self.redis_url,
            "CACHE_URL": "",
            "EMAIL_URL": f"smtp://127.0.0.1:{self.smtp_port}",
            "DEFAULT_FROM_EMAIL": "NCCSI <noreply@example.org>",
            "MEDIA_ROOT": str(self.folder / "media"),
            "ERASURES_ROOT": str(self.folder / "erasures"),
            "STAFF_SECOND_FACTOR": "false",
            "TRUSTED_PROXY_COUNT": "0",
            "LANGUAGES": "",
            "LOG_LEVEL": "INFO",
            "PYTHONUNBUFFERED": "1",
            "DJANGO_SETTINGS_MODULE": "nccsi.settings",
        }
        return {**os.environ, **own}

    def in_django(self, code: str) -> str:
        """Arrange facts as staff would have left them: runs Python with Django loaded, returns what it printed.

        Raises RuntimeError when it fails.
        """
        if self._insider is None:
            self._insider = self._everything.enter_context(self._loaded_django())
        assert self._insider.stdin
        assert self._insider.stdout
        self._insider.stdin.write(json.dumps(code) + "\n")
        self._insider.stdin.flush()
        answer = json.loads(self._insider.stdout.readline())
        if not answer["ended_well"]:
            raise RuntimeError(answer["said"][-4000:])
        return str(answer["said"]).strip()

    def query(self, statement: str, *values: object) -> list[tuple[object, ...]]:
        """Look into the database."""
        with psycopg.connect(self._database.url, autocommit=True) as connection:
            cursor = connection.execute(statement.encode(), values)
            return cursor.fetchall() if cursor.description else []

    def logs(self) -> str:
        """The end of every process's log, for a failing test."""
        return "\n\n".join(f"--- {program.name}\n{program.tail()}" for program in self.programs)

    def check(self) -> None:
        """All processes are still alive."""
        for program in self.programs:
            program.check()

    @contextmanager
    def _loaded_django(self) -> Iterator[subprocess.Popen[str]]:
        serve = "from tests.browser import insider; insider.serve()"
        command = [sys.executable, "manage.py", "shell", "--no-imports", "-c", serve]
        pipe = subprocess.PIPE
        with subprocess.Popen(command, cwd=BASE_DIR, env=self.env, stdin=pipe, stdout=pipe, text=True) as process:
            yield process  # it ends with its input

    def _prepare(self) -> None:
        """The template was set up for another port."""
        self.query("UPDATE wagtailcore_site SET port = %s", self.port)

    def _start_portal(self, started: ExitStack) -> None:
        python = sys.executable
        web = [python, "-m", "granian", "--interface", "wsgi", "--workers", "2", "--blocking-threads", "2", "--no-ws"]
        web += ["--log-level", "warning", "--host", "127.0.0.1", "--port", str(self.port), "nccsi.wsgi:application"]
        celery = [python, "-m", "celery", "--quiet", "--app", "tests.browser.brisk"]
        granian = self._start(started, "web", web)
        worker = ["worker", "--concurrency", "1", "--without-gossip", "--without-mingle"]
        self._start(started, "worker", [*celery, *worker])
        schedule = str(self.folder / "beat-schedule")
        self._start(started, "beat", [*celery, "beat", "--schedule", schedule, "--pidfile="])
        wait_for("The portal answers", lambda: self._answers(granian), seconds=60)

    def _start(self, started: ExitStack, name: str, command: list[str]) -> Program:
        program = started.enter_context(Program(name, command, self.env, self.folder))
        self.programs.append(program)
        return program

    def _answers(self, program: Program) -> bool:
        program.check()
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            connection.request("GET", "/en/", headers={"Host": f"localhost:{self.port}"})
            status = connection.getresponse().status
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()
        if status >= 500:
            raise DidNotHappenError(f"The home page answers {status}:\n{program.tail()}")
        return status == 200
