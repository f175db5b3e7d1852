"""Rows of a fact (deadlines, texts) when two edit it, and what taking back leaves to the screens that tell people."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from wagtail.models import ModelLogEntry

from accounts.users.models import User
from calls.chain.models import Call, Deadline
from calls.moving import deadlines
from calls.questions.models import Question
from hub.facts import record
from hub.facts.record import recorded
from hub.vocabularies.models import Term
from notifications.following import managing
from notifications.outbox.models import Message
from partners.organisations.models import Organisation
from tests.factories.accounts import UserFactory
from tests.factories.hub import CallFactory, DeadlineFactory, add_call_page, add_calls, words
from tests.factories.partners import OrganisationFactory
from tests.facts import colleague, form_of, last_entry, opened, save, state, url_of
from tests.personas import give_second_factor, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_english() -> Any:
    with translation.override("en"):
        yield


@pytest.fixture
def first_user() -> User:
    return colleague("first@example.org", "First")


@pytest.fixture
def first(first_user: User) -> Client:
    return signed_in(first_user)


@pytest.fixture
def second() -> Client:
    return signed_in(colleague("second@example.org", "Second"))


@pytest.fixture
def call() -> Call:
    call = CallFactory.create()
    for day, label in ((1, "Declare"), (15, "Submit")):
        due_at = datetime(2031, 10, day, 10, 0, tzinfo=UTC)
        DeadlineFactory.create(call=call, due_at=due_at, label=words(label), sort_order=day)
    return call


def _number(form: Any, words_of_row: str) -> str:
    """The prefix of the row of the chain that has these words."""
    return next(name.removesuffix("-label_3") for name, value in form.items() if value == f"{words_of_row} (en)")


def _take_back(client: Client, fact: Any, entry: ModelLogEntry) -> Any:
    url = url_of(fact, "take_back", entry.pk)
    return client.post(url, {"facts_seen": client.get(url).context["form"]["facts_seen"].value()})


class TestRows:
    def test_what_the_second_did_not_touch_is_the_firsts_when_it_is_saved_again(
        self, first: Client, second: Client, call: Call
    ) -> None:
        hers, his = opened(first, call), opened(second, call)
        save(first, call, hers, **{f"{_number(hers, 'Declare')}-label_3": "Her words", "programme": "AMIF"})
        answer = save(second, call, his, **{f"{_number(his, 'Submit')}-label_3": "His words"})
        told = [(each.told.label, each.told.after, each.is_theirs_in_form) for each in answer.context["their_changes"]]
        label = "Deadline “Her words”: What must be done (English)"
        assert told == [("Programme", "AMIF", True), (label, "Her words", True)]
        assert save(second, call, form_of(answer)).status_code == 302
        labels = {str(each.label) for each in Deadline.objects.filter(call=call)}
        assert (labels, Call.objects.get().programme) == ({"Her words", "His words"}, "AMIF")

    def test_a_row_that_the_first_removed_stays_where_the_second_wrote_in_it(
        self, first: Client, second: Client, call: Call
    ) -> None:
        hers, his = opened(first, call), opened(second, call)
        save(first, call, hers, **{f"{_number(hers, row)}-DELETE": "1" for row in ("Declare", "Submit")})
        answer = save(second, call, his, **{f"{_number(his, 'Submit')}-label_3": "His words"})
        told = [(each.told.label, each.is_theirs_in_form) for each in answer.context["their_changes"]]
        assert told == [("Deadline “Declare (en)”", True), ("Deadline “Submit (en)”", False)]
        assert save(second, call, form_of(answer)).status_code == 302
        assert [str(each.label) for each in Deadline.objects.filter(call=call)] == ["His words"]

    def test_a_form_from_before_the_portals_key_changed_is_not_put_over_anything_unseen(
        self, first: Client, second: Client, call: Call
    ) -> None:
        his = opened(second, call)
        save(first, call, opened(first, call), programme="AMIF")
        answer = save(second, call, his, facts_seen="signed:with:another-key", programme="BMVI")
        assert answer.status_code == 200
        assert Call.objects.get().programme == "AMIF"
        again = form_of(answer)
        assert again["programme"] == "BMVI"
        assert save(second, call, again).status_code == 302
        assert Call.objects.get().programme == "BMVI"

    def test_a_row_that_the_first_added_is_in_the_form(self, first: Client, second: Client) -> None:
        organisation = OrganisationFactory.create()
        hers, his = opened(first, organisation), opened(second, organisation)
        number = int(hers["texts-TOTAL_FORMS"])
        more = {"language": "fr", "summary": "En bref", "body": "", "id": ""}
        hers["texts-TOTAL_FORMS"] = str(number + 1)
        save(first, organisation, hers, **{f"texts-{number}-{name}": value for name, value in more.items()})
        answer = save(second, organisation, his, name="Another name")
        assert [each.is_theirs_in_form for each in answer.context["their_changes"]] == [True]
        again = form_of(answer)
        assert "En bref" in again.values()
        save(second, organisation, again)
        kept = Organisation.objects.get()
        assert (kept.name, kept.texts.filter(language="fr").count()) == ("Another name", 1)

    @pytest.mark.parametrize("act", ["removed", "added", "changed"])
    def test_taking_back(self, first: Client, call: Call, act: str) -> None:
        form, before = opened(first, call), state(call)
        row, number = _number(form, "Declare"), int(form["deadlines-TOTAL_FORMS"])
        if act == "added":
            form["deadlines-TOTAL_FORMS"] = str(number + 1)
            for name in [name for name in form if name.startswith(f"{row}-")]:
                form[name.replace(row, f"deadlines-{number}")] = form[name]
            form |= {f"deadlines-{number}-id": "", f"deadlines-{number}-ORDER": "9"}
        changed = {"removed": {f"{row}-DELETE": "1"}, "changed": {f"{row}-due_at": "2031-10-02T08:00"}}.get(act, {})
        assert save(first, call, form, **changed).status_code == 302
        assert state(call) != before
        assert _take_back(first, call, last_entry(call)).status_code == 302
        after = state(call)
        assert list(after.rows["deadlines"].values()) == list(before.rows["deadlines"].values())
        assert after.fields == before.fields

    def test_whoever_changed_it_after_the_page_was_opened_is_told_of_before_it_is_taken_back(
        self, first: Client, second: Client, call: Call
    ) -> None:
        save(first, call, opened(first, call), programme="AMIF")
        url = url_of(call, "take_back", last_entry(call).pk)
        seen = second.get(url).context["form"]["facts_seen"].value()
        save(first, call, opened(first, call), reference="7")
        answer = second.post(url, {"facts_seen": seen})
        assert [each.told.after for each in answer.context["their_changes"]] == ["7"]
        save(second, call, form_of(answer))
        fresh = Call.objects.get()
        assert (fresh.programme, fresh.reference) == ("ESF+", "7")


class TestWhatPeopleWereToldOf:
    def test_a_date_that_people_know_is_not_taken_back_in_silence(self, first: Client, call: Call) -> None:
        form = opened(first, call)
        row = _number(form, "Declare")
        save(first, call, form, **{f"{row}-due_at": "2031-10-02T08:00", f"{row}-label_3": "Sign"})
        entry = last_entry(call)
        add_call_page(add_calls(), call)
        page = first.get(url_of(call, "take_back", entry.pk))
        assert [each.label for each in page.context["kept"]] == ["Deadline “Sign”: Date and time"]
        assert _take_back(first, call, entry).status_code == 302
        deadline = Deadline.objects.get(pk=form[f"{row}-id"])
        assert (deadline.label.localize("en"), deadline.due_at.hour) == ("Declare (en)", 6)

    def test_a_decision_about_a_question_is_not_taken_back(self, first: Client, call: Call) -> None:
        question = Question.objects.create(call=call, language="en", wording=words("Who?"))
        changed = {"answer_3": "All", "status": "answered", "confirm": "tell"}
        assert save(first, question, opened(first, question), **changed).status_code == 302
        page = first.get(url_of(question, "take_back", last_entry(question).pk))
        assert "Status" in [each.label for each in page.context["kept"]]
        sent = Message.objects.count()
        _take_back(first, question, last_entry(question))
        assert Question.objects.get().status == Question.Status.ANSWERED
        assert Message.objects.count() == sent

    def test_a_date_that_moved_meanwhile_is_told(
        self, first: Client, second: Client, call: Call, first_user: User
    ) -> None:
        add_call_page(add_calls(), call)
        his, deadline = opened(second, call), call.deadlines.get(sort_order=1)
        for name in (f"{_number(his, 'Declare')}-{field}" for field in ("due_at", "has_time")):
            his.pop(name, None)  # shut, so that a browser does not send it
        later = datetime(2031, 10, 3, 10, 0, tzinfo=UTC)
        deadlines.move(deadline, due_at=later, reason={"en": "More time"}, by=first_user)
        answer = save(second, call, his, programme="AMIF")
        [change] = answer.context["their_changes"]
        assert (change.told.after, change.entry.user) == ("3 October 2031, 12:00", first_user)
        assert change.is_theirs_in_form
        assert save(second, call, form_of(answer)).status_code == 302
        assert Deadline.objects.get(pk=deadline.pk).due_at == later


class TestRecord:
    def test_what_the_portal_does_itself_has_no_person(self) -> None:
        term = Term.objects.of("theme").first()
        assert term
        with recorded(term):
            Term.objects.filter(pk=term.pk).update(position=99)
        entry = last_entry(term)
        assert (entry.action, entry.user) == (record.CHANGED_ELSEWHERE, None)
        assert [(change.name, change.after) for change in record.changes_in(entry)] == [("position", 99)]

    def test_who_may_only_add_is_not_offered_to_take_anything_back(self, first: Client) -> None:
        organisation = OrganisationFactory.create()
        save(first, organisation, opened(first, organisation), email="else@example.org")
        adds = UserFactory.create()
        names = ("access_admin", "add_organisation")
        adds.user_permissions.add(*Permission.objects.filter(codename__in=names))
        give_second_factor(adds)
        history, back = url_of(organisation, "history"), url_of(organisation, "take_back", last_entry(organisation).pk)
        assert back in first.get(history).content.decode()
        shown = signed_in(adds).get(history)
        assert shown.status_code == 200
        assert back not in shown.content.decode()

    def test_an_erased_address_is_on_record_no_more(self, first: Client) -> None:
        organisation = OrganisationFactory.create(email="somebody@example.org")
        save(first, organisation, opened(first, organisation), email="Else@example.org")
        for email in ("somebody@example.org", "else@example.org"):
            managing.erase(email)
        assert "@example.org" not in str(last_entry(organisation).data)

    def test_a_history_costs_the_same_however_long_it_is(self, first: Client) -> None:
        organisation = OrganisationFactory.create()
        numbers = []
        for length in (1, 6):
            for turn in range(length):
                sectors = list(Term.objects.of("sector").values_list("pk", flat=True))
                save(first, organisation, opened(first, organisation), sector=str(sectors[turn % 2]), name=f"N{turn}")
            first.get(url_of(organisation, "history"))
            with CaptureQueriesContext(connection) as ran:
                assert "Take back" in first.get(url_of(organisation, "history")).content.decode()
            numbers.append(len(ran))
        assert numbers[0] == numbers[1] <= 25
