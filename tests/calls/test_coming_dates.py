"""What the first mail to a follower says of a call: its dates ahead, each with its entry for the calendar."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from icalendar import Calendar

from calls.chain.models import Call
from calls.overview import coming_dates
from calls.pages.models import CallPage
from notifications.subscriptions import dates
from tests.factories.hub import CallFactory, DeadlineFactory, add_call_page, add_calls

pytestmark = pytest.mark.django_db


@pytest.fixture
def page() -> CallPage:
    """The page of a call with a deadline behind it and two ahead, the later one entered first."""
    now = timezone.now()
    call = CallFactory.create(due=[now + timedelta(days=30), now - timedelta(days=1), now + timedelta(days=3)])
    return add_call_page(add_calls(), call)


def uids(file: str) -> list[str]:
    return [str(entry["UID"]) for entry in Calendar.from_ical(file).walk("VEVENT")]


def test_the_dates_ahead_are_told_and_are_in_the_file(page: CallPage) -> None:
    found = dates.coming(f"call:{page.call_id}", "en")
    assert found
    assert [each.what for each in found.dates] == ["Step 2 (en)", "Step 0 (en)"]
    assert [each.left for each in found.dates] == ["3 days left", "30 days left"]
    third, first = page.call.deadlines.get(sort_order=2), page.call.deadlines.get(sort_order=0)
    assert uids(found.calendar) == [f"deadline-{each.pk}@localhost" for each in (third, first)]


def test_asked_again_the_file_is_the_same(page: CallPage) -> None:
    assert dates.coming(f"call:{page.call_id}", "fr") == dates.coming(f"call:{page.call_id}", "fr")


def test_a_day_without_an_hour_is_ahead_until_it_is_over(page: CallPage) -> None:
    call = CallFactory.create()
    DeadlineFactory.create(call=call, due_at=timezone.now() - timedelta(seconds=1), has_time=False)
    add_call_page(CallPage.objects.get(pk=page.pk).get_parent().specific, call)
    found = dates.coming(f"call:{call.pk}", "en")
    assert found
    assert [each.left for each in found.dates] == ["today"]


@pytest.mark.parametrize("key", ["call:", "call:0", "call:nothing", "news"])
def test_what_is_no_call_has_none(page: CallPage, key: str) -> None:
    assert dates.coming(key, "en") is None


def test_a_call_that_is_hidden_withdrawn_or_over_has_none(page: CallPage) -> None:
    key = f"call:{page.call_id}"
    page.unpublish()
    assert dates.coming(key, "en") is None
    page.save_revision().publish()
    assert dates.coming(key, "en")
    Call.objects.update(withdrawn_at=timezone.now())
    assert dates.coming(key, "en") is None
    assert dates.coming("calls", "en") is None
    Call.objects.update(withdrawn_at=None)
    page.call.deadlines.update(due_at=timezone.now() - timedelta(days=2))
    assert dates.coming(key, "en") is None
    assert dates.coming("calls", "en") is None


def test_of_all_calls_the_next_dates_are_told_with_the_name_of_each(page: CallPage) -> None:
    def asked() -> tuple[list[str], int]:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            found = dates.coming("calls", "en")
        return [each.what for each in found.dates] if found else [], len(queries)

    asked()  # what a portal looks up once stays out of the count
    few, number = asked()
    assert few == ["Competence centres: Step 2 (en)", "Competence centres: Step 0 (en)"]
    index = page.get_parent().specific
    for days in range(4, 4 + coming_dates.MOST):
        add_call_page(index, CallFactory.create(due=[timezone.now() + timedelta(days=days)]), title=f"Call {days}")
    many, again = asked()
    assert len(many) == coming_dates.MOST
    assert many[:2] == ["Competence centres: Step 2 (en)", "Call 4: Step 0 (en)"]
    assert again == number
