"""What was committed is mailed, what was not leaves nothing behind: the web process is killed on both sides."""

import threading
import time

import psycopg
import pytest

from tests.browser.stack import wait_for
from tests.faults.figures import number, tell
from tests.faults.forms import Answer, Visitor
from tests.faults.portal import Portal
from tests.smtp_sink import Sink

pytestmark = [pytest.mark.faults, pytest.mark.needs("redis")]

TIMES = number(3, 100)
_ROWS = "SELECT count(*) FROM notifications_message WHERE to_email = %s"
_WAITS = "SELECT 1 FROM pg_locks JOIN pg_database ON database = pg_database.oid WHERE datname = %s AND NOT granted"


def _send(visitor: Visitor) -> threading.Thread:
    answers: list[Answer] = []
    sending = threading.Thread(target=lambda: answers.append(visitor.follow()))
    sending.start()
    return sending


def test_committed_means_mailed(portal: Portal, sink: Sink) -> None:
    """Killed the moment the row is there, whether the answer left or not."""
    for times in range(TIMES):
        web, visitor = portal.start_web(), Visitor(portal, times)
        with psycopg.connect(portal.database_url, autocommit=True) as looking:
            sending = _send(visitor)
            patience = time.monotonic() + 30
            while looking.execute(_ROWS, [visitor.email]).fetchone() == (0,) and time.monotonic() < patience:
                time.sleep(0.001)
        portal.kill(web)
        sending.join()
    started = time.monotonic()
    portal.start_worker()
    portal.start_beat()
    wait_for("all mails", lambda: len(sink.mails) >= TIMES, seconds=120)
    wait_for("all marked", lambda: portal.count("notifications_message", "status <> 'sent'") == 0, seconds=20)
    assert sorted(sink.receivers) == sorted(f"visitor{each}@example.org" for each in range(TIMES))
    taken = time.monotonic() - started
    tell(f"web process killed right after commit, {TIMES} times: {len(sink.mails)} mails within {taken:.0f} s")


def test_rolled_back_means_nothing(portal: Portal, sink: Sink) -> None:
    """Killed while the transaction waits for its last row."""
    for times in range(TIMES):
        web, visitor = portal.start_web(), Visitor(portal, times)
        with psycopg.connect(portal.database_url) as holding:
            holding.execute("LOCK TABLE notifications_message IN SHARE MODE")
            sending = _send(visitor)
            wait_for("the form waits", lambda: portal.query(_WAITS, portal.database), seconds=30)
            portal.kill(web)
            sending.join()
    wait_for("the rest is undone", lambda: not portal.query(_WAITS, portal.database), seconds=30)
    left = portal.count("notifications_message") + portal.count("notifications_subscription")
    assert left == 0
    assert sink.mails == []
    tell(f"web process killed before commit, {TIMES} times: {left} rows, {len(sink.mails)} mails")
