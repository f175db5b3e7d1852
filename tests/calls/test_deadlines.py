from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, models, transaction
from django.test import Client
from django.utils import timezone
from icalendar import Calendar

from accounts.users.models import User
from calls.chain.changes import CallWithdrawal, DeadlineChange
from calls.chain.models import Call, Deadline
from calls.moving import deadlines
from calls.pages.models import CallPage
from calls.reminders import reminders
from consortia.interest.models import Interest
from notifications.delivery import sending
from notifications.delivery.rendering import render
from notifications.outbox.models import Message
from tests.factories.consortia import InterestFactory
from tests.factories.hub import CallFactory, DeadlineFactory, add_call_page, add_calls, words
from tests.factories.notifications import SubscriptionFactory
from tests.smtp_sink import Sink

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]

BRUSSELS = ZoneInfo("Europe/Brussels")
WHY = {"en": "The meeting is a week later.", "nl": "De bijeenkomst is een week later."}


# Once: a test that runs over the turn of a minute asks for the same moment twice.
_NOW = timezone.now().replace(second=0, microsecond=0)


def _in(days: int) -> datetime:
    return _NOW + timedelta(days=days)


@pytest.fixture
def call() -> Call:
    """A public call in English and Dutch."""
    call = CallFactory.create()
    for language in ("en", "nl"):
        add_call_page(add_calls(language), call)
    return call


@pytest.fixture
def deadline(call: Call) -> Deadline:
    return DeadlineFactory.create(call=call, due_at=_in(30))


def _move(deadline: Deadline, days: int, **facts: Any) -> DeadlineChange:
    given: dict[str, Any] = {"due_at": _in(days), "reason": WHY, "by": None} | facts
    return deadlines.move(deadline, **given)


def _error(call: Callable[[], object]) -> str:
    with pytest.raises(ValidationError) as caught:
        call()
    return caught.value.messages[0]


