"""Two machines behind the shipped nginx: what one knows the other does, and either may go without anything lost."""

import json
import threading
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256

import pytest
from allauth.account.models import EmailAddress
from django.utils import translation
from pytest_django import DjangoDbBlocker

from consortia.documents.models import Document
from consortia.files.models import FileVersion, Upload
from hub.pages.models import HomePage
from nccsi.running.embedded import Server
from notifications.delivery import sending
from tests.browser.stack import wait_for
from tests.consortia.partnering import address
from tests.factories.accounts import UserFactory
from tests.faults.conftest import TEMPLATE
from tests.faults.crowd import Crowd, Sender, senders
from tests.faults.figures import number, tell
from tests.faults.inside import inside
from tests.faults.nodes import Machine, Nodes
from tests.object_store import BUCKET, ObjectStore
from tests.smtp_sink import Sink

pytestmark = [pytest.mark.faults, pytest.mark.alone, pytest.mark.needs("redis", "nginx")]

PEOPLE = number(60, 500)
EACH_SENDS = 5
AT_ONCE = number(6, 8)
PASSWORD = "a-long-enough-passphrase"
# What a lost worker had claimed goes when its lease is over.
_PATIENCE = sending.LEASE.total_seconds() + 90
_ROWS = "SELECT email FROM events_registration WHERE email LIKE 'signs-up-%%'"
_EVENT = "SELECT uid FROM events_event WHERE starts_at > now() AND cancelled_at IS NULL ORDER BY starts_at LIMIT 1"
_FOLLOW = """
INSERT INTO notifications_subscription
    (uuid, email, topic, language, offsets, status, consent_wording, confirmed_at)
SELECT gen_random_uuid(), 'follower' || number || '@example.org', 'call:' || %s::text, 'en', '[3]', 'active', '-',
       now() - interval '1 year'
FROM generate_series(1, %s::int) AS number
"""
_DEADLINE = """
INSERT INTO calls_deadline (call_id, kind, label, actor, due_at, has_time, governs, version, sort_order)
SELECT call_id, 'other', '{"en": "Hand it in"}', 'partners', now() + interval '2 hours', true, '', 1, 99
FROM calls_callpage JOIN wagtailcore_page ON wagtailcore_page.id = page_ptr_id
WHERE live ORDER BY call_id DESC LIMIT 1 RETURNING call_id
"""


@pytest.fixture(scope="module")
def nodes(
    breakable_server: Server,
    smtp_server: tuple[Sink, int],
    object_store: ObjectStore,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Nodes]:
    """Both, with their proxy and one beat."""
    folder = tmp_path_factory.mktemp("nodes")
    smtp_server[0].reset()
    with Nodes(folder, breakable_server, TEMPLATE, smtp_port=smtp_server[1], store=object_store) as running:
        with ThreadPoolExecutor(2) as pool:
            list(pool.map(running.start, running.machines))
        running.start_proxy()
        running.start_beat("tests.browser.brisk")
        yield running
        object_store.empty()


