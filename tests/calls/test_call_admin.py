"""Staff's screens for a call: dates in Brussels time, warnings, moving, withdrawing, what will be sent."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone, translation
from wagtail.test.utils.form_data import inline_formset, nested_form_data
from wagtail.users.models import UserProfile

from accounts.users.models import User
from calls.chain.changes import DeadlineChange
from calls.chain.models import Call, Deadline
from calls.pages.models import CallPage
from calls.reminders.plan import moment, receivers
from hub.dates.belgian_holidays import easter, holiday
from notifications.outbox.models import Message
from tests.factories.consortia import InterestFactory
from tests.factories.hub import CallFactory, DeadlineFactory, add_call_page, add_calls
from tests.factories.notifications import MessageFactory, SubscriptionFactory

pytestmark = pytest.mark.django_db

LANGUAGES = ("nl", "fr", "de", "en")
DUE = datetime(2031, 10, 14, 21, 59, tzinfo=UTC)  # a Tuesday, 23:59 in Brussels
ROOT = "/admin/snippets/calls/call"


@pytest.fixture(autouse=True)
def _in_english(editor_user: User) -> Iterator[None]:
    UserProfile.objects.create(user=editor_user, preferred_language="en", current_time_zone="America/New_York")
    with translation.override("en"):
        yield


@pytest.fixture
def call() -> Call:
    call = CallFactory.create()
    add_call_page(add_calls(), call)
    return call


@pytest.fixture
def deadline(call: Call) -> Deadline:
    return DeadlineFactory.create(call=call, due_at=DUE)


def _words(name: str, text: str) -> dict[str, str]:
    return {f"{name}_{index}": f"{text} {code}" for index, code in enumerate(LANGUAGES)}


def _row(due_at: str, **fields: Any) -> dict[str, Any]:
    facts = {"kind": "declare", "actor": "partners", "due_at": due_at, "has_time": "on", "governs": ""}
    return facts | _words("label", "Declare") | fields


def _facts(rows: list[dict[str, Any]], initial: int = 0) -> dict[str, Any]:
    facts = _words("title", "Centres") | dict.fromkeys(
        ("programme", "reference", "official_url", "budget", "funding_rate", "contact"), ""
    )
    return nested_form_data(
        facts | {"deadlines": inline_formset(rows, initial=initial), "documents": inline_formset([])}
    )


def _move_form(due_at: str = "2031-10-21 17:00", **fields: str) -> dict[str, str]:
    return {"due_at": due_at, "has_time": "on", "version": "1"} | _words("reason", "Why") | fields


def _move_url(deadline: Deadline) -> str:
    return f"{ROOT}/move/{deadline.call_id}/{deadline.pk}/"


class TestBrusselsTime:
    """The editor of these tests has New York in the profile."""

    @pytest.mark.parametrize(
        ("fields", "stored"),
        [
            ({}, "2031-10-13T22:00:00+00:00"),
            ({"has_time": ""}, "2031-10-14T21:59:00+00:00"),
            ({"has_time": "", "governs": "declaration"}, "2031-10-13T22:00:00+00:00"),
            ({"has_time": "", "kind": "opens"}, "2031-10-13T22:00:00+00:00"),
        ],
    )
    def test_only_a_mere_day_lasts_to_its_end(self, editor: Client, fields: dict[str, str], stored: str) -> None:
        row = {name: value for name, value in _row("2031-10-14 00:00", **fields).items() if value or name != "has_time"}
        editor.post(f"{ROOT}/add/", _facts([row]))
        assert Deadline.objects.get().due_at.isoformat() == stored

    def test_dates_are_entered_so(self, editor: Client) -> None:
        assert editor.post(f"{ROOT}/add/", _facts([_row("2031-10-14 23:59")])).status_code == 302
        assert Deadline.objects.get().due_at == DUE

    def test_its_title_is_the_heading_of_the_page(self, editor: Client, deadline: Deadline) -> None:
        page = editor.get(f"{ROOT}/edit/{deadline.call_id}/").content.decode()
        headings = re.findall(r"<h1\b.*?</h1>", page, re.DOTALL)
        assert len(headings) == 1
        assert str(deadline.call.title) in headings[0]
        assert page.count('id="header-title"') == 1

    def test_dates_are_shown_so(self, editor: Client, deadline: Deadline) -> None:
        assert 'value="2031-10-14T23:59"' in editor.get(f"{ROOT}/edit/{deadline.call_id}/").content.decode()
        assert 'value="2031-10-14T23:59"' in editor.get(_move_url(deadline)).content.decode()
        assert "14 October 2031, 23:59 (Brussels)" in editor.get(f"{ROOT}/").content.decode()

    @pytest.mark.parametrize(
        ("typed", "said"), [("2031-03-30 02:30", "does not exist"), ("2031-10-26 02:30", "show this time twice")]
    )
    def test_times_that_do_not_exist_or_exist_twice_are_refused(self, editor: Client, typed: str, said: str) -> None:
        answer = editor.post(f"{ROOT}/add/", _facts([_row(typed)]))
        assert said in answer.content.decode()
        assert not Call.objects.exists()


class TestMoney:
    def test_what_cannot_be_is_said_at_the_field(self, editor: Client, call: Call) -> None:
        facts = _facts([]) | {"budget": "-5", "funding_rate": "150"}
        errors = editor.post(f"{ROOT}/edit/{call.pk}/", facts).context["form"].errors
        assert set(errors) == {"budget", "funding_rate"}


class TestWarnings:
    @pytest.mark.parametrize(
        ("typed", "said"),
        [
            ("2031-10-14 23:59", []),
            ("2020-10-14 23:59", ["in the past"]),
            ("2031-10-18 12:00", ["weekend"]),
            ("2031-11-11 12:00", ["Armistice Day"]),
            ("2031-06-02 12:00", ["Whit Monday"]),
            ("2031-03-30 01:30", ["weekend", "change of the clock"]),
            ("2031-03-30 03:30", ["weekend", "change of the clock"]),
            ("2031-03-30 05:30", ["weekend"]),
        ],
    )
    def test_what_is_odd_about_a_date(self, editor: Client, typed: str, said: list[str]) -> None:
        answer = editor.post(f"{ROOT}/add/", _facts([_row(typed)]), follow=True)
        found = [str(message) for message in answer.context["messages"] if message.level_tag == "warning"]
        assert len(found) == len(said)
        assert all(words in message for words, message in zip(said, found, strict=True))

    def test_what_is_odd_about_the_order(self, editor: Client) -> None:
        rows = [_row("2031-10-15 12:00"), _row("2031-10-14 12:00", kind="submit")]
        text = editor.post(f"{ROOT}/add/", _facts(rows), follow=True).content.decode()
        assert "which it usually follows" in text
        assert "which it usually follows" in editor.get(f"{ROOT}/edit/{Call.objects.get().pk}/").content.decode()

    def test_easter_and_the_ten_holidays(self) -> None:
        known = {2024: (3, 31), 2025: (4, 20), 2026: (4, 5), 2027: (3, 28), 2031: (4, 13), 2038: (4, 25), 2285: (3, 22)}
        assert {year: (easter(year).month, easter(year).day) for year in known} == known
        days = (datetime(2027, 1, 1) + timedelta(days=number) for number in range(365))
        assert sum(holiday(each.date()) is not None for each in days) == 10


class TestWhatPeopleKnowStays:
    def test_a_date_on_a_public_page_is_not_changed_in_the_form(self, editor: Client, deadline: Deadline) -> None:
        row = _row("2031-12-24 12:00", id=str(deadline.pk))
        answer = editor.post(f"{ROOT}/edit/{deadline.call_id}/", _facts([row], initial=1))
        assert answer.status_code == 302
        deadline.refresh_from_db()
        assert (deadline.due_at, deadline.version) == (DUE, 1)
        assert _move_url(deadline) in editor.get(f"{ROOT}/edit/{deadline.call_id}/").content.decode()

    def test_saving_the_form_does_not_undo_a_move(self, editor: Client, deadline: Deadline) -> None:
        editor.post(_move_url(deadline), _move_form(confirm="1"))
        editor.post(f"{ROOT}/edit/{deadline.call_id}/", _facts([_row("", id=str(deadline.pk))], initial=1))
        deadline.refresh_from_db()
        assert deadline.version == 2
        assert deadline.due_at.isoformat() == "2031-10-21T15:00:00+00:00"

    def test_a_date_that_moved_is_not_removed(self, editor: Client, deadline: Deadline) -> None:
        editor.post(_move_url(deadline), _move_form(confirm="1"))
        CallPage.objects.update(live=False)
        row = _row("", id=str(deadline.pk), DELETE="1")
        answer = editor.post(f"{ROOT}/edit/{deadline.call_id}/", _facts([row], initial=1))
        assert "cannot be removed" in answer.content.decode()
        assert Deadline.objects.exists()

    def test_a_date_that_people_can_read_is_not_removed(self, editor: Client, deadline: Deadline) -> None:
        removed = _facts([_row("", id=str(deadline.pk), DELETE="1")], initial=1)
        answer = editor.post(f"{ROOT}/edit/{deadline.call_id}/", removed)
        assert "cannot be removed" in answer.content.decode()
        assert Deadline.objects.exists()
        CallPage.objects.update(live=False)
        assert editor.post(f"{ROOT}/edit/{deadline.call_id}/", removed).status_code == 302
        assert not Deadline.objects.exists()

    @pytest.mark.parametrize("with_pages", [True, False])
    def test_a_call_with_a_history_is_not_deleted(
        self, administrator: Client, editor: Client, call: Call, with_pages: bool
    ) -> None:
        moved = DeadlineFactory.create(call=call, due_at=DUE)
        editor.post(_move_url(moved), _move_form(confirm="1"))
        if not with_pages:
            CallPage.objects.all().delete()
        for url in (f"{ROOT}/delete/{call.pk}/", f"/admin/bulk/calls/call/delete/?id={call.pk}"):
            answer = administrator.post(url)
            assert (answer.status_code, answer["Location"]) == (302, f"{ROOT}/edit/{call.pk}/")
        assert Call.objects.filter(pk=call.pk).exists()

    def test_a_call_without_pages_or_history_is(self, administrator: Client) -> None:
        call = CallFactory.create(due=[DUE])
        assert administrator.post(f"{ROOT}/delete/{call.pk}/").status_code == 302
        assert not Call.objects.exists()

    def test_the_author_of_a_move_can_be_erased(
        self, administrator: Client, editor: Client, editor_user: User, deadline: Deadline
    ) -> None:
        editor.post(_move_url(deadline), _move_form(confirm="1"))
        assert DeadlineChange.objects.get().moved_by == editor_user
        assert administrator.post(f"/admin/users/delete/{editor_user.pk}/").status_code == 302
        assert DeadlineChange.objects.get().moved_by is None


class TestMoving:
    def test_first_the_mails_then_the_move(self, editor: Client, deadline: Deadline) -> None:
        SubscriptionFactory.create(topic="calls")
        shown = editor.post(_move_url(deadline), _move_form(preview="1"))
        text = shown.content.decode()
        assert [preview.language for preview in shown.context["previews"]] == list(LANGUAGES)
        assert "Why fr" in shown.context["previews"][1].mail.text
        assert text.count("<iframe sandbox srcdoc=") == 4
        assert "1 person is told" in text
        assert not DeadlineChange.objects.exists()
        assert not Message.objects.exists()
        confirmed = editor.post(_move_url(deadline), dict(shown.context["typed"]) | {"confirm": "1"})
        assert confirmed.status_code == 302
        change = DeadlineChange.objects.get()
        assert (change.told, change.new_due_at.isoformat()) == (1, "2031-10-21T15:00:00+00:00")
        assert Message.objects.count() == 1

    def test_a_mere_day_lasts_to_its_last_minute(self, editor: Client, deadline: Deadline) -> None:
        form = {
            name: value for name, value in _move_form("2031-10-21 00:00", confirm="1").items() if name != "has_time"
        }
        assert editor.post(_move_url(deadline), form).status_code == 302
        deadline.refresh_from_db()
        assert (deadline.due_at.isoformat(), deadline.has_time) == ("2031-10-21T21:59:00+00:00", False)
        assert editor.post(_move_url(deadline), form).status_code == 302
        assert DeadlineChange.objects.count() == 1

    def test_sent_twice_it_happens_once(self, editor: Client, deadline: Deadline) -> None:
        SubscriptionFactory.create(topic="calls")
        for _time in range(2):
            assert editor.post(_move_url(deadline), _move_form(confirm="1")).status_code == 302
        assert (DeadlineChange.objects.count(), Message.objects.count()) == (1, 1)

    @pytest.mark.parametrize("step", ["preview", "confirm"])
    @pytest.mark.parametrize(
        ("fields", "said"),
        [
            ({"reason_3": ""}, "English"),
            ({"due_at": "2031-10-14 23:59"}, "has already"),
            ({"due_at": "2020-10-14 23:59"}, "in the past"),
            ({"version": "7"}, "Somebody else"),
            ({"due_at": "soon"}, "valid date"),
        ],
    )
    def test_what_is_refused_says_why(
        self, editor: Client, deadline: Deadline, step: str, fields: dict[str, str], said: str
    ) -> None:
        answer = editor.post(_move_url(deadline), _move_form(**fields, **{step: "1"}))
        assert said in answer.content.decode()
        assert not DeadlineChange.objects.exists()

    def test_one_may_go_back_and_change_something(self, editor: Client, deadline: Deadline) -> None:
        text = editor.post(_move_url(deadline), _move_form(back="1")).content.decode()
        assert 'value="2031-10-21 17:00"' in text

    def test_a_date_gone_by_that_comes_again_is_pointed_out(self, editor: Client, deadline: Deadline) -> None:
        Deadline.objects.update(due_at=datetime(2025, 1, 7, 12, tzinfo=UTC))
        answer = editor.post(_move_url(deadline), _move_form(preview="1"))
        assert "opens again" in answer.content.decode()


class TestWithdrawing:
    def test_first_the_mails_then_for_good(self, editor: Client, call: Call) -> None:
        InterestFactory.create(call=call)
        shown = editor.post(f"{ROOT}/withdraw/{call.pk}/", _words("reason", "No money") | {"preview": "1"})
        assert "No money de" in shown.context["previews"][2].mail.text
        assert not Message.objects.exists()
        for _time in range(2):
            answer = editor.post(
                f"{ROOT}/withdraw/{call.pk}/", _words("reason", "No money") | {"confirm": "1"}, follow=True
            )
        assert "This call was withdrawn" in answer.content.decode()
        call.refresh_from_db()
        assert call.withdrawn_reason.localize("fr") == "No money fr"
        assert Message.objects.get().kind == "calls/call_withdrawn"

    def test_a_reason_is_needed(self, editor: Client, call: Call) -> None:
        assert "Say why" in editor.post(f"{ROOT}/withdraw/{call.pk}/", {"confirm": "1"}).content.decode()


class TestWhatWillBeSent:
    def test_moments_people_and_figures(self, editor: Client, deadline: Deadline) -> None:
        SubscriptionFactory.create(topic="calls", offsets=[168, 24])
        SubscriptionFactory.create(topic=f"call:{deadline.call_id}", offsets=[168])
        MessageFactory.create(about=f"deadline:{deadline.pk}:v1", status="failed")
        text = editor.get(f"{ROOT}/mails/{deadline.call_id}/").content.decode()
        assert "Tuesday 7 October 2031, 09:00 (Brussels)" in text
        assert "Tuesday 14 October 2031, 20:59 (Brussels)" in text
        assert "1 failed" in text
        assert receivers([deadline.call_id]) == {deadline.call_id: {168: 2, 24: 1}}

    def test_who_follows_a_call_and_all_calls_counts_once(self, call: Call) -> None:
        SubscriptionFactory.create(topic="calls", offsets=[168, 24], email="a@example.org")
        SubscriptionFactory.create(topic=f"call:{call.pk}", offsets=[72], email="A@example.org")
        assert receivers([call.pk]) == {call.pk: {72: 1}}

    def test_each_mail_in_each_language(self, editor: Client, deadline: Deadline) -> None:
        shown = editor.get(f"{ROOT}/mails/{deadline.call_id}/", {"deadline": deadline.pk, "hours": "168"})
        subjects = {preview.language: preview.mail.subject for preview in shown.context["previews"]}
        assert subjects["en"] == "7 days left: Declare your partnership (en)"
        assert "(nl)" in subjects["nl"]
        assert not Message.objects.exists()

    @pytest.mark.parametrize("query", ["deadline=0&hours=24", "deadline=x&hours=24", "hours=5", "deadline=1"])
    def test_nonsense_is_left_alone(self, editor: Client, deadline: Deadline, query: str) -> None:
        assert editor.get(f"{ROOT}/mails/{deadline.call_id}/?{query}").status_code == 200

    @pytest.mark.parametrize(
        ("hours", "leaves"),
        [(24, "2027-03-28T07:00:00"), (48, "2027-03-27T08:00:00"), (3, "2027-03-29T12:00:00")],
    )
    def test_moments_are_those_of_the_reminders(self, hours: int, leaves: str) -> None:
        deadline = Deadline(due_at=datetime(2027, 3, 29, 15, 0, tzinfo=UTC))
        assert moment(deadline, hours).astimezone(UTC).isoformat() == f"{leaves}+00:00"

    @pytest.mark.parametrize(("due", "leaves"), [("T21:59", "2027-03-28T07:00"), ("T00:30", "2027-03-27T21:30")])
    def test_hours_before_a_mere_day_mean_its_morning(self, due: str, leaves: str) -> None:
        deadline = Deadline(due_at=datetime.fromisoformat(f"2027-03-28{due}+00:00"), has_time=False)
        assert moment(deadline, 3).astimezone(UTC).isoformat() == f"{leaves}:00+00:00"


class TestTheList:
    def test_it_shows_followers_and_interests_in_few_queries(
        self, editor: Client, call: Call, django_assert_max_num_queries: Any
    ) -> None:
        InterestFactory.create_batch(3, call=call)
        InterestFactory.create(call=call, status="withdrawn")
        SubscriptionFactory.create_batch(2, topic=f"call:{call.pk}")
        for _number in range(15):
            CallFactory.create(due=[timezone.now() + timedelta(days=9)])
        with django_assert_max_num_queries(25):
            answer = editor.get(f"{ROOT}/?ordering=-taking_part")
        first = answer.context["object_list"][0]
        assert (first.pk, first.follower_count, first.taking_part) == (call.pk, 2, 3)


@pytest.mark.parametrize("screen", ["mails/{call}/", "withdraw/{call}/", "move/{call}/{deadline}/"])
class TestWhoMay:
    def test_staff_only(self, visitor: Client, partner: Client, deadline: Deadline, screen: str) -> None:
        url = f"{ROOT}/{screen.format(call=deadline.call_id, deadline=deadline.pk)}"
        for client in (visitor, partner):
            assert client.get(url).status_code in {302, 403}
            assert client.post(url, _move_form(confirm="1")).status_code in {302, 403}
        assert not DeadlineChange.objects.exists()

    def test_what_does_not_exist_is_not_found(self, editor: Client, deadline: Deadline, screen: str) -> None:
        other = CallFactory.create(due=[DUE])
        strange = {"call": other.pk + 100, "deadline": deadline.pk}
        assert editor.get(f"{ROOT}/{screen.format(**strange)}").status_code == 404
        if "deadline" in screen:
            strange = {"call": other.pk, "deadline": deadline.pk}
            assert editor.get(f"{ROOT}/{screen.format(**strange)}").status_code == 404
