"""The database is restarted under load: who got an answer is registered, and nobody is registered by half."""

import threading
import time

import pytest

from notifications.delivery import sending
from tests.browser.stack import wait_for
from tests.faults.figures import number, tell
from tests.faults.forms import Answer, Visitor
from tests.faults.portal import Portal
from tests.smtp_sink import Sink

pytestmark = [pytest.mark.faults, pytest.mark.alone, pytest.mark.needs("redis")]

CLIENTS = 3
RESTARTS = number(1, 5)


class Load:
    """People who follow the news, one after the other, until told to stop."""

    def __init__(self, portal: Portal) -> None:
        self._portal = portal
        self._enough = threading.Event()
        self._threads = [threading.Thread(target=self._run, args=[each]) for each in range(CLIENTS)]
        self.answers: list[tuple[float, Visitor, Answer]] = []

    def __enter__(self) -> "Load":
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._enough.set()
        for thread in self._threads:
            thread.join()

    def _run(self, client: int) -> None:
        number = client
        while not self._enough.is_set():
            visitor = Visitor(self._portal, number)
            answer = visitor.follow()
            self.answers.append((time.monotonic(), visitor, answer))
            number += CLIENTS
            time.sleep(0.1)


def test_restart_under_load(portal: Portal, sink: Sink) -> None:
    """Crashed and started again while forms are sent and mails leave."""
    portal.start_web()
    portal.start_worker()
    portal.start_beat()
    recoveries = []
    with Load(portal) as load:
        wait_for("forms succeed", lambda: sum(each.status == 302 for *_, each in list(load.answers)) > 5, seconds=30)
        for _restart in range(RESTARTS):
            portal.server.restart()
            up = time.monotonic()
            time.sleep(10)
            late = [at - up for at, _visitor, answer in list(load.answers) if answer.status != 302 and at > up]
            recoveries.append(max(late, default=0.0))
    assert max(recoveries) < 10
    assert load.answers[-1][2].status == 302
    accepted = {visitor.email for _at, visitor, answer in load.answers if answer.status == 302}
    refused = [answer.status for *_, answer in load.answers if answer.status != 302]
    stored = {str(email) for (email,) in portal.query("SELECT email FROM notifications_subscription")}
    mailed = {str(email) for (email,) in portal.query("SELECT to_email FROM notifications_message")}
    assert accepted <= stored, "an answer that the crash took back"
    assert stored == mailed, "half a registration"
    # What a worker had claimed when the database went waits until its lease is over.
    patience = sending.LEASE.total_seconds() + 90
    wait_for("all mails", lambda: set(sink.receivers) >= stored, seconds=patience)
    tell(
        f"database restarted {RESTARTS}× under load: {len(accepted)} forms accepted, {len(refused)} refused meanwhile, "
        f"{len(stored ^ mailed)} by half, last error {max(recoveries):.1f} s after the restart, all mails left"
    )