@pytest.fixture(scope="module")
def people(nodes: Nodes, django_db_blocker: DjangoDbBlocker) -> list[Sender]:
    """Who sends files."""
    with inside(nodes, django_db_blocker):
        return senders(PEOPLE // EACH_SENDS)


def test_who_signs_in_at_one_is_signed_in_at_the_other(nodes: Nodes, django_db_blocker: DjangoDbBlocker) -> None:
    """And so many wrong passwords are too many, wherever they were tried."""
    one, other = nodes.machines
    with inside(nodes, django_db_blocker):
        user = UserFactory.create(email="partner@nodes.example.org")
        user.set_password(PASSWORD)
        user.save()
        EmailAddress.objects.update_or_create(user=user, email=user.email, defaults={"verified": True, "primary": True})
    form = {"login": user.email, "password": PASSWORD}
    answer = nodes.ask("POST", "/accounts/login/", of=one, fields=form)
    assert answer.status == 302, answer.content
    (cookie,) = [line for line in answer.headers.get_all("Set-Cookie") or [] if line.startswith("__Host-session=")]
    assert nodes.ask("GET", "/en/my/", of=other, cookie=cookie.partition(";")[0]).status == 200
    assert nodes.ask("GET", "/en/my/", of=other).status == 302, "and nobody else"

    wrong = {"login": "nobody@nodes.example.org", "password": "not-the-password-1"}
    said = [nodes.ask("POST", "/accounts/login/", of=(one, other)[each % 2], fields=wrong) for each in range(6)]
    assert [b"Too many attempts" in answer.content for answer in said] == [False] * 5 + [True]


def test_what_is_changed_is_seen_at_both_within_seconds(nodes: Nodes, django_db_blocker: DjangoDbBlocker) -> None:
    """Each keeps pages in its own memory."""
    for machine in nodes.machines:
        kept = [nodes.ask("GET", "/en/", of=machine) for _time in range(2)]
        assert all(b"Seen at both" not in answer.content for answer in kept)
        assert "max-age=0" in kept[1].headers["Cache-Control"]
    with inside(nodes, django_db_blocker):
        page = HomePage.objects.get(locale__language_code="en")
        page.title = page.seo_title = "Seen at both"
        page.save_revision().publish()
    published = time.monotonic()
    for machine in nodes.machines:
        wait_for("it is seen", lambda: b"Seen at both" in nodes.ask("GET", "/en/", of=machine).content, seconds=10)  # noqa: B023
    tell(f"two machines: a page published is seen at both within {time.monotonic() - published:.1f} s")


def test_a_file_sent_to_both_is_read_at_both(nodes: Nodes, people: list[Sender], object_store: ObjectStore) -> None:
    """One part each, the form at the first; and pictures come from the storage through the proxy."""
    one, other = nodes.machines
    content = b"%PDF-1.7\n% " + b"words " * 30_000 + b"\n%%EOF\n"
    cookie, consortium = people[0].cookie, people[0].consortium
    with translation.override("en"):
        begin, add = address("begin_upload", consortium), address("add_document", consortium)
    fields = {"name": "r.pdf", "size": str(len(content))}
    known = json.loads(nodes.ask("POST", begin, of=one, cookie=cookie, fields=fields).content)
    for machine, offset in ((other, 0), (one, 100_000)):
        part = content[:100_000] if offset == 0 else content[100_000:]
        sent = nodes.ask("POST", f"{known['url']}?offset={offset}", of=machine, cookie=cookie, body=part)
        assert sent.status == 200, sent.content
    form = {"title": "At both", "key": known["upload"], "upload": known["upload"]}
    assert nodes.ask("POST", add, of=other, cookie=cookie, fields=form).status == 302
    ((version,),) = nodes.query("SELECT uuid FROM consortia_fileversion ORDER BY id DESC LIMIT 1")
    with translation.override("en"):
        download = address("download", consortium, version)
    for machine in nodes.machines:
        assert nodes.ask("GET", download, of=machine, cookie=cookie).content == content
    assert nodes.ask("GET", download, of=other, cookie=people[1].cookie).status == 404
    assert nodes.ask("GET", download).status == 302
    object_store.client.put_object(Bucket=BUCKET, Key="images/known.png", Body=b"a picture")
    shown = [nodes.ask("GET", "/media/images/known.png") for _time in range(2)]
    assert [(each.status, each.content, each.headers["X-Cache"]) for each in shown] == [
        (200, b"a picture", "MISS"),
        (200, b"a picture", "HIT"),
    ]
    (kept,) = object_store.names("private/")
    assert nodes.ask("GET", f"/media/{kept}").status == 404


def test_one_is_lost_while_people_sign_up_and_send_files(
    nodes: Nodes, people: list[Sender], smtp_server: tuple[Sink, int], django_db_blocker: DjangoDbBlocker
) -> None:
    """Nothing is lost and nothing is there twice; reminders that fall due meanwhile go once."""
    sink, crowd = smtp_server[0], Crowd(nodes)
    sink.reset()
    ((event,),) = nodes.query(_EVENT)
    ((call,),) = nodes.query(_DEADLINE)
    nodes.query(_FOLLOW, call, PEOPLE)
    lost, _other = nodes.machines
    started = time.monotonic()
    with ThreadPoolExecutor(AT_ONCE) as pool:
        acts = []
        for each in range(PEOPLE):
            acts.append(pool.submit(crowd.sign_up, str(event), each))
            acts.append(pool.submit(crowd.send_file, people[each % len(people)], each))
        wait_for("a third is done", lambda: sum(act.done() for act in acts) > 2 * PEOPLE / 3, seconds=600)
        nodes.lose(lost)
        wait_for("two thirds are done", lambda: sum(act.done() for act in acts) > 4 * PEOPLE / 3, seconds=600)
        for act in acts:
            act.result()
    taken = time.monotonic() - started
    nodes.start(lost)
    check_sign_ups(nodes, sink, crowd)
    with inside(nodes, django_db_blocker):
        check_files(crowd)
    reminded = [email for email in sink.receivers if email.startswith("follower")]
    wait_for(
        "all reminders",
        lambda: len({e for e in sink.receivers if e.startswith("follower")}) == PEOPLE,
        seconds=_PATIENCE,
    )
    names = {mail["Message-ID"] for mail in sink.mails if str(mail["To"]).startswith("follower")}
    assert len(names) == PEOPLE, "each is one mail, even one that the lost worker had in its hands"
    tell(
        f"one of two machines lost during {PEOPLE} sign-ups and {PEOPLE} uploads of four requests ({taken:.0f} s): "
        f"{len(crowd.signed_up)} sign-ups and {len(crowd.sent)} files there, each once; sent again by their browser: "
        f"{crowd.unheard['sign-up']} and {crowd.unheard['upload']} requests; {PEOPLE} reminders, "
        f"{len(reminded) - len(set(reminded))} of them twice under the same Message-ID"
    )


def check_sign_ups(nodes: Nodes, sink: Sink, crowd: Crowd) -> None:
    """A row and a mail each."""
    rows = Counter(email for (email,) in nodes.query(_ROWS))
    assert {email: rows[email] for email in crowd.signed_up} == dict.fromkeys(crowd.signed_up, 1)
    wait_for("all mails", lambda: set(sink.receivers) >= set(crowd.signed_up), seconds=_PATIENCE)
    for email in crowd.signed_up:
        assert len({mail["Message-ID"] for mail in sink.to(email)}) == 1, email


def check_files(crowd: Crowd) -> None:
    """A document each, with what was sent."""
    mine = Document.objects.filter(title__startswith="Report ", consortium__name__startswith="Of ")
    found = mine.values_list("title", "file__pk")
    assert Counter(title for title, _file in found) == Counter(crowd.sent.keys())
    for title, file in found:
        (version,) = FileVersion.objects.filter(file=file)
        assert version.sha256 == sha256(crowd.sent[title]).hexdigest()
    assert not Upload.objects.filter(consortium__name__startswith="Of ", received__gt=0).exists()


class Load:
    """Readers and people who sign up, until told to stop."""

    def __init__(self, nodes: Nodes, event: str, reader: Sender) -> None:
        self._nodes, self._event, self._reader = nodes, event, reader
        self._enough = threading.Event()
        self._threads = [threading.Thread(target=self._read, args=[each]) for each in range(3)]
        self._threads += [threading.Thread(target=self._sign_up, args=[each]) for each in range(2)]
        self.statuses: Counter[int] = Counter()
        self.crowd = Crowd(nodes)

    def __enter__(self) -> "Load":
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._enough.set()
        for thread in self._threads:
            thread.join()

    def _read(self, reader: int) -> None:
        each = 0
        while not self._enough.is_set():
            each += 1
            cookie = self._reader.cookie if each % 3 == 0 else ""
            path = "/en/my/" if cookie else f"/en/practices/?q=wonen{reader}x{each}"
            self.statuses[
                self._nodes.ask("GET", path, cookie=cookie, address=200_000 + reader * 10_000 + each).status
            ] += 1

    def _sign_up(self, person: int) -> None:
        each = 1_000 + person
        while not self._enough.wait(0.05):
            self.crowd.sign_up(self._event, each)
            each += 2


def test_one_after_the_other_is_replaced_and_nobody_notices(
    nodes: Nodes, people: list[Sender], smtp_server: tuple[Sink, int]
) -> None:
    """As an upgrade does it: the proxy is told, each ends what it has in hand, and another one starts."""
    sink = smtp_server[0]
    ((event,),) = nodes.query(_EVENT)
    sink.reset()
    with Load(nodes, str(event), people[0]) as load:
        wait_for("there is load", lambda: sum(load.statuses.values()) > 20, seconds=30)
        for machine in nodes.machines:
            nodes.take_out(machine)
            replace(nodes, machine)
            nodes.put_back(machine)
            wait_for("the proxy asks it again", lambda: is_asked(machine), seconds=30)  # noqa: B023 - asked at once
        enough = sum(load.statuses.values()) + 20
        wait_for("some more of it", lambda: sum(load.statuses.values()) > enough, seconds=30)
    assert (dict(load.statuses), dict(load.crowd.unheard)) == ({200: load.statuses[200]}, {})
    check_sign_ups(nodes, sink, load.crowd)
    tell(
        f"two machines replaced one after the other under load: {load.statuses[200]} pages and "
        f"{len(load.crowd.signed_up)} sign-ups, none failed"
    )


def replace(nodes: Nodes, machine: Machine) -> None:
    """Web and worker are asked to stop, and started anew once they have."""
    for program in (machine.web, machine.worker):
        assert program
        program.process.terminate()
        program.process.wait(60)
    nodes.start(machine)


def is_asked(machine: Machine) -> bool:
    """Whoever stops the other one before has none left."""
    assert machine.web
    return "GET /en/" in machine.web.log.read_text()


def test_neither_kept_anything_of_its_own(nodes: Nodes) -> None:
    """Last: all that came is in the database and in the storage."""
    left = [path for machine in nodes.machines for path in machine.media.rglob("*")]
    assert left == []
