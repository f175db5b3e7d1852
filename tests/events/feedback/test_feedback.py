"""The feedback form, what is stored of it and what is shown."""

import csv
import io
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from accounts.privacy import keeping
from events.agenda.models import Event
from events.feedback import answering, results
from events.feedback.models import FeedbackAnswer, FeedbackGiven, FeedbackQuestion
from events.seats import links
from events.seats.models import Registration
from tests.factories.events import EventFactory, event_with_page
from tests.factories.past_events import guest, past_event
from tests.meanwhile import while_uncommitted

pytestmark = pytest.mark.django_db


def path_of(seat: Registration, name: str = "feedback") -> str:
    with translation.override("en"):
        return reverse(f"events:{name}", args=[links.cancel_token(seat)])


def page(seat: Registration, name: str = "feedback") -> str:
    return Client().get(path_of(seat, name)).content.decode()


def send(seat: Registration, **answers: Any) -> Any:
    return Client().post(path_of(seat), answers)


def give(event: Event, *marks: int, **more: Any) -> None:
    for mark in marks:
        answering.give(guest(event), {"overall": mark, **more})


class TestForm:
    def test_who_came_answers_once(self) -> None:
        seat = guest(past_event())
        assert "Send anonymously" in page(seat)
        assert send(seat, overall="4", worked="The cake", change="").status_code == 302
        assert "Your answers have arrived." in page(seat)
        again = send(seat, overall="1", worked="Other")
        assert "Your answers have arrived." in again.content.decode()
        assert sorted(FeedbackAnswer.objects.values_list("standard", "mark", "text")) == [
            ("overall", 4, ""),
            ("worked", None, "The cake"),
        ]

    def test_what_was_typed_comes_back_with_what_is_wrong(self) -> None:
        answer = send(guest(past_event()), worked="The cake", overall="7")
        assert "The cake" in answer.content.decode()
        assert not FeedbackAnswer.objects.exists()
        assert not FeedbackGiven.objects.exists()
        assert send(guest(past_event()), worked="x" * 2001, overall="5").status_code == 200
        assert not FeedbackGiven.objects.exists()

    def test_own_questions_are_asked_in_the_reader_s_language(self) -> None:
        event = past_event()
        own = FeedbackQuestion.objects.create(event=event, label={"en": "And the room?", "fr": "Et la salle ?"})
        wish = FeedbackQuestion.objects.create(event=event, label={"en": "What next?"}, kind="text", sort_order=2)
        seat = guest(event)
        with translation.override("fr"):
            french = reverse("events:feedback", args=[links.cancel_token(seat)])
        assert "Et la salle ?" in Client().get(french).content.decode()
        send(seat, **{"overall": "5", f"own-{own.pk}": "2", f"own-{wish.pk}": "More"})
        assert set(FeedbackAnswer.objects.values_list("question", "mark", "text")) == {
            (None, 5, ""),
            (own.pk, 2, ""),
            (wish.pk, None, "More"),
        }

    def test_a_question_that_was_answered_keeps_its_kind(self) -> None:
        event = past_event()
        own = FeedbackQuestion.objects.create(event=event, label={"en": "And the room?"})
        own.kind = FeedbackQuestion.Kind.TEXT
        own.full_clean()
        give(event, 4, **{f"own-{own.pk}": 3})
        with pytest.raises(ValidationError) as refused:
            own.full_clean()
        assert set(refused.value.message_dict) == {"kind"}

    def test_nobody_else_answers(self) -> None:
        seats = [
            guest(past_event(), came=False),
            guest(EventFactory.create()),
            guest(past_event(days=61)),
            guest(past_event(cancelled_at=timezone.now())),
        ]
        for seat in seats:
            assert "Feedback is closed." in page(seat)
            assert send(seat, overall="4").status_code == 409
        assert Client().get("/en/events/feedback/forged/").status_code == 404
        assert not FeedbackAnswer.objects.exists()

    def test_the_form_says_what_becomes_of_it(self) -> None:
        text = page(guest(past_event()))
        for said in ("anonymous", "nothing that we store joins the two", "before 5 people", "365 days after"):
            assert said in text


@pytest.mark.django_db(transaction=True)
def test_a_form_sent_twice_at_once_counts_once() -> None:
    seat = guest(past_event())

    def again() -> str:
        try:
            answering.give(seat, {"overall": 1})
        except answering.FeedbackGivenError:
            return "given"
        return "taken"

    assert while_uncommitted(lambda: answering.give(seat, {"overall": 5}), again) == "given"
    assert list(FeedbackAnswer.objects.values_list("mark", flat=True)) == [5]


