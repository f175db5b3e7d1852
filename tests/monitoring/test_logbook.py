"""What was learned about our own work is written down, never edited, and becomes a question of the agenda once."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.users.models import User
from learning.questions import carried
from learning.questions.models import Question
from learning.questions.proposing import MOST_WAITING
from monitoring.logbook import taking_over
from monitoring.logbook.models import LogbookEntry, LogbookVersion
from monitoring.logbook.screens import entry_url
from monitoring.logbook.writing import ChangedError, Words, write
from tests.factories import learning
from tests.factories.monitoring import counted, entry
from tests.facts import colleague
from tests.meanwhile import while_uncommitted
from tests.personas import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]
WRITE = "monitoring_admin_write_entry"


@pytest.fixture
def editor_person() -> User:
    return colleague("editor@example.org", "Editor")


@pytest.fixture
def editor(editor_person: User) -> Client:
    return signed_in(editor_person)


def _filled(version: LogbookVersion | None = None, **more: Any) -> dict[str, Any]:
    was = carried.signed(version.number, version.entry) if version else carried.signed(0)
    said = {"assumed": "Mail reaches them.", "happened": "It did not.", "changes": "We telephone."}
    return {"day": "2026-03-01", "language": "en", "was": was, "about": ["organisations"], **said, **more}


class TestWriting:
    def test_an_entry_is_written_once_however_often_it_is_sent(self, editor: Client) -> None:
        for _time in range(2):
            assert editor.post(reverse(WRITE), _filled()).status_code == 302
        version = LogbookVersion.objects.get()
        assert (version.number, version.about, version.day) == (1, ["organisations"], date(2026, 3, 1))
        page = editor.get(entry_url(version.entry)).content.decode()
        assert "It did not." in page
        assert str(counted()) in page
        listed = editor.get(reverse("wagtailsnippets_monitoring_logbookentry:list")).content.decode()
        assert entry_url(version.entry) in listed

    @pytest.mark.parametrize(
        ("wrong", "field"),
        [
            ({"day": "2999-01-01"}, "day"), ({"day": "0026-01-01"}, "day"), ({"assumed": " "}, "assumed"),
            ({"changes": "x" * 2_001}, "changes"), ({"language": "xx"}, "language"), ({"about": ["nothing"]}, "about"),
            ({"was": "1:made-up"}, "was"),
        ],
    )  # fmt: skip
    def test_what_is_wrong_is_said_at_its_field(self, editor: Client, wrong: dict[str, Any], field: str) -> None:
        answer = editor.post(reverse(WRITE), _filled(**wrong))
        assert answer.status_code == 422
        assert list(answer.context["form"].errors) == [field]
        assert not LogbookEntry.objects.exists()

    def test_what_is_seen_otherwise_is_the_next_version(self, editor: Client, editor_person: User) -> None:
        first = entry(editor_person)
        address = reverse("monitoring_admin_write_next", args=[first.pk])
        sent = editor.get(address).context["form"].initial | {"changes": "We visit them."}
        for _time in range(2):
            assert editor.post(address, sent).status_code == 302
        assert [row.changes for row in first.versions.order_by("number")] == ["We telephone.", "We visit them."]
        assert "We telephone." in editor.get(entry_url(first)).content.decode()

    def test_who_writes_upon_an_older_version_sees_both(self, editor: Client, editor_person: User) -> None:
        first = entry(editor_person)
        address = reverse("monitoring_admin_write_next", args=[first.pk])
        old = first.current
        assert editor.post(address, _filled(old, changes="We visit them.")).status_code == 302
        answer = editor.post(address, _filled(old, changes="We write letters."))
        page = answer.content.decode()
        assert "somebody else wrote another version meanwhile" in page
        assert "We visit them." in page
        assert "We write letters." in page
        # What comes back is upon the version that stands now, so that whoever read both can keep theirs.
        again = _filled(changes="We write letters.") | {"was": answer.context["form"]["was"].value()}
        assert editor.post(address, again).status_code == 302
        assert first.versions.count() == 3

    def test_nobody_alters_or_removes_a_version(self, editor_person: User) -> None:
        first = entry(editor_person)
        with pytest.raises(IntegrityError, match="stays as it is"), transaction.atomic():
            LogbookVersion.objects.update(changes="Nothing.")
        version = first.versions.get()
        version.pk, version.number = None, 3
        with pytest.raises(IntegrityError, match="not the next one"), transaction.atomic():
            version.save(force_insert=True)
        with transaction.atomic():
            LogbookVersion.objects.all().delete()
            with pytest.raises(IntegrityError, match="stays as long as what it belongs to"):
                connection.cursor().execute("SET CONSTRAINTS ALL IMMEDIATE")
            transaction.set_rollback(True)
        editor_person.delete()
        assert first.versions.get().by is None

    def test_of_two_at_once_one_hears_of_the_other(self, set_up_anew: None) -> None:
        one, two = colleague("a@example.org", "A"), colleague("b@example.org", "B")
        first = entry(one)
        day = timezone.localdate() - timedelta(days=1)

        def next_one(changes: str, by: User) -> Any:
            try:
                words = Words(day=day, language="en", assumed="a", happened="b", changes=changes)
                return write(words, by=by, entry=first, was=1).number
            except ChangedError as error:
                return error.version.changes

        assert while_uncommitted(lambda: next_one("x", one), lambda: next_one("y", two)) == "x"
        assert while_uncommitted(lambda: entry(one, assumed="New."), lambda: entry(one, assumed="New.").pk)
        assert LogbookEntry.objects.count() == 2


class TestTakingOver:
    ASKED = {"words": "How do we reach those whom mail does not reach?", "why": "It did not.", "language": "en"}

    def test_it_becomes_a_proposed_question_once_and_both_lead_to_each_other(
        self, editor: Client, editor_person: User
    ) -> None:
        first = entry(editor_person)
        address = reverse("monitoring_admin_take_over", args=[first.pk])
        assert "It did not." in editor.get(address).context["form"].initial["why"]
        for asked in (self.ASKED, self.ASKED, self.ASKED | {"words": "Another one?"}):
            assert editor.post(address, asked).status_code == 302
        question = Question.objects.get(proposed_by=editor_person)
        assert question.state == Question.State.PROPOSED
        on_the_agenda = reverse("learning_admin_question", args=[question.pk])
        page = editor.get(entry_url(first)).content.decode()
        assert on_the_agenda in page
        assert address not in page
        assert entry_url(first) in editor.get(on_the_agenda).content.decode()
        assert editor.get(address).status_code == 302

    def test_once_is_also_once_when_the_question_is_gone(self, editor: Client, editor_person: User) -> None:
        first = entry(editor_person)
        address = reverse("monitoring_admin_take_over", args=[first.pk])
        editor.post(address, self.ASKED)
        Question.objects.filter(proposed_by=editor_person).delete()
        assert "the question was declined and is gone" in editor.post(address, self.ASKED).content.decode()
        assert "the question was declined and is gone" in editor.get(entry_url(first)).content.decode()
        assert not Question.objects.filter(proposed_by=editor_person).exists()

    def test_two_entries_do_not_become_the_same_question(self, editor: Client, editor_person: User) -> None:
        first, second = entry(editor_person), entry(editor_person, assumed="Other.")
        editor.post(reverse("monitoring_admin_take_over", args=[first.pk]), self.ASKED)
        answer = editor.post(reverse("monitoring_admin_take_over", args=[second.pk]), self.ASKED)
        assert "Another entry became this very question" in answer.content.decode()
        second.refresh_from_db()
        assert second.taken_over_at is None

    @pytest.mark.parametrize(
        ("wrong", "field"), [({"words": ""}, "words"), ({"words": "x" * 241}, "words"), ({"why": ""}, "why")]
    )
    def test_what_is_wrong_is_said_at_its_field(
        self, editor: Client, editor_person: User, wrong: dict[str, str], field: str
    ) -> None:
        address = reverse("monitoring_admin_take_over", args=[entry(editor_person).pk])
        answer = editor.post(address, self.ASKED | wrong)
        assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])

    def test_who_has_many_waiting_decides_about_these_first(self, editor: Client, editor_person: User) -> None:
        for number in range(MOST_WAITING):
            learning.proposed(editor_person, words=f"Question {number}?", why="x")
        answer = editor.post(reverse("monitoring_admin_take_over", args=[entry(editor_person).pk]), self.ASKED)
        assert "decide about them" in answer.content.decode()

    def test_two_at_once_make_one(self, set_up_anew: None) -> None:
        one, two = colleague("a@example.org", "A"), colleague("b@example.org", "B")
        first = entry(one)

        def take(by: User) -> Any:
            return taking_over.take_over(first, words="Why not?", why="x", language="en", by=by).pk

        made = while_uncommitted(lambda: take(one), lambda: take(two))
        assert Question.objects.get(proposed_by=one).pk == made
        assert not Question.objects.filter(proposed_by=two).exists()
