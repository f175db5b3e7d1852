"""Redis is lost or frozen: people notice nothing, and the mail leaves once it is back."""

import signal
import time
from collections.abc import Callable
from functools import partial

import pytest

from tests.browser.stack import wait_for
from tests.faults.figures import number, tell
from tests.faults.forms import Answer, Visitor
from tests.faults.portal import Portal
from tests.smtp_sink import Sink

pytestmark = [pytest.mark.faults, pytest.mark.alone, pytest.mark.needs("redis")]

FORMS = number(10, 50)
BEARABLE = 2.0


def _fill_in(portal: Portal, event: str, people: range) -> list[tuple[str, Answer]]:
    """The five kinds of forms in turn, each by somebody else."""
    answers: list[tuple[str, Answer]] = []
    for each in people:
        visitor = Visitor(portal, each)
        kinds: dict[str, Callable[[], Answer]] = {
            "follow": visitor.follow,
            "sign up": partial(visitor.sign_up, event),
            "write": visitor.write,
            "make account": visitor.make_account,
            "sign in": partial(visitor.sign_in, "not-the-password-1"),
        }
        name = list(kinds)[each % len(kinds)]
        answers.append((name, kinds[name]()))
    return answers


@pytest.mark.parametrize("how", ["lost", "frozen"])
def test_forms_work_without_redis(portal: Portal, sink: Sink, how: str) -> None:
    """Sign-up, follow, contact, account and sign-in while nobody answers; then everything is mailed."""
    ((event,),) = portal.query(
        "SELECT uid FROM events_event WHERE starts_at > now() AND cancelled_at IS NULL ORDER BY starts_at LIMIT 1"
    )
    portal.start_web()
    portal.start_worker()
    portal.start_beat()
    _fill_in(portal, str(event), range(FORMS, FORMS + 5))  # the first of each loads its code and templates
    wait_for("the first mails", lambda: len(sink.mails) == 4, seconds=90)
    if how == "lost":
        portal.redis.kill()
    else:
        portal.redis.signal(signal.SIGSTOP)
    try:
        answers = _fill_in(portal, str(event), range(FORMS))
    finally:
        if how == "lost":
            portal.redis.start()
        else:
            portal.redis.signal(signal.SIGCONT)
    back = time.monotonic()
    refused = [(name, answer.status, answer.text[:2000]) for name, answer in answers if not _succeeded(name, answer)]
    assert not refused
    slowest = max(answer.seconds for _name, answer in answers)
    assert slowest < BEARABLE, [(name, round(answer.seconds, 2)) for name, answer in answers]
    expected = sum(name != "sign in" for name, _answer in answers)
    wait_for("all mails", lambda: len(sink.mails) >= expected + 4, seconds=120)
    assert portal.count("notifications_message", "status <> 'sent'") == 0
    tell(
        f"Redis {how}: {FORMS} forms succeeded, the slowest in {slowest:.2f} s; "
        f"{expected} mails had left {time.monotonic() - back:.0f} s after it was back"
    )


def _succeeded(name: str, answer: Answer) -> bool:
    # A wrong password is answered with the form; everything else leads on.
    return answer.status == (200 if name == "sign in" else 302)
