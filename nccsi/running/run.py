"""`make run`: from an installed environment to a running portal, and back to nothing on Ctrl-C."""

import os
import signal
import socket
import sys
import time
from collections import defaultdict, deque
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
from django.core.exceptions import ImproperlyConfigured

from nccsi.demo.logins import LOGINS, PASSWORD
from nccsi.running import embedded, environment
from nccsi.running.environment import BASE_DIR
from nccsi.running.prepare import phase
from nccsi.running.probe import answers
from nccsi.running.processes import Child, Group, Stopped

_SECONDS_TO_ANSWER = 60
# More ends than this within so many seconds, and starting again helps nobody.
_ENDS = 5
_WITHIN = 60.0


class CannotStart(Exception):  # noqa: N818
    """One sentence for the person at the terminal."""


class Gone(Exception):  # noqa: N818
    """The same, for a portal that had started."""


class Ends:
    """Counts how often something ended of late."""

    def __init__(self) -> None:
        self._moments: dict[str, deque[float]] = defaultdict(deque)

    def too_many(self, name: str) -> bool:
        """Count one more; whether that was one too many."""
        moments = self._moments[name]
        moments.append(time.monotonic())
        while moments[0] < time.monotonic() - _WITHIN:
            moments.popleft()
        return len(moments) > _ENDS


class Portal:
    """The running portal: database, web server, worker, beat."""

    def __init__(self, env: environment.Environment) -> None:
        self.env = env
        self.var_dir = environment.var_dir(env, base=BASE_DIR)
        self.host: str = env.str("HOST", default="127.0.0.1")
        self.port = environment.port(env)
        self.demo = env.bool("DEMO")
        self.redis: str = environment.redis_url(env, "REDIS_URL")
        self.database_url: str = env.str("DATABASE_URL", default="")
        self.site_url: str = env.str("SITE_URL", default="") or f"http://localhost:{self.port}"
        self.server = None if self.database_url else embedded.Server(self.var_dir / "postgres")
        self.group = Group()
        self.started = self.serving = time.monotonic()
        self.ask_again = self.look_again = 0.0
        self.answered = False
        self.ends = Ends()

    def run(self) -> int:
        """Start everything, stay until it ends, stop everything; returns the exit code."""
        check_port(self.host, self.port)
        self._check_folders()
        try:
            phase("Starting PostgreSQL" if self.server else "Looking for the database", self._database)
            os.environ.update(self._child_env())
            os.environ["DJANGO_SETTINGS_MODULE"] = "nccsi.settings"
            environment.require_settings()
            # Nothing is lost that the next start would not do again, so it need not wait for the disk.
            quietly = {"LOG_LEVEL": "WARNING", "PGOPTIONS": "-c synchronous_commit=off" if self.server else ""}
            if self.group.run([sys.executable, "-m", "nccsi.running.prepare"], self._child_env() | quietly):
                raise CannotStart("The preparation failed; what is written above says where.")
            self._start()
            while ended := self.group.follow(self._each_turn):
                self._start_again(ended)
        except Stopped:
            pass
        finally:
            self._stop()
        return 0

    def _each_turn(self) -> None:
        self._announce()
        self._look_after_database()

    def _start_again(self, ended: Child) -> None:
        """Replace a program that ended by itself or was killed, unless it never came up or does so all the time."""
        how = exit_in_words(ended.process.returncode)
        if not self.answered:
            raise CannotStart(f"The {ended.name} process ended by itself ({how}); what it wrote stands above.")
        if self.ends.too_many(ended.name):
            raise Gone(
                f"The {ended.name} process ended {_ENDS + 1} times within {_WITHIN:.0f} s, the last time with {how}; "
                "what it wrote stands above."
            )
        print(f"  The {ended.name} process ended by itself ({how}) and is started again.", flush=True)
        self.group.replace(ended)

    def _look_after_database(self) -> None:
        """Start the built-in server again when somebody killed it: every page waits for it."""
        if self.server is None or time.monotonic() < self.look_again:
            return
        self.look_again = time.monotonic() + 1
        if self.server.listens():
            return
        if self.ends.too_many("database"):
            raise Gone(f"PostgreSQL ended {_ENDS + 1} times within {_WITHIN:.0f} s; its log may say why.")
        print("  PostgreSQL ended and is started again.", flush=True)
        try:
            self.server.revive()
        except embedded.DatabaseUnavailable as error:
            raise Gone(str(error)) from error

    def _check_folders(self) -> None:
        """Refuse folders that cannot be written, before anything is started."""
        var = environment.writable(self.var_dir, or_set="VAR_DIR")
        for variable, name in (("MEDIA_ROOT", "media"), ("STATIC_ROOT", "static")):
            environment.writable(Path(self.env.str(variable, default=str(var / name))), or_set=variable)
        if self.demo and not self.env.str("EMAIL_URL", default=""):
            environment.writable(var / "mail", or_set="EMAIL_URL")
        if not self.redis:
            environment.writable(var / "queue", or_set="REDIS_URL")

    def _stop(self) -> None:
        if self.group.children:
            print("\n  Stopping …", flush=True)
        self.group.stop()
        if self.server:
            self.server.release()

    def _database(self) -> None:
        if self.server:
            self.database_url = self.server.acquire()
        else:
            check_database(self.database_url)

    def _child_env(self) -> dict[str, str]:
        # The children get the address, so that only this process holds the built-in server.
        return {
            **os.environ,
            "DATABASE_URL": self.database_url,
            "DEMO": "true" if self.demo else "false",
            "PYTHONUNBUFFERED": "1",
        }

    def _start(self) -> None:
        self.serving = time.monotonic()
        env = self._child_env()
        python = sys.executable
        web = ["-m", "granian", "--interface", "wsgi", "--workers", "2", "--blocking-threads", "4", "--no-ws"]
        web += ["--respawn-failed-workers", "--log-level", "warning", "--host", self.host, "--port", str(self.port)]
        web.append("nccsi.wsgi:application")
        self.group.start("web", [python, *web], env)
        # In the demo the worker may run as root: it accepts JSON only, so the warning about that says nothing.
        celery = [python, "-W", "ignore:You're running", "-m", "celery", "--quiet", "--app", "nccsi.celery"]
        quietly = env | {"LOG_LEVEL": os.environ.get("LOG_LEVEL") or "WARNING"}
        worker = ["worker", "--concurrency", "2", "--without-gossip", "--without-mingle", "--without-heartbeat"]
        self.group.start("worker", [*celery, *worker], quietly)
        self.group.start("beat", [*celery, "beat"], quietly)

    def _announce(self) -> None:
        """Say once where the portal is, as soon as it answers."""
        if self.answered or time.monotonic() < self.ask_again:
            return
        self.ask_again = time.monotonic() + 0.5
        waited = time.monotonic() - self.serving
        if answers(self.host, self.port, name=urlsplit(self.site_url).netloc):
            self.answered = True
            print(f"\n  NCCSI is ready after {time.monotonic() - self.started:.0f} s: {self.site_url}/", flush=True)
            if self.demo:
                print(f"  Sign in as {', '.join(LOGINS[:-1])} or {LOGINS[-1]}")
                print(f"  with the password {PASSWORD}; the admin is at {self.site_url}/admin/")
                if not self.env.str("EMAIL_URL", default=""):
                    print(f"  Its mails are sent to nobody: read them in {self.var_dir / 'mail'}/")
            print("  Ctrl-C stops everything.\n", flush=True)
        elif waited > _SECONDS_TO_ANSWER:
            raise CannotStart(f"The portal does not answer on port {self.port} after {_SECONDS_TO_ANSWER} s.")


