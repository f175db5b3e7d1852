"""Sends the portal's public forms over HTTP, as somebody whose page is open already."""

import http.client
import time
from dataclasses import dataclass
from urllib.parse import urlencode

from django.conf import settings
from django.core import signing

from accounts.public_forms.spam import SALT
from tests.faults.portal import Portal

_TOKEN = "c" * 32


@dataclass(frozen=True)
class Answer:
    """What came back; status 0 says that nothing did."""

    status: int
    location: str
    seconds: float
    text: str = ""


class Visitor:
    """One person with an address of their own, whose name is a number."""

    def __init__(self, portal: Portal, number: int) -> None:
        self._portal = portal
        self.number = number
        self.email = f"visitor{number}@example.org"

    def follow(self, topic: str = "news") -> Answer:
        """Ask for mails; the confirmation goes to the address."""
        fields = {"email": self.email, "language": "en", "consent": "on", "offsets": "24"}
        return self.post(f"/en/follow/?topic={topic}", fields)

    def sign_up(self, event: str) -> Answer:
        """Take a seat online, or wait for one."""
        fields = {"name": "A guest", "email": self.email, "wish": "online:waits"}
        return self.post(f"/en/events/{event}/sign-up/", fields)

    def write(self) -> Answer:
        """A message to the centre."""
        words = {"subject": f"Question {self.number}", "message": "What about it?"}
        return self.post("/en/contact/", {"name": "A guest", "email": self.email, **words})

    def make_account(self) -> Answer:
        """The code to confirm the address goes there."""
        password = "a-long-enough-secret-7"
        names = {"first_name": "A", "last_name": "Guest", "password1": password}
        return self.post("/accounts/signup/", {"email": self.email, **names})

    def sign_in(self, password: str) -> Answer:
        """With an address that has no account: refused, but answered."""
        return self.post("/accounts/login/", {"login": self.email, "password": password})

    def post(self, path: str, fields: dict[str, str]) -> Answer:
        """Send one form, with the stamp and the token that its page would have carried."""
        stamp = signing.dumps(int(time.time()) - 60, salt=SALT)
        body = urlencode({**fields, "rendered": stamp, "csrfmiddlewaretoken": _TOKEN})
        headers = {
            "Host": f"localhost:{self._portal.port}",
            "Content-Type": "application/x-www-form-urlencoded",
            "Cookie": f"{settings.CSRF_COOKIE_NAME}={_TOKEN}",
            "X-Forwarded-For": f"10.{self.number // 250}.{self.number % 250}.7",
            "X-Forwarded-Proto": "http",
        }
        started = time.monotonic()
        connection = http.client.HTTPConnection("127.0.0.1", self._portal.port, timeout=30)
        try:
            connection.request("POST", path, body, headers)
            answer = connection.getresponse()
            text = answer.read().decode(errors="replace")
            taken = time.monotonic() - started
            return Answer(answer.status, answer.getheader("Location", ""), taken, text)
        except (OSError, http.client.HTTPException) as error:
            return Answer(0, "", time.monotonic() - started, repr(error))
        finally:
            connection.close()
