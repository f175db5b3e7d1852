"""The portal failed before a deadline: everybody gets longer, and the failure stays on record."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone, translation

from calls.chain.changes import DeadlineChange
from calls.chain.models import Deadline
from calls.moving import deadlines
from calls.moving.failures import Failure
from hub.dates.brussels import local
from hub.dates.words import moment
from notifications.outbox.models import Message
from tests.factories.hub import CallFactory, DeadlineFactory, add_call_page, add_calls
from tests.factories.notifications import SubscriptionFactory

pytestmark = pytest.mark.django_db

MINUTE = timedelta(minutes=1)


@pytest.fixture
def now() -> datetime:
    """The beginning of this minute, for whoever types times."""
    return timezone.now().replace(second=0, microsecond=0)


@pytest.fixture
def passed(now: datetime) -> Deadline:
    """Partnerships were to be declared ten minutes ago, in a call with pages in two languages."""
    call = CallFactory.create(due=[now + timedelta(days=40)])
    for language in ("en", "nl"):
        add_call_page(add_calls(language), call)
    return DeadlineFactory.create(call=call, due_at=now - 10 * MINUTE, governs=Deadline.Governs.DECLARATION)


def failure(now: datetime, begun: int, ended: int) -> Failure:
    """Minutes before now."""
    return Failure(now - begun * MINUTE, now - ended * MINUTE)


def extend(deadline: Deadline, found: Failure, *, due_at: datetime | None = None) -> DeadlineChange:
    due_at = due_at or found.ended_at + timedelta(hours=6)
    return deadlines.move(deadline, due_at=due_at, reason={}, by=None, failure=found)


def test_it_is_public_told_once_and_said_in_every_language(passed: Deadline, now: datetime, visitor: Client) -> None:
    SubscriptionFactory.create(topic="calls", language="nl")
    change = extend(passed, failure(now, 40, 20))
    assert (change.failure_begun_at, change.failure_ended_at) == (now - 40 * MINUTE, now - 20 * MINUTE)
    assert set(change.reason.data) == {"nl", "fr", "de", "en"}
    assert len(set(change.reason.data.values())) == 4
    assert f"{local(now - 40 * MINUTE):%H:%M}" in change.reason.data["fr"]
    assert extend(passed, failure(now, 40, 20)) == change, "sent twice it is one extension"
    assert Message.objects.get().context["reason"]["nl"] == change.reason.data["nl"]
    with translation.override("en"):
        page = passed.call.pages.get(locale__language_code="en")
    assert "The portal failed from" in visitor.get(page.url).content.decode()


def test_words_of_staff_do_not_hide_when_it_failed(passed: Deadline, now: datetime, visitor: Client) -> None:
    words = {"en": "Mains power was out.", "nl": "Er was geen stroom."}
    found = failure(now, 40, 20)
    deadlines.move(passed, due_at=now + timedelta(hours=6), reason=words, by=None, failure=found)
    with translation.override("en"):
        text = visitor.get(passed.call.pages.get(locale__language_code="en").url).content.decode()
        assert f"Failure of the portal from {moment(found.begun_at)}" in text
    assert "Mains power was out." in text


@pytest.mark.parametrize(
    ("span", "code"),
    [
        ((200, 71), "not_in_the_last_hour"),
        ((9, 1), "not_in_the_last_hour"),
        ((20, 30), "ends_before"),
        ((20, -5), "not_over"),
    ],
)
def test_another_failure_is_no_ground(passed: Deadline, now: datetime, span: tuple[int, int], code: str) -> None:
    assert refused(lambda: extend(passed, failure(now, *span))) == code
    assert not DeadlineChange.objects.exists()


def test_after_a_failure_nobody_gets_less(passed: Deadline, now: datetime) -> None:
    later = DeadlineFactory.create(
        call=passed.call, due_at=now + 30 * MINUTE, governs=Deadline.Governs.PROPOSAL, sort_order=9
    )
    assert refused(lambda: extend(later, failure(now, 20, 10), due_at=now + 20 * MINUTE)) == "not_later"
    mere = DeadlineFactory.create(call=passed.call, due_at=now - MINUTE, sort_order=10)
    assert refused(lambda: extend(mere, failure(now, 20, 10))) == "closes_nothing"


def test_the_record_has_both_times_or_none(passed: Deadline, now: datetime) -> None:
    change = extend(passed, failure(now, 40, 20))
    half = DeadlineChange(
        deadline=passed,
        call=passed.call,
        version=change.version + 1,
        old_due_at=change.new_due_at,
        new_due_at=change.new_due_at + MINUTE,
        reason=change.reason,
        failure_begun_at=now,
    )
    with pytest.raises(IntegrityError, match="failure_has_a_span"), transaction.atomic():
        half.save(force_insert=True)


def test_staff_give_two_times_and_need_no_words(editor: Client, passed: Deadline, now: datetime) -> None:
    shown = f"/admin/snippets/calls/call/move/{passed.call_id}/{passed.pk}/"
    typed = {
        "due_at": f"{local(now + timedelta(hours=5)):%Y-%m-%dT%H:%M}",
        "has_time": "on",
        "version": str(passed.version),
        "failure_begun_at": f"{local(now - 40 * MINUTE):%Y-%m-%dT%H:%M}",
    }
    half = editor.post(shown, typed | {"preview": "1"})
    assert half.context["form"].errors["failure_ended_at"]
    whole = typed | {"failure_ended_at": f"{local(now - 20 * MINUTE):%Y-%m-%dT%H:%M}"}
    assert editor.post(shown, whole | {"preview": "1"}).context["planned"].reason.data["en"].startswith("The portal")
    assert editor.post(shown, whole | {"confirm": "1"}).status_code == 302
    assert DeadlineChange.objects.get().failure_ended_at == now - 20 * MINUTE


def refused(call: Callable[[], object]) -> str:
    with pytest.raises(ValidationError) as caught:
        call()
    return str(caught.value.code)
