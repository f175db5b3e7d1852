"""Two machines: web and worker twice, each with folders and a port of its own, behind the shipped nginx.

They share PostgreSQL, Redis with a password, and S3-compatible storage; nothing else.
"""

import http.client
import os
import signal
import ssl
import sys
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

from nccsi.running.embedded import Server
from tests.browser.stack import Program, wait_for
from tests.environment import free_port
from tests.faults.portal import CELERY, Portal
from tests.nccsi.running import production_stack
from tests.nccsi.running.production_stack import HOST, SITE
from tests.object_store import ObjectStore

TOKEN = "c" * 32
# What a browser shows instead of a page: it is sent again.
BROKEN = {0, 502, 503, 504}
_TRUSTING = ssl.create_default_context()
_TRUSTING.check_hostname = False
_TRUSTING.verify_mode = ssl.CERT_NONE  # the certificate is the test's own


@dataclass
class Machine:
    """One of them: what runs on it, and where it keeps what is its own."""

    number: int
    folder: Path
    port: int = field(default_factory=free_port)
    web: Program | None = None
    worker: Program | None = None

    @property
    def media(self) -> Path:
        """Where uploads would lie that the others do not see."""
        return self.folder / "media"


class Nodes(Portal):
    """The database, Redis and mail server of `Portal`, and two machines upon them."""

    def __init__(self, folder: Path, server: Server, template: str, *, smtp_port: int, store: ObjectStore) -> None:
        super().__init__(folder, server, template, smtp_port=smtp_port)
        self.machines = [Machine(number, folder / f"machine-{number}") for number in (1, 2)]
        self.secure = 0
        self._store = store
        for machine in self.machines:
            machine.folder.mkdir()

    def start(self, machine: Machine) -> None:
        """Web and worker; returns when the web process answers."""
        self.start_worker_of(machine)
        self.start_web_of(machine)

    def start_web_of(self, machine: Machine) -> None:
        command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--workers", "1", "--blocking-threads", "4"]
        command += ["--no-ws", "--access-log", "--host", "127.0.0.1", "--port", str(machine.port)]
        machine.web = self._start("web", [*command, "nccsi.wsgi:application"], self.env_of(machine))
        wait_for("web answers", lambda: self.ask("GET", "/health/", of=machine).status == 200, seconds=90)

    def start_worker_of(self, machine: Machine) -> None:
        flags = ["worker", "--concurrency", "1", "--without-gossip", "--without-mingle"]
        command = [*CELERY, "nccsi.celery", *flags, "--hostname", f"w{len(self.programs)}@machine-{machine.number}"]
        machine.worker = self._start("worker", command, self.env_of(machine))

    def start_proxy(self) -> None:
        """The shipped nginx in front of both."""
        folder = self.folder / "proxy"
        folder.mkdir()
        ports = [machine.port for machine in self.machines]
        proxy = production_stack.nginx(folder, *ports, media=folder / "media")
        _log, _plain, self.secure = self._started.enter_context(proxy)

    def take_out(self, machine: Machine) -> None:
        """The proxy is told to ask this machine no more; what it has asked of it is answered."""
        self._tell_proxy(f":{machine.port} max_fails=3", f":{machine.port} down max_fails=3")

    def put_back(self, machine: Machine) -> None:
        """The proxy may ask it again."""
        self._tell_proxy(f":{machine.port} down max_fails=3", f":{machine.port} max_fails=3")

    def _tell_proxy(self, said: str, instead: str) -> None:
        folder = self.folder / "proxy"
        config = folder / "nginx.conf"
        text = config.read_text()
        assert text.count(said) == 2
        config.write_text(text.replace(said, instead))
        number = int((folder / "nginx.pid").read_text())
        before = _workers(number)
        os.kill(number, signal.SIGHUP)
        wait_for("the proxy knows it", lambda: not before & _workers(number), seconds=30)

    def lose(self, machine: Machine) -> None:
        """As when its power fails."""
        for program in (machine.web, machine.worker):
            assert program
            self.kill(program)

    def env_of(self, machine: Machine) -> dict[str, str]:
        """As a deployment sets it, and for both the same but the folders."""
        own = {"VAR_DIR": str(machine.folder / "var"), "MEDIA_ROOT": str(machine.media)}
        return (
            self.env
            | own
            | {
                "DEMO": "false",
                "SITE_URL": SITE,
                "STATIC_ROOT": str(production_stack.settings.STATIC_ROOT),
                "MEDIA_STORAGE": self._store.url,
                "ERASURES_ROOT": str(self.machines[0].folder.parent / "erasures"),
            }
        )

    def ask(
        self,
        method: str,
        path: str,
        *,
        of: Machine | None = None,
        cookie: str = "",
        fields: dict[str, str] | None = None,
        body: bytes = b"",
        address: int = 0,
    ) -> "Answer":
        """Ask the proxy, or one machine past it; `address` stands for the one that the visitor has."""
        here = f"127.{1 + address // 62_500}.{address // 250 % 250}.{1 + address % 250}"
        kind = "application/octet-stream" if body else "application/x-www-form-urlencoded"
        headers = {"Host": HOST, "Origin": SITE, "Content-Type": kind, "Accept-Language": "en"}
        headers["Cookie"] = f"__Host-csrftoken={TOKEN}; {cookie}"
        door: http.client.HTTPConnection
        if of:
            headers |= {"X-Forwarded-Proto": "https", "X-Forwarded-For": here}
            door = http.client.HTTPConnection("127.0.0.1", of.port, timeout=30)
        else:
            door = http.client.HTTPSConnection(
                "127.0.0.1", self.secure, timeout=30, context=_TRUSTING, source_address=(here, 0)
            )
        if body:
            headers["X-CSRFToken"] = TOKEN
        form = urlencode({**(fields or {}), "csrfmiddlewaretoken": TOKEN}).encode()
        try:
            door.request(method, path, (body or form) if method == "POST" else None, headers)
            answer = door.getresponse()
            return Answer(answer.status, answer.read(), answer.headers)
        except (OSError, http.client.HTTPException):
            return Answer(0, b"", http.client.HTTPMessage())
        finally:
            door.close()


@dataclass
class Answer:
    """What came back; status 0 says that nothing did."""

    status: int
    content: bytes
    headers: http.client.HTTPMessage


def _workers(proxy: int) -> set[str]:
    """The processes that answer for nginx now."""
    return set(Path(f"/proc/{proxy}/task/{proxy}/children").read_text().split())
