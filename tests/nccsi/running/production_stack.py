"""The portal as a deployment runs it, in processes of the tests' own: https, no demo, behind the shipped nginx."""

import datetime
import http.client
import os
import re
import ssl
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import Message
from http.cookies import Morsel, SimpleCookie
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from django.conf import settings
from django.db import connection

from tests.browser.stack import Program, wait_for
from tests.environment import BASE_DIR, free_port, require

HOST = "portal.example.eu"
SITE = f"https://{HOST}"


@dataclass
class Answer:
    """What came back, in the words of Django's own test client."""

    status_code: int
    raw: Message
    content: bytes
    set_cookies: list[Morsel[str]] = field(default_factory=list)

    @property
    def headers(self) -> dict[str, str]:
        """By their names as they are usually written."""
        return {"-".join(part.capitalize() for part in name.split("-")): value for name, value in self.raw.items()}

    def __getitem__(self, name: str) -> str:
        return self.raw[name] or ""


class Browser:
    """Asks one of the two doors for addresses of the portal and keeps cookies as a browser does."""

    def __init__(self, port: int, *, through_nginx: bool, pause: float = 0.0) -> None:
        self.port = port
        self.through_nginx = through_nginx
        self.pause = pause
        self.cookies: dict[str, str] = {}

    def request(
        self, method: str, path: str, body: bytes = b"", *, headers: dict[str, str] | None = None, host: str = HOST
    ) -> Answer:
        time.sleep(self.pause)
        own = {"Host": host}
        if not self.through_nginx:  # what nginx would say
            own |= {"X-Forwarded-Proto": "https", "X-Forwarded-For": "192.0.2.7"}
        if self.cookies:
            own["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        door = self._connection()
        try:
            door.request(method, path, body or None, own | (headers or {}))
            found = door.getresponse()
            content = found.read()
        finally:
            door.close()
        answer = Answer(found.status, found.headers, content)
        for line in found.headers.get_all("Set-Cookie") or []:
            for morsel in SimpleCookie(line).values():
                answer.set_cookies.append(morsel)
                self.cookies[morsel.key] = morsel.value
        return answer

    def get(self, path: str, headers: dict[str, str] | None = None) -> Answer:
        return self.request("GET", path, headers=headers)

    def _connection(self) -> http.client.HTTPConnection:
        if not self.through_nginx:
            return http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        trusting = ssl.create_default_context()
        trusting.check_hostname = False
        trusting.verify_mode = ssl.CERT_NONE  # the certificate is the test's own
        return http.client.HTTPSConnection("127.0.0.1", self.port, timeout=30, context=trusting)


def database_url() -> str:
    """Where the tests' database is."""
    return urlunsplit(urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{connection.settings_dict['NAME']}"))


def environment(folder: Path) -> dict[str, str]:
    """What a deployment sets, with the database that the tests have."""
    return os.environ | {
        "SITE_URL": SITE,
        "DEMO": "false",
        "STAFF_SECOND_FACTOR": "",
        "TRUSTED_PROXY_COUNT": "1",
        "LOG_LEVEL": "INFO",
        "DATABASE_URL": database_url(),
        "VAR_DIR": str(folder / "var"),
        "STATIC_ROOT": str(settings.STATIC_ROOT),
        "MEDIA_ROOT": str(settings.MEDIA_ROOT),
        "DJANGO_SETTINGS_MODULE": "nccsi.settings",
    }


@contextmanager
def portal(folder: Path) -> Iterator[tuple[Program, int]]:
    """The web process; yields it and its port."""
    port = free_port()
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--workers", "1", "--blocking-threads", "4"]
    command += ["--no-ws", "--access-log", "--host", "127.0.0.1", "--port", str(port), "nccsi.wsgi:application"]
    with Program("web", command, environment(folder), folder) as program:
        browser = Browser(port, through_nginx=False)

        def answers() -> bool:
            program.check()
            try:
                return browser.get("/health/").status_code == 200
            except OSError:
                return False

        wait_for("the portal answers", answers, seconds=60)
        yield program, port


@contextmanager
def nginx(folder: Path, *portal_ports: int, media: Path | None = None) -> Iterator[tuple[Path, int, int]]:
    """The shipped nginx in front of one or more; yields its log and its ports for http and https.

    `media`: the folder of uploads on its own machine, unless it is the one of the tests.
    """
    program = require("nginx")
    plain, secure = free_port(), free_port()
    shipped = (BASE_DIR / "deploy" / "nginx.conf").read_text()
    config = folder / "nginx.conf"
    shipped = _on_machines(shipped, portal_ports).replace("/srv/media/", f"{media or settings.MEDIA_ROOT}/")
    config.write_text(_placed(shipped, folder, plain=plain, secure=secure, program=program))
    _certificate(folder)
    # Where the tests run as root, the workers must be root, too, to read what the tests wrote.
    directives = "daemon off;" + (" user root;" if os.geteuid() == 0 else "")
    checked = subprocess.run([program, "-t", "-c", config, "-p", folder], capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stderr
    with Program("nginx", [program, "-c", str(config), "-p", str(folder), "-g", directives], dict(os.environ), folder):
        door = Browser(secure, through_nginx=True)

        def answers() -> bool:
            try:
                return door.get("/health/").status_code == 200
            except OSError:
                return False

        wait_for("nginx answers", answers, seconds=20)
        yield folder / "nginx.log", plain, secure


def _on_machines(text: str, ports: tuple[int, ...]) -> str:
    """With a line for each machine where the shipped file has one, in both upstreams."""
    shipped = "    server web:8000 max_fails=3 fail_timeout=5s;\n"
    assert text.count(shipped) == 2
    return text.replace(shipped, "".join(shipped.replace("web:8000", f"127.0.0.1:{port}") for port in ports))


def _placed(text: str, folder: Path, *, plain: int, secure: int, program: str) -> str:
    """The shipped configuration on other ports and in other folders; every replacement must find its place."""
    replaced = {
        "/tmp/nginx.pid": str(folder / "nginx.pid"),  # noqa: S108 - a place in the shipped file
        "/dev/stderr": str(folder / "nginx.log"),
        "/etc/nginx/certificates": str(folder),
        "/var/cache/nginx/pages": str(folder / "pages"),
        "listen 8080": f"listen 127.0.0.1:{plain}",
        "listen 8443": f"listen 127.0.0.1:{secure}",
    }
    if _version(program) < (1, 25, 1):
        # The older spelling of the same thing: before, HTTP/2 was an option of the line above.
        replaced |= {"    http2 on;\n": "", "ssl default_server;": "ssl http2 default_server;"}
    for shipped, here in replaced.items():
        assert shipped in text, shipped
        text = text.replace(shipped, here)
    places = "".join(
        f"  {kind}_temp_path {folder / kind};\n" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    return text.replace("http {\n", "http {\n" + places, 1)


def _version(program: str) -> tuple[int, ...]:
    said = subprocess.run([program, "-v"], capture_output=True, text=True, check=True).stderr
    found = re.search(r"nginx/(\d+)\.(\d+)\.(\d+)", said)
    assert found, said
    return tuple(int(part) for part in found.groups())


def _certificate(folder: Path) -> None:
    """One for the host, signed by itself, good for a day."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, HOST)])
    now = datetime.datetime.now(datetime.UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(hours=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(HOST)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    (folder / "fullchain.pem").write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    (folder / "privkey.pem").write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
