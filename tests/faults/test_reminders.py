"""Reminders go once, whatever runs twice, is late, is killed or is overtaken by a change."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.utils import timezone, translation

from calls.chain.models import Call, Deadline
from calls.chain.standing import time_left
from calls.moving import deadlines
from calls.reminders import reminders
from hub.dates.brussels import BRUSSELS
from notifications.delivery import sending
from notifications.following import subscribing
from notifications.outbox.models import Message
from tests.browser.stack import wait_for
from tests.factories.hub import CallFactory, add_call_page, add_calls, words
from tests.factories.notifications import MessageFactory, SubscriptionFactory
from tests.faults.figures import number, tell
from tests.faults.portal import Portal
from tests.notifications.delivery.test_killed_worker import killed_while_sending
from tests.smtp_sink import Sink

pytestmark = pytest.mark.faults

FOLLOWERS = number(200, 2_000)
KILLS = number(2, 20)

_DEADLINE = """
INSERT INTO calls_deadline (call_id, kind, label, actor, due_at, has_time, governs, version, sort_order)
SELECT call_id, 'other', %s, 'partners', now() + interval '2 hours', true, '', 1, 99
FROM calls_callpage JOIN wagtailcore_page ON wagtailcore_page.id = page_ptr_id
WHERE live ORDER BY call_id DESC LIMIT 1 RETURNING call_id
"""
_FOLLOW = """
INSERT INTO notifications_subscription
    (uuid, email, topic, language, offsets, status, consent_wording, confirmed_at)
SELECT gen_random_uuid(), 'follower' || number || '@example.org', 'call:' || %s::text, 'en', '[3]', 'active', '-',
       now() - interval '1 year'
FROM generate_series(1, %s::int) AS number
"""


@pytest.mark.needs("redis")
def test_two_beats_three_workers_and_everything_three_times(portal: Portal, sink: Sink) -> None:
    """As many mails as there are followers; each one different."""
    ((call,),) = portal.query(_DEADLINE, json.dumps({"en": "Hand it in"}))
    portal.query(_FOLLOW, call, FOLLOWERS)
    for _each in range(3):
        portal.start_worker()
    for _each in range(2):
        portal.start_beat("tests.faults.thrice")
    wait_for("all mails", lambda: len(sink.mails) >= FOLLOWERS, seconds=60 + FOLLOWERS / 10)
    runs = sum(program.log.read_text().count("succeeded") for program in portal.programs)
    wait_for(
        "some more runs",
        lambda: sum(program.log.read_text().count("succeeded") for program in portal.programs) > runs + 10,
        seconds=60,
    )
    assert len(sink.mails) == FOLLOWERS
    assert len(set(sink.receivers)) == FOLLOWERS
    assert len({mail["Message-ID"] for mail in sink.mails}) == FOLLOWERS
    busy = sum("succeeded" in program.log.read_text() for program in portal.programs if "worker" in program.name)
    tell(
        f"two beats, {busy} of 3 workers at work, every task three times (more than {runs + 10} runs): "
        f"{FOLLOWERS} due, {len(sink.mails)} mails"
    )


def _call(*due: datetime) -> Call:
    call = CallFactory.create(due=list(due))
    add_call_page(add_calls(), call)
    return call


@pytest.mark.django_db
def test_26_hours_down(smtp_sink: Sink) -> None:
    """What is still useful goes once, with what is left as of now; nothing after the deadline."""
    now = timezone.now()
    # Nine o'clock seven days before comes while the system is down, whatever the hour of this test.
    nine = now.astimezone(BRUSSELS).replace(hour=9, minute=0, second=0, microsecond=0)
    nine -= timedelta(days=int(nine > now))
    in_a_week = nine + timedelta(days=7, hours=3)
    call = _call(now - timedelta(hours=1), now + timedelta(hours=2), in_a_week)
    SubscriptionFactory.create(topic=f"call:{call.pk}", offsets=[168, 24, 3], email="late@example.org")
    down = now - timedelta(hours=26)
    for moment in (down - timedelta(minutes=1), down):
        reminders.run(now=moment)
    Message.objects.update(status="sent", sent_at=down)  # what left in time is no matter here
    before = Message.objects.count()
    for _time in range(3):
        reminders.run(now=now)
        sending.drain()
    late = {message.context["deadline"]: message for message in Message.objects.order_by("pk")[before:]}
    gone, near, far = call.deadlines.order_by("due_at")
    assert set(late) == {near.pk, far.pk}, "nothing after a deadline"
    assert late[near.pk].context["hours"] == 3, "of several that passed, the nearest"
    assert len(smtp_sink.mails) == 2
    (about_far,) = [mail for mail in smtp_sink.mails if "Step 2" in str(mail["Subject"])]
    with translation.override("en"):
        assert str(about_far["Subject"]).casefold().startswith(time_left(in_a_week, now, has_time=True).casefold())
    tell(
        f"26 hours down: {len(smtp_sink.mails)} of 3 dates still useful, told once, “{about_far['Subject']}” for an "
        f"offset of 7 days; about the one that passed ({gone.label}): 0"
    )


@pytest.mark.django_db
def test_edits_are_honoured(smtp_sink: Sink) -> None:
    """A date moves, a call disappears, somebody stops while reminders wait."""
    soon = datetime.now(UTC) + timedelta(days=2)
    call, hidden = _call(soon), CallFactory.create(due=[soon])
    page = add_call_page(call.pages.get().get_parent().specific, hidden, slug="hidden")
    moved, stopped = (
        SubscriptionFactory.create(topic=f"call:{call.pk}", offsets=[72], email=f"{name}@example.org")
        for name in ("moved", "stopped")
    )
    SubscriptionFactory.create(topic=f"call:{hidden.pk}", offsets=[72], email="hidden@example.org")
    assert reminders.run(now=timezone.now()) == 3
    subscribing.stop(stopped)
    page.unpublish()
    deadline = Deadline.objects.get(call=call)
    for _time in range(2):
        deadlines.move(deadline, due_at=soon + timedelta(days=30), reason=words("More time").data, by=None)
        reminders.run(now=timezone.now())
        sending.drain()
    (told,) = smtp_sink.mails
    assert smtp_sink.receivers == [moved.email]
    assert "text/calendar" in {part.get_content_type() for part in told.walk()}
    withdrawn = Message.objects.filter(kind=reminders.KIND, status=Message.Status.WITHDRAWN).count()
    assert withdrawn == 3
    tell(f"date moved, call hidden, follower gone while reminders wait: {withdrawn} of 3 withdrawn, 1 told, once")


@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_again_and_again(smtp_sink: Sink, smtp_server: tuple[Sink, int]) -> None:
    """Inside DATA, before and after the server kept the mail: nothing lost, the duplicates recognisable."""
    messages = [MessageFactory.create() for _each in range(KILLS)]
    for each in range(KILLS):
        smtp_sink.faults.append("take and hang" if each % 2 else "hang")
        killed_while_sending(smtp_sink, smtp_server[1])
        Message.objects.update(leased_until=timezone.now() - timedelta(seconds=1))
    while sending.drain():
        connection.close()
    copies = {message.message_id: smtp_sink.to(message.to_email) for message in messages}
    assert all(copies.values()), "a mail was lost"
    assert all({str(mail["Message-ID"]) for mail in mails} == {name} for name, mails in copies.items())
    twice = sum(len(mails) - 1 for mails in copies.values())
    assert twice <= KILLS // 2
    tell(f"worker killed inside DATA {KILLS} times: 0 mails lost, {twice} sent again under the same Message-ID")