class TestThreshold:
    def test_four_answers_are_shown_to_nobody_and_five_are(self) -> None:
        event = past_event()
        give(event, 5, 5, 4, 1)
        overall, *_rest = results.of(event)
        assert (overall.is_shown, overall.bars, overall.mean) == (False, [], 0.0)
        give(event, 5)
        overall, *_rest = results.of(event)
        assert [(bar.mark, bar.number) for bar in overall.bars] == [(5, 3), (4, 1), (3, 0), (2, 0), (1, 1)]
        assert overall.mean == 4.0

    def test_each_question_needs_its_own_five(self) -> None:
        event = past_event()
        give(event, 5, 5, 5, 5, 5, 5)
        give(event, 5, 5, 5, 5, worked="The cake")
        worked = next(result for result in results.of(event) if result.question.key == "worked")
        assert (worked.number, worked.is_shown, worked.texts) == (4, False, [])
        give(event, 5, worked="The soup")
        worked = next(result for result in results.of(event) if result.question.key == "worked")
        assert sorted(worked.texts) == ["The cake"] * 4 + ["The soup"]

    def test_one_event_does_not_count_for_another(self) -> None:
        first, second = past_event(), past_event()
        give(first, 5, 5, 5)
        give(second, 5, 5, 5)
        assert not [result for result in results.of(first) if result.is_shown]


class TestPages:
    def test_the_event_s_page_shows_marks_only_where_staff_say_so(self) -> None:
        event = event_with_page(past_event())
        give(event, 5, 5, 4, 4, 2, worked="The cake")
        url = event.pages.get().url
        assert "What people thought of it" not in Client().get(url).content.decode()
        event.shows_feedback = True
        event.save()
        text = Client().get(url).content.decode()
        assert "4.0 out of 5" in text
        assert "The cake" not in text

    def test_nothing_is_published_of_too_few(self) -> None:
        event = event_with_page(past_event(shows_feedback=True))
        give(event, 5, 5, 4, 4)
        assert "What people thought of it" not in Client().get(event.pages.get().url).content.decode()


class TestStaff:
    def open(self, client: Client, event: Event, name: str = "feedback") -> Any:
        return client.get(reverse(f"wagtailsnippets_events_event:{name}", args=[event.pk]))

    def test_they_read_what_enough_people_said(self, administrator: Client) -> None:
        event = past_event()
        give(event, 5, 5, 4, 4, worked="=The cake")
        assert "The cake" not in self.open(administrator, event).content.decode()
        assert "Fewer than 5 answers so far." in self.open(administrator, event).content.decode()
        give(event, 2, worked="=The cake")
        text = self.open(administrator, event).content.decode()
        assert "The cake" in text
        assert "4.0 out of 5" in text
        assert not [seat.name for seat in Registration.objects.all() if seat.name in text]

    def test_the_file_says_the_same(self, administrator: Client) -> None:
        event = past_event()
        give(event, 5, 5, 4, 4, 2, worked="=The cake")
        content = b"".join(self.open(administrator, event, "feedback_csv")).decode("utf-8-sig")
        rows = list(csv.reader(io.StringIO(content)))
        assert ["How was it, all in all?", "5", "2"] in rows
        assert rows.count(["What worked well?", "'=The cake", "1"]) == 5
        assert ["What would you change?", "", "fewer than 5"] in rows


class TestKeeping:
    def test_texts_and_who_answered_go_and_marks_stay(self) -> None:
        recent, old, ancient = past_event(days=1), past_event(days=59), past_event(days=59)
        for event in (recent, old, ancient):
            give(event, 4, worked="The cake")
        for event, days in ((old, 61), (ancient, 366)):
            gone = timezone.now() - timedelta(days=days)
            Event.objects.filter(pk=event.pk).update(starts_at=gone - timedelta(hours=2), ends_at=gone)
        keeping.erase_what_is_due()
        assert list(FeedbackGiven.objects.values_list("registration__event", flat=True)) == [recent.pk]
        texts = FeedbackAnswer.objects.exclude(text="").values_list("event", flat=True)
        assert set(texts) == {recent.pk, old.pk}
        assert FeedbackAnswer.objects.filter(mark=4).count() == 3
