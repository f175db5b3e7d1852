"""Web process, database and worker killed while consortia declare and submit: all or nothing, one mail to each."""

import copy
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import psycopg
import pytest
from django.db import transaction
from django.utils import translation
from pytest_django import DjangoDbBlocker

from consortia.receipts.models import Receipt
from notifications.outbox.models import Message
from tests.browser.stack import wait_for
from tests.consortia.running_server import Answer
from tests.faults.figures import number, tell
from tests.faults.inside import inside
from tests.faults.partnerships import MAILS, Case, arrange, check_answers, copies, receipt_of
from tests.faults.portal import Portal
from tests.smtp_sink import Sink

pytestmark = [pytest.mark.faults, pytest.mark.needs("redis")]

ROUNDS, KILLS, AT_ONCE = number(1, 5), 4, 6
# So many requests the web process works on at once.
THREADS = 4
_RECEIPTS = "SELECT count(*) FROM consortia_receipt"
_WAITING = """
SELECT count(*) >= %s FROM pg_stat_activity
WHERE datname = %s AND wait_event_type = 'Lock' AND query ~ 'INSERT INTO "?notifications_message'
"""


class Story:
    """A portal whose consortia send their forms, some at a time, while something of it is killed."""

    def __init__(self, portal: Portal, sink: Sink, cases: list[Case]) -> None:
        self.portal = portal
        self.sink = sink
        self.answers: dict[Case, list[Answer]] = {case: [] for case in cases}
        self.unheard = 0
        self._waiting = list(cases)
        self._worker = portal.start_worker()
        portal.start_beat("tests.browser.brisk")
        self._web = portal.start_web()

    def send(self, kill: Callable[[], None], *, meanwhile: Callable[[Callable[[], None]], None]) -> None:
        """The next ones all send at once; afterwards every second one that heard nothing sends again."""
        these, self._waiting = self._waiting[:AT_ONCE], self._waiting[AT_ONCE:]
        with ThreadPoolExecutor(AT_ONCE) as pool:
            sent = [pool.submit(case.send, self.portal.port) for case in these]
            meanwhile(kill)
        if self._web.process.poll() is not None:
            self._web = self.portal.start_web()
        for place, (case, answer) in enumerate(zip(these, sent, strict=True)):
            self.answers[case].append(answer.result())
            if answer.result().status != 302:
                self.unheard += 1
                if place % 4 < 2:
                    wait_for("an answer", lambda: self._is_answered(case), seconds=20)  # noqa: B023 - asked at once

    def _is_answered(self, case: Case) -> bool:
        answer = case.send(self.portal.port)
        self.answers[case].append(answer)
        return answer.status == 302

    def before_a_commit(self, kill: Callable[[], None]) -> None:
        """Everything is written but the mails, by all threads: nothing of it stays."""
        with suppress(psycopg.OperationalError), psycopg.connect(self.portal.database_url) as holding:
            holding.execute("LOCK TABLE notifications_message IN SHARE MODE")
            known = self.portal.query(_RECEIPTS)
            name = self.portal.database
            wait_for("all wait", lambda: self.portal.query(_WAITING, THREADS, name) == [(True,)], seconds=30)
            kill()
            assert self.portal.query(_RECEIPTS) == known, "half of it was committed"

    def after_a_commit(self, kill: Callable[[], None]) -> None:
        """One receipt is there, whether its answer has left or not, and the others are somewhere."""
        with psycopg.connect(self.portal.database_url, autocommit=True) as looking:
            known = looking.execute(_RECEIPTS).fetchone()
            wait_for("a receipt", lambda: looking.execute(_RECEIPTS).fetchone() != known, seconds=30)
        kill()

    def kill_web(self) -> None:
        self.portal.kill(self._web)

    def crash_database(self) -> None:
        self.portal.server.restart()

    def kill_worker(self) -> None:
        """While the mail server holds a mail of it. What it had claimed need not wait until its lease is over."""
        wait_for("the worker sends", lambda: not self.sink.faults, seconds=60)
        self.portal.kill(self._worker)
        self.portal.query("UPDATE notifications_message SET leased_until = now() WHERE status = 'sending'")
        self._worker = self.portal.start_worker()


def test_all_of_it_or_nothing(portal: Portal, sink: Sink, django_db_blocker: DjangoDbBlocker) -> None:
    with translation.override("en"):
        with inside(portal, django_db_blocker):
            cases = arrange(ROUNDS * KILLS * AT_ONCE)
            known = Receipt.objects.count()
        story = Story(portal, sink, cases)
        for _round in range(ROUNDS):
            story.send(story.kill_web, meanwhile=story.before_a_commit)
            story.send(story.crash_database, meanwhile=story.before_a_commit)
            story.send(story.crash_database, meanwhile=story.after_a_commit)
            sink.faults.append("hang")
            story.send(story.kill_web, meanwhile=story.after_a_commit)
            story.kill_worker()
        waits = "status NOT IN ('sent', 'withdrawn')"
        wait_for("all mails", lambda: portal.count("notifications_message", waits) == 0, seconds=90)
        with inside(portal, django_db_blocker):
            receipts = {case: receipt_of(case) for case in cases}
            whole = [case for case in cases if receipts[case]]
            assert Receipt.objects.count() - known == len(whole), "a receipt of nothing"
            again = 0
            for case in cases:
                check_answers(case, receipts[case], story.answers[case])
                again += copies(case, receipts[case], sink)
            _half_is_found(whole[0], sink)
    assert 0 < len(whole) < len(cases), "some were in the middle and gave up"
    tell(
        f"web process and database killed {2 * ROUNDS}× each within declarations and submissions: {len(whole)} of "
        f"{len(cases)} whole, the others not there at all, 0 by half; {story.unheard} got no answer; worker killed "
        f"{ROUNDS}× while sending: {sum(len(case.receivers) for case in whole)} mails, {again} of them sent again "
        "under the same Message-ID"
    )


def _half_is_found(case: Case, sink: Sink) -> None:
    """What is looked at above can fail: a mail that is not there, and one that is another."""
    with transaction.atomic():
        Message.objects.filter(kind=MAILS[case.kind], to_email=min(case.receivers)).delete()
        with pytest.raises(AssertionError, match="mails"):
            receipt_of(case)
        transaction.set_rollback(True)
    receipt = receipt_of(case)
    other = copy.deepcopy(sink.to(min(case.receivers))[0])
    other.replace_header("Message-ID", "<another@example.org>")
    sink.mails.append(other)
    sink.receivers.append(min(case.receivers))
    with pytest.raises(AssertionError, match=f"{len(sink.to(min(case.receivers)))} mails"):
        copies(case, receipt, sink)