class TestMoving:
    def test_it_is_on_record_with_its_reason(self, deadline: Deadline, editor_user: User) -> None:
        old = deadline.due_at
        change = _move(deadline, 40, by=editor_user)
        deadline.refresh_from_db()
        assert (deadline.due_at, deadline.version) == (_in(40), 2)
        assert (change.old_due_at, change.new_due_at, change.version) == (old, _in(40), 2)
        assert (change.moved_by, change.call, change.reason.localize("nl")) == (
            editor_user,
            deadline.call,
            WHY["nl"],
        )
        assert timezone.now() - change.moved_at < timedelta(minutes=1)

    def test_the_reason_is_given_in_every_language_of_the_call(self, deadline: Deadline) -> None:
        assert "Dutch" in _error(lambda: _move(deadline, 40, reason={"en": "Later.", "nl": "  "}))
        assert _error(lambda: _move(deadline, 40, reason={}))
        CallPage.objects.filter(locale__language_code="nl").update(live=False)
        assert _move(deadline, 40, reason={"en": "Later."})

    def test_sent_twice_it_is_one_move(self, deadline: Deadline) -> None:
        SubscriptionFactory.create(topic="calls")
        first = _move(deadline, 40)
        assert _move(deadline, 40) == first
        assert "already" in _error(lambda: _move(deadline, 40, reason={"en": "Another.", "nl": "Een andere."}))
        assert (DeadlineChange.objects.count(), Message.objects.count()) == (1, 1)

    def test_what_is_refused(self, deadline: Deadline) -> None:
        assert "already" in _error(lambda: _move(deadline, 30))
        assert "past" in _error(lambda: _move(deadline, -1))
        _move(deadline, 40)
        assert "Somebody else" in _error(lambda: _move(deadline, 50, seen_version=1))
        assert DeadlineChange.objects.count() == 1

    def test_a_date_gone_by_may_come_again(self, deadline: Deadline) -> None:
        Deadline.objects.update(due_at=_in(-5))
        assert _move(deadline, 5).old_due_at == _in(-5)

    def test_a_failure_leaves_nothing_behind(self, deadline: Deadline, monkeypatch: pytest.MonkeyPatch) -> None:
        SubscriptionFactory.create(topic="calls")
        monkeypatch.setattr(DeadlineChange, "save", lambda *args, **kwargs: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            _move(deadline, 40)
        assert not Message.objects.exists()
        assert Deadline.objects.get().version == 1


class TestWhoIsTold:
    def test_each_address_once(self, deadline: Deadline) -> None:
        call = deadline.call
        SubscriptionFactory.create(topic=f"call:{call.pk}", email="both@example.org", language="nl")
        SubscriptionFactory.create(topic="calls", email="Both@example.org")
        SubscriptionFactory.create(topic="calls", email="all@example.org", language="fr")
        SubscriptionFactory.create(topic="news", email="news@example.org")
        SubscriptionFactory.create(topic="calls", status="stopped", email="stopped@example.org")
        InterestFactory.create(call=call, email="BOTH@example.org")
        InterestFactory.create(call=call, email="partner@example.org", language="de")
        InterestFactory.create(call=call, email="withdrawn@example.org", status=Interest.Status.WITHDRAWN)
        InterestFactory.create(call=call, email="unproved@example.org", status="pending", confirmed_at=None)
        change = _move(deadline, 40)
        told = dict(Message.objects.values_list("to_email", "language"))
        assert told == {"both@example.org": "nl", "all@example.org": "fr", "partner@example.org": "de"}
        assert change.told == 3

    def test_the_mail_says_old_new_why_and_why_you(self, deadline: Deadline) -> None:
        SubscriptionFactory.create(topic="calls", email="a@example.org")
        InterestFactory.create(call=deadline.call, email="b@example.org")
        Deadline.objects.update(due_at=datetime(2031, 10, 14, 23, 59, tzinfo=BRUSSELS))
        _move(deadline, 0, due_at=datetime(2031, 10, 21, 17, 0, tzinfo=BRUSSELS))
        follower, partner = Message.objects.order_by("to_email")
        mail = render(follower, now=timezone.now())
        assert "21 October 2031" in mail.subject
        for text in (mail.text, mail.html):
            assert "14 October 2031, 23:59 (Brussels)" in text
            assert "21 October 2031, 17:00 (Brussels)" in text
            assert WHY["en"] in text
            assert "follows" in text
        assert "/stop/" in mail.text
        other = render(partner, now=timezone.now())
        assert "takes part in" in other.text
        assert "/stop/" not in other.text

    def test_the_calendar_entry_moves_along(self, deadline: Deadline) -> None:
        SubscriptionFactory.create(topic="calls")
        _move(deadline, 40)
        attachment = Message.objects.get().attachments[0]
        assert attachment["type"] == "text/calendar; method=PUBLISH"
        entry = Calendar.from_ical(attachment["content"]).walk("VEVENT")[0]
        assert (entry["UID"], entry["SEQUENCE"]) == (f"deadline-{deadline.pk}@localhost", 1)
        assert entry.decoded("DTSTART") == _in(40)

    def test_stale_reminders_are_taken_back_and_no_old_one_comes_again(self, deadline: Deadline) -> None:
        """Thirty days before the old date has passed, twenty-nine to the new one: the notice says it, no reminder."""
        SubscriptionFactory.create(topic=f"call:{deadline.call_id}", offsets=[31 * 24, 24])
        assert reminders.run(now=timezone.now()) == 1
        _move(deadline, 29)
        assert dict(Message.objects.values_list("kind", "status")) == {
            "calls/deadline": "withdrawn",
            "calls/deadline_moved": "queued",
        }
        assert reminders.run(now=timezone.now()) == 0
        assert reminders.run(now=_in(28) + timedelta(hours=23)) == 1

    def test_two_moves_in_a_row_are_told_as_one(self, deadline: Deadline) -> None:
        SubscriptionFactory.create(topic="calls", email="waits@example.org")
        told = SubscriptionFactory.create(topic="calls", email="told@example.org")
        first = deadline.due_at
        _move(deadline, 40)
        Message.objects.filter(subscription=told).update(status="sent", sent_at=timezone.now())
        _move(deadline, 50)
        waiting = {each.to_email: each.context["old_due_at"] for each in Message.objects.waiting()}
        assert waiting["waits@example.org"] == first.isoformat()
        assert waiting["told@example.org"] == _in(40).isoformat()
        _move(deadline, 30)
        assert [each.to_email for each in Message.objects.waiting()] == ["told@example.org"]

    def test_hundreds_of_followers_need_hardly_more_queries(
        self, deadline: Deadline, django_assert_max_num_queries: Any
    ) -> None:
        for number in range(300):
            SubscriptionFactory.create(topic="calls", language=("nl", "en")[number % 2])
        with django_assert_max_num_queries(44):  # whatever the number, with the words of two pages
            assert _move(deadline, 40).told == 300

    def test_it_leaves_by_the_outbox(self, deadline: Deadline, smtp_sink: Sink) -> None:
        SubscriptionFactory.create(topic="calls")
        _move(deadline, 40)
        assert sending.drain() == 1
        assert len(smtp_sink.mails) == 1


class TestTheRecordStays:
    @pytest.fixture
    def change(self, deadline: Deadline, editor_user: User) -> DeadlineChange:
        return _move(deadline, 40, by=editor_user)

    @staticmethod
    def _refused(act: Callable[[], object]) -> None:
        with pytest.raises(IntegrityError, match="stays as it is"), transaction.atomic():
            act()

    def test_nobody_deletes_or_alters_it_through_the_orm(self, change: DeadlineChange) -> None:
        self._refused(change.delete)
        self._refused(DeadlineChange.objects.all().delete)
        self._refused(lambda: DeadlineChange.objects.update(told=9))
        self._refused(lambda: DeadlineChange.objects.update(moved_by=None, told=9))
        change.reason = words("Something else")
        self._refused(change.save)

    @pytest.mark.parametrize(
        "statement",
        [
            "DELETE FROM calls_deadlinechange",
            "UPDATE calls_deadlinechange SET old_due_at = now()",
            "UPDATE calls_deadlinechange SET moved_by_id = NULL, reason = 'none'",
        ],
    )
    def test_nor_in_sql(self, change: DeadlineChange, statement: str) -> None:
        def run() -> None:
            with connection.cursor() as cursor:
                cursor.execute(statement)

        self._refused(run)

    def test_an_erased_account_leaves_the_row(self, change: DeadlineChange, editor_user: User) -> None:
        editor_user.delete()
        change.refresh_from_db()
        assert change.moved_by is None
        assert change.reason.localize("en") == WHY["en"]

    def test_its_call_and_its_deadline_stay(self, change: DeadlineChange) -> None:
        for row in (change.deadline, change.call):
            with pytest.raises(models.ProtectedError):
                row.delete()

    def test_a_withdrawal_stays_as_well(self, call: Call) -> None:
        withdrawal = deadlines.withdraw(call, reason=WHY, by=None)
        self._refused(withdrawal.delete)
        self._refused(lambda: CallWithdrawal.objects.update(told=9))


class TestWithdrawing:
    def test_everyone_is_told_once_and_nothing_more_comes(self, deadline: Deadline) -> None:
        call = deadline.call
        SubscriptionFactory.create(topic="calls", offsets=[31 * 24])
        reminders.run(now=timezone.now())
        InterestFactory.create(call=call)
        first = deadlines.withdraw(call, reason=WHY, by=None)
        assert deadlines.withdraw(call, reason=WHY, by=None) == first
        assert first.told == 2
        assert Message.objects.filter(kind="calls/call_withdrawn").count() == 2
        assert Message.objects.get(kind="calls/deadline").status == "withdrawn"
        assert reminders.run(now=timezone.now() + timedelta(days=29)) == 0
        assert "withdrawn" in _error(lambda: _move(deadline, 40))

    def test_the_mail_takes_the_entries_out_of_calendars(self, deadline: Deadline) -> None:
        SubscriptionFactory.create(topic="calls", language="nl")
        DeadlineFactory.create(call=deadline.call, due_at=_in(-3))
        deadlines.withdraw(deadline.call, reason=WHY, by=None)
        message = Message.objects.get()
        assert WHY["nl"] in render(message, now=timezone.now()).text
        (attachment,) = message.attachments
        file = Calendar.from_ical(attachment["content"])
        entry = file.walk("VEVENT")[0]
        assert (file["METHOD"], entry["STATUS"], entry["SEQUENCE"]) == ("CANCEL", "CANCELLED", 1)

    def test_a_reason_is_needed(self, call: Call) -> None:
        assert "Dutch" in _error(lambda: deadlines.withdraw(call, reason={"en": "No."}, by=None))
        call.refresh_from_db()
        assert call.withdrawn_at is None


class TestThePage:
    def test_the_chain_and_the_log_show_old_new_and_why(self, deadline: Deadline, visitor: Client) -> None:
        Deadline.objects.update(due_at=datetime(2031, 10, 14, 23, 59, tzinfo=BRUSSELS))
        _move(deadline, 0, due_at=datetime(2031, 10, 21, 17, 0, tzinfo=BRUSSELS))
        _move(
            deadline, 0, due_at=datetime(2031, 10, 28, 17, 0, tzinfo=BRUSSELS), reason={"en": "Again.", "nl": "Weer."}
        )
        page = CallPage.objects.get(locale__language_code="en")
        text = visitor.get(page.url).content.decode()
        chain, log = text.split('id="changes"')
        assert "<del>Tuesday 21 October 2031, 17:00 (Brussels)</del>" in chain
        assert "Again." in chain
        assert "14 October 2031" not in chain
        assert log.count("<del>") == 2
        assert WHY["en"] in log

    def test_without_changes_there_is_no_log(self, deadline: Deadline, visitor: Client) -> None:
        page = CallPage.objects.get(locale__language_code="en")
        assert 'id="changes"' not in visitor.get(page.url).content.decode()

    def test_a_withdrawn_call_says_so_with_its_reason(self, deadline: Deadline, visitor: Client) -> None:
        deadlines.withdraw(deadline.call, reason=WHY, by=None)
        text = visitor.get(CallPage.objects.get(locale__language_code="nl").url).content.decode()
        assert WHY["nl"] in text
