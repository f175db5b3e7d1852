"""Versions of an answer: each stays, nobody's words are lost, and followers hear once."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import Error, IntegrityError, connection, transaction
from django.utils import timezone

from accounts.users.models import User
from hub.what_is_new import telling
from hub.what_is_new.models import SourceTold
from learning.answers import writing
from learning.answers.difference import difference
from learning.answers.models import AnswerText, AnswerVersion, Evidence
from learning.answers.reading import first_sentences, told
from learning.answers.writing import ChangedError, Words
from learning.questions import carried
from learning.questions.keeping import NotPossibleError
from learning.questions.models import Question
from learning.questions.rules import NotAllowedError
from notifications.delivery.rendering import render
from notifications.outbox.models import Message
from notifications.subscriptions.models import Subscription
from tests.factories import learning as make
from tests.factories.accounts import UserFactory
from tests.factories.events import EventFactory
from tests.factories.notifications import SubscriptionFactory
from tests.factories.practices import PracticeFactory
from tests.meanwhile import while_uncommitted

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


def test_the_first_version_answers_and_the_next_says_why(editor_user: User) -> None:
    asked = make.question()
    first = writing.write(asked, make.draft(), was=0, by=editor_user)
    with pytest.raises(NotPossibleError):
        writing.write(asked, make.draft("Other words."), was=1, by=editor_user)
    second = writing.write(asked, make.next_draft(), was=1, by=editor_user)
    asked.refresh_from_db()
    assert first
    assert second
    assert (first.number, second.number, asked.state) == (1, 2, "answered")
    assert writing.current(asked) == second


def test_we_do_not_know_yet_is_an_answer_and_the_work_goes_on(editor_user: User) -> None:
    asked = make.question()
    writing.write(asked, make.draft("Nobody knows.", confidence="unknown"), was=0, by=editor_user)
    asked.refresh_from_db()
    assert asked.state == "working"


def test_sent_twice_it_is_one_version(editor_user: User) -> None:
    asked = make.question()
    assert writing.write(asked, make.draft(), was=0, by=editor_user)
    assert writing.write(asked, make.draft(), was=0, by=editor_user) is None
    assert AnswerVersion.objects.count() == 1


def test_upon_an_older_version_nothing_is_saved_and_the_one_that_stands_is_told(editor_user: User) -> None:
    asked = make.question()
    last = make.answer(asked, make.draft(), make.next_draft())
    with pytest.raises(ChangedError) as changed:
        writing.write(asked, make.next_draft("Mine."), was=1, by=editor_user)
    assert changed.value.version == last
    assert AnswerVersion.objects.count() == 2


def test_who_may_not_answer_does_not(other_user: User) -> None:
    asked = make.question()
    with pytest.raises(NotAllowedError):
        writing.write(asked, make.draft(), was=0, by=other_user)


@pytest.mark.parametrize("state", ["proposed", "aside", "declined"])
def test_what_is_not_on_the_agenda_gets_no_answer(state: str) -> None:
    asked = make.question()
    note = "" if state == "proposed" else '{"en": "Later."}'
    Question.objects.filter(pk=asked.pk).update(state=state, state_note=note)
    with pytest.raises(NotPossibleError):
        writing.write(asked, make.draft(), was=0, by=None)


def test_it_rests_on_practices_and_events_whose_names_stay(editor_user: User) -> None:
    practice, event = PracticeFactory.create(), EventFactory.create()
    made = make.answer(make.question(), make.draft(practices=[practice], events=[event]))
    names = [str(practice), str(event)]
    practice.delete()
    event.delete()
    left = Evidence.objects.filter(version=made)
    assert [each.label for each in left] == names
    assert [(each.practice, each.event) for each in left] == [(None, None)] * 2


def test_another_language_comes_later_and_stays(editor_user: User, other_user: User) -> None:
    made = make.answer(make.question(), make.draft(), make.next_draft())
    with pytest.raises(NotPossibleError):
        writing.add_language(made, Words("Deel de kosten."), language="nl", by=editor_user)
    with pytest.raises(NotAllowedError):
        writing.add_language(made, Words("Deel.", "Dit.", "Daarom."), language="nl", by=other_user)
    assert writing.add_language(made, Words("Deel.", "Dit.", "Daarom."), language="nl", by=editor_user)
    assert not writing.add_language(made, Words("Anders.", "Dit.", "Daarom."), language="nl", by=editor_user)
    assert told(AnswerVersion.objects.get(pk=made.pk), "nl").text == "Deel."
    make.answer_next(made.question, "Nothing of it holds.")
    with pytest.raises(NotPossibleError):
        writing.add_language(made, Words("Partagez.", "Ceci.", "Voilà."), language="fr", by=editor_user)


CHANGES: list[tuple[str, list[Any]]] = [
    ("UPDATE learning_answerversion SET confidence = 'sure'", []),
    ("UPDATE learning_answerversion SET at = now()", []),
    ("UPDATE learning_answerversion SET by_id = %s", ["user"]),
    ("UPDATE learning_answertext SET text = 'other'", []),
    ("UPDATE learning_evidence SET label = 'other'", []),
    ("DELETE FROM learning_answertext", []),
    ("DELETE FROM learning_evidence", []),
    ("DELETE FROM learning_answertext; DELETE FROM learning_evidence; DELETE FROM learning_answerversion", []),
]


def _run(statement: str, values: list[Any]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


@pytest.mark.parametrize(("statement", "values"), CHANGES)
def test_no_program_changes_what_was_answered(statement: str, values: list[Any]) -> None:
    user = UserFactory.create()
    make.answer(make.question(), make.draft(practices=[PracticeFactory.create()]))
    with pytest.raises(Error, match="stays as"), transaction.atomic():
        _run(statement, [user.pk for _each in values])
    assert AnswerText.objects.get().text == make.draft().words["en"].text


def test_the_author_may_be_forgotten_and_versions_go_with_their_question(editor_user: User) -> None:
    asked = make.question()
    writing.write(asked, make.draft(), was=0, by=editor_user)
    editor_user.delete()
    assert AnswerVersion.objects.get().by is None
    asked.delete()
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    assert not AnswerVersion.objects.exists()


def test_the_database_leaves_no_number_out_and_wants_reasons() -> None:
    asked = make.question()
    with pytest.raises(IntegrityError), transaction.atomic():
        AnswerVersion.objects.create(question=asked, number=2, confidence="signs", original_language="en")
    made = make.answer(asked)
    second = AnswerVersion.objects.create(question=asked, number=2, confidence="signs", original_language="en")
    with pytest.raises(IntegrityError), transaction.atomic():
        AnswerText.objects.create(version=second, language="en", text="Words.", changed=" ", because="x")
    assert made.number == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("set_up_anew")
def test_two_at_once_the_second_is_told() -> None:
    asked = make.question()

    def second() -> Any:
        try:
            return writing.write(asked, make.draft("The second."), was=0, by=None)
        except ChangedError as changed:
            return changed.version and changed.version.number

    assert while_uncommitted(lambda: writing.write(asked, make.draft(), was=0, by=None), second) == 1
    assert [each.text for each in AnswerText.objects.all()] == [make.draft().words["en"].text]


def test_followers_get_one_mail_however_many_versions_came(editor_user: User) -> None:
    asked, other = make.question(), make.question("Who pays?")
    for email in ("a@example.org", "b@example.org"):
        SubscriptionFactory.create(topic=asked.topic, email=email)
    SubscriptionFactory.create(topic=other.topic, email="c@example.org")
    now = timezone.now()
    SourceTold.objects.update_or_create(source="answers", defaults={"told_until": now - timedelta(days=1)})
    Subscription.objects.update(confirmed_at=now - timedelta(days=1))
    make.answer(asked)
    writing.write(asked, make.draft(), was=0, by=None)
    last = writing.write(asked, make.next_draft(), was=1, by=editor_user)
    assert last
    assert telling.run(now=now + timedelta(hours=1)) == 2
    assert telling.run(now=now + timedelta(hours=2)) == 0
    told = Message.objects.filter(kind=telling.KIND).order_by("to_email")
    assert [(each.to_email, each.context["things"]) for each in told] == [
        ("a@example.org", [f"answers:{last.pk}"]),
        ("b@example.org", [f"answers:{last.pk}"]),
    ]
    words = render(told[0], now=now).text
    assert make.QUESTION in words
    assert "Contracts matter." in words


def test_the_difference_names_what_went_and_what_came() -> None:
    pieces = difference("Share the costs.", "Share all the costs early.")
    assert "".join(each.text for each in pieces if each.kind != "new") == "Share the costs."
    assert "".join(each.text for each in pieces if each.kind != "gone") == "Share all the costs early."
    assert {each.kind for each in difference("a " * 2_000, "b " * 2_000)} == {"gone", "new"}


@pytest.mark.parametrize(
    ("text", "short"),
    [
        ("One. Two. Three.", "One. Two."),
        ("One only", "One only"),
        ("One? Two!\n\nThree.", "One? Two!"),
        ("", ""),
    ],
)
def test_the_top_of_the_page_has_two_sentences(text: str, short: str) -> None:
    assert first_sentences(text) == short


def test_a_number_that_was_made_up_is_none() -> None:
    asked, other = make.question(), make.question("Who pays?")
    assert carried.unsigned(carried.signed(0, asked), asked) == 0
    assert carried.unsigned(carried.signed(3, other), asked) is None, "a form about another question"
    assert carried.unsigned("3:forged", asked) is None
