"""People who sign up and send files through the proxy, and whose browsers send the same again when nobody answers."""

import json
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID, uuid4

from django.core import signing
from django.utils import timezone, translation

from accounts.public_forms.spam import SALT
from accounts.users.models import User
from consortia.consortium.models import Consortium, Member
from consortia.sign_off import versions
from partners.organisations.models import Membership
from tests.consortia.partnering import address
from tests.consortia.running_server import cookie_of
from tests.factories.accounts import UserFactory
from tests.factories.partners import OrganisationFactory, public_call
from tests.faults.nodes import BROKEN, Answer, Nodes

_PATIENCE = 60.0
_PAUSE = 0.3


@dataclass(frozen=True)
class Sender:
    """Somebody who is signed in and leads a consortium."""

    consortium: UUID
    cookie: str


def senders(number: int) -> list[Sender]:
    """So many, each with a consortium of their own."""
    call = public_call(due_at=timezone.now() + timedelta(days=30))
    return [_sender(Consortium.objects.create(call=call, name=f"Of {each}"), each) for each in range(number)]


def _sender(made: Consortium, number: int) -> Sender:
    organisation, owner = OrganisationFactory.create(name=f"Sends {number}"), UserFactory.create()
    Membership.objects.create(organisation=organisation, user=owner, role=Membership.Role.OWNER)
    Member.objects.create(consortium=made, organisation=organisation, status="joined", is_lead=True)
    versions.renew(made)
    return Sender(made.uuid, session_of(owner))


def session_of(person: User) -> str:
    """The cookie of a session, by the name that it has over https."""
    return f"__Host-{cookie_of(person).partition(';')[0]}"


class Crowd:
    """What they did, and how often nobody answered."""

    def __init__(self, nodes: Nodes) -> None:
        self._nodes = nodes
        self.unheard: Counter[str] = Counter()
        self.signed_up: list[str] = []
        self.sent: dict[str, bytes] = {}

    def sign_up(self, event: str, number: int) -> None:
        """Take a seat online, or wait for one."""
        stamp = signing.dumps(int(time.time()) - 60, salt=SALT)
        email = f"signs-up-{number}@example.org"
        fields = {"name": "A guest", "email": email, "wish": "online:waits", "rendered": stamp}
        path = f"/en/events/{event}/sign-up/"
        answer = self.ask("sign-up", lambda: self._nodes.ask("POST", path, fields=fields, address=number))
        assert answer.status == 302, (answer.status, answer.content[-2_000:])
        self.signed_up.append(email)

    def send_file(self, sender: Sender, number: int) -> None:
        """As static/js/uploading.js does: announced, in parts, going on where it broke off; then its form."""
        title, content = f"Report {number}", b"%PDF-1.7\n% " + f"{number} ".encode() * 70_000 + b"\n%%EOF\n"
        with translation.override("en"):
            begin = address("begin_upload", sender.consortium)
            add = address("add_document", sender.consortium)

        def post(path: str, fields: dict[str, str] | None = None, body: bytes = b"") -> Answer:
            who = {"cookie": sender.cookie, "address": 100_000 + number}
            return self._nodes.ask("POST", path, fields=fields, body=body, **who)  # type: ignore[arg-type]

        told = {"name": f"report-{number}.pdf", "size": str(len(content))}
        answer = self.ask("upload", lambda: post(begin, told))
        assert answer.status == 201, (answer.status, answer.content[-2_000:])
        known = json.loads(answer.content)
        while known["received"] < len(content):
            received = known["received"]
            part, path = content[received : received + len(content) // 2], f"{known['url']}?offset={received}"
            answer = self.ask("upload", lambda: post(path, body=part))  # noqa: B023 - asked at once
            assert answer.status in {200, 409}, (answer.status, answer.content[-2_000:])
            known = json.loads(answer.content)
        form = {"title": title, "key": str(uuid4()), "upload": known["upload"]}
        answer = self.ask("upload", lambda: post(add, form))
        assert answer.status == 302, (answer.status, answer.content[-2_000:])
        self.sent[title] = content

    def ask(self, what: str, once: Callable[[], Answer]) -> Answer:
        """Until somebody answers."""
        patience = time.monotonic() + _PATIENCE
        while (answer := once()).status in BROKEN and time.monotonic() < patience:
            self.unheard[what] += 1
            time.sleep(_PAUSE)
        return answer
