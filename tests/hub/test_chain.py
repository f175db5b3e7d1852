from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.utils import translation

from calls.chain.models import Call, Deadline
from calls.chain.standing import accepts, call_state, chain, time_left
from calls.overview.call_list import fitting, rows
from tests.factories.hub import CallFactory, DeadlineFactory, add_call_page, add_calls

NOON = datetime(2027, 10, 2, 10, 0, tzinfo=UTC)  # 12:00 in Brussels

pytestmark = pytest.mark.django_db


def test_the_chain_runs_by_time_whatever_the_order_of_entry() -> None:
    call = CallFactory.create(due=[NOON + timedelta(days=9), NOON - timedelta(days=3), NOON + timedelta(days=2)])
    steps = chain(call, NOON).steps
    assert [step.state for step in steps] == ["done", "next", "later"]
    assert [step.due_at for step in steps] == sorted(step.due_at for step in steps)


@pytest.mark.parametrize(
    ("after", "has_time", "expected"),
    [
        (timedelta(days=12), True, "12 days left"),
        (timedelta(days=1), True, "1 day left"),
        (timedelta(hours=5), True, "5 hours left"),
        (timedelta(hours=2, minutes=59), True, "3 hours left"),
        (timedelta(hours=2, minutes=40), True, "2 hours left"),
        (timedelta(hours=1), True, "1 hour left"),
        (timedelta(minutes=20), True, "less than an hour left"),
        (timedelta(hours=3), False, "today"),
        (timedelta(hours=-3), False, "today"),
        (timedelta(hours=-3), True, ""),
        (timedelta(days=-3), True, ""),
    ],
)
def test_what_is_left(after: timedelta, has_time: bool, expected: str) -> None:
    with translation.override("en"):
        assert time_left(NOON + after, NOON, has_time=has_time) == expected


def test_days_are_those_of_the_calendar_in_brussels() -> None:
    """At 23:30 in Brussels, half an hour past midnight is tomorrow, although in UTC both are the same day."""
    late = datetime(2027, 10, 2, 21, 30, tzinfo=UTC)
    with translation.override("en"):
        assert time_left(late + timedelta(hours=1), late) == "1 day left"


def test_a_day_without_an_hour_lasts_until_midnight() -> None:
    call = CallFactory.create()
    DeadlineFactory.create(call=call, due_at=NOON - timedelta(hours=2), has_time=False)
    assert chain(call, NOON).steps[0].state == "next"
    assert chain(call, NOON + timedelta(hours=11, minutes=59)).steps[0].state == "next"
    assert chain(call, NOON + timedelta(hours=12)).steps[0].state == "done"


def _governed(call: Call, governs: str, due_at: datetime, **fields: Any) -> None:
    DeadlineFactory.create(call=call, governs=governs, due_at=due_at, **fields)


def test_the_state_follows_from_the_chain_and_the_clock() -> None:
    call = CallFactory.create()
    assert call_state(call, NOON).code == "announced"
    DeadlineFactory.create(call=call, kind=Deadline.Kind.OPENS, due_at=NOON + timedelta(days=1))
    _governed(call, "interest", NOON + timedelta(days=30))
    _governed(call, "proposal", NOON + timedelta(days=60))
    DeadlineFactory.create(call=call, kind=Deadline.Kind.RESULT, due_at=NOON + timedelta(days=200))
    moments = {0: "announced", 2: "open", 15: "open", 16: "closing_soon", 31: "open", 47: "closing_soon", 61: "closed"}
    assert {days: call_state(call, NOON + timedelta(days=days)).code for days in moments} == moments
    call.withdrawn_at = NOON
    assert call_state(call, NOON).code == "withdrawn"


def test_interest_is_taken_until_its_own_deadline() -> None:
    call = CallFactory.create()
    _governed(call, "interest", NOON + timedelta(days=3))
    _governed(call, "proposal", NOON + timedelta(days=60))
    assert accepts(call, "interest", NOON)
    assert not accepts(call, "interest", NOON + timedelta(days=4))
    assert accepts(call, "proposal", NOON + timedelta(days=4))


def test_lists_show_the_nearest_deadline_first_and_the_past_last() -> None:
    index = add_calls()
    far, past, near = (
        add_call_page(index, CallFactory.create(due=[NOON + timedelta(days=days)])) for days in (50, -5, 5)
    )
    found = rows([far, past, near], now=NOON)
    assert [row.page for row in found] == [near, far, past]
    assert [row.page for row in fitting(found, state="closed")] == [past]


def test_many_calls_need_two_queries(django_assert_num_queries: Any) -> None:
    for _number in range(5):
        CallFactory.create(due=[NOON, NOON + timedelta(days=1)], tracks=["financing"])
    with django_assert_num_queries(3):
        for call in Call.objects.with_chain():
            chain(call, NOON)
            call_state(call, NOON)


def test_nothing_is_left_of_a_withdrawn_call() -> None:
    call = CallFactory.create(due=[NOON - timedelta(days=1), NOON + timedelta(days=1)], withdrawn_at=NOON)
    found = chain(call, NOON)
    assert [(step.state, step.left) for step in found.steps] == [("done", ""), ("later", "")]
    assert found.next_step is None


def test_interest_without_a_deadline_of_its_own_ends_with_declaring() -> None:
    call = CallFactory.create()
    for governs, days in (("declaration", -1), ("proposal", 30)):
        DeadlineFactory.create(call=call, governs=governs, due_at=NOON + timedelta(days=days))
    call = Call.objects.get(pk=call.pk)
    assert not accepts(call, "interest", NOON)
    assert accepts(call, "proposal", NOON)