def check_port(host: str, port: int) -> None:
    """Refuse a port that cannot be listened on, before anything is started."""
    try:
        family, kind, protocol, _name, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    except socket.gaierror as error:
        raise CannotStart(
            f"HOST is {host!r}, which is no address of this machine; leave it out or try 0.0.0.0."
        ) from error
    with socket.socket(family, kind, protocol) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(address)
            probe.listen()
        except PermissionError as error:
            raise CannotStart(f"Port {port} is not allowed to you; choose another: make run PORT=8000") from error
        except OSError as error:
            raise CannotStart(
                f"Port {port} on {host} is taken ({error.strerror}); stop what uses it, "
                f"or choose another: make run PORT={port + 1 if port < 65535 else 8000}"
            ) from error


def exit_in_words(code: int) -> str:
    """The end of a program as a person says it."""
    return f"exit code {code}" if code >= 0 else f"killed by {signal.Signals(-code).name}"


def check_database(url: str) -> None:
    """Refuse a database that does not answer within a few seconds."""
    try:
        psycopg.connect(url, connect_timeout=5).close()
    except psycopg.Error as error:
        reason = str(error).strip().splitlines()[-1]
        raise CannotStart(f"The database of DATABASE_URL does not answer: {reason}") from error


def main() -> None:
    """Run the portal, as a demo unless `DEMO=false` is set; ends with one sentence when it cannot start."""
    os.chdir(BASE_DIR)
    try:
        env = environment.read(BASE_DIR / ".env")
        os.environ["DEMO"] = os.environ.get("DEMO") or "true"
        sys.exit(Portal(env).run())
    except (CannotStart, ImproperlyConfigured) as error:
        sys.exit(f"NCCSI cannot start: {error}")
    except Gone as error:
        sys.exit(f"NCCSI stopped: {error}")


if __name__ == "__main__":
    main()
