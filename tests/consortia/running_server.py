"""The portal as a running server on the database of the tests, and what is asked of it around a deadline."""

import http.client
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

from django.conf import settings
from django.db import connection

from accounts.users.models import User
from tests import databases
from tests.browser.stack import Program, wait_for
from tests.environment import free_port
from tests.faults.portal import environment
from tests.personas import signed_in

TOKEN = "c" * 32
FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True)
class Answer:
    status: int
    location: str
    text: str


def cookie_of(person: User) -> str:
    """A session of this person, with the token that its forms carry."""
    session = signed_in(person).cookies[settings.SESSION_COOKIE_NAME].value
    return f"{settings.SESSION_COOKIE_NAME}={session}; {settings.CSRF_COOKIE_NAME}={TOKEN}"


@contextmanager
def web(folder: Path, *, wrong_by: int = 0, **settings_of_it: str) -> Iterator[int]:
    """Two workers on the database of the tests."""
    port = free_port()
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--workers", "2", "--blocking-threads", "4"]
    command += ["--no-ws", "--log-level", "warning", "--port", str(port)]
    url = databases.address(os.environ["DATABASE_URL"], str(connection.settings_dict["NAME"]))
    told = {"SITE_URL": f"http://localhost:{port}", "DATABASE_URL": url, "LOG_LEVEL": "ERROR", "REDIS_URL": ""}
    env = environment(**told, WRONG_BY=str(wrong_by), **settings_of_it)
    with Program("web", [*command, "tests.consortia.declaration.wrong_clock:application"], env, folder) as program:

        def answers() -> bool:
            program.check()
            return ask(port, "GET", "/health/").status == 200

        wait_for("The server answers", answers, seconds=60)
        yield port


def ask(
    port: int,
    method: str,
    path: str,
    *,
    cookie: str = "",
    fields: dict[str, str] | None = None,
    body: bytes = b"",
    kind: str = FORM,
) -> Answer:
    """The fields of a form, or a body that is ready, of this kind."""
    door = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    headers = {"Host": f"localhost:{port}", "Cookie": cookie, "Content-Type": kind}
    headers |= {"X-Forwarded-For": "10.0.0.7", "X-Forwarded-Proto": "http"}
    try:
        door.request(method, path, body or urlencode(fields or {}), headers)
        answer = door.getresponse()
        return Answer(answer.status, answer.getheader("Location", ""), answer.read().decode())
    except (OSError, http.client.HTTPException) as error:
        return Answer(0, "", repr(error))
    finally:
        door.close()
