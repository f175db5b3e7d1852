"""Questions of an event's own: asked in the reader's language, answered alike in all, kept as long as promised."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone, translation
from i18nfield.strings import LazyI18nString

from accounts.tasks import erase_what_is_due
from events.agenda.models import Event
from events.questions import answering
from events.questions.models import Answer, Question, SensitiveAnswer
from events.seats.models import Registration
from tests.events.agenda.test_pages import filled_in
from tests.events.sign_up.test_own_pages import address
from tests.factories.events import EventFactory, event_with_page

pytestmark = pytest.mark.django_db
LUNCH = {"en": "Soup\nSalad / cheese", "nl": "Soep\nSla / kaas"}


def ask(event: Event, label: str, **fields: Any) -> Question:
    if isinstance(fields.get("options"), dict):
        fields["options"] = LazyI18nString(fields["options"])
    question = Question(event=event, label=label, **fields)
    question.full_clean()
    question.save()
    return question


@pytest.fixture
def event() -> Event:
    return event_with_page(EventFactory.create(capacity=5))


class TestAsking:
    def test_the_form_asks_in_the_readers_language_and_says_why(self, client: Client, event: Event) -> None:
        ask(event, LazyI18nString({"en": "Lunch?", "nl": "Lunch?"}), kind="choice", options=LUNCH, why="We order it.")
        shown = client.get(address("sign_up", event)).content.decode()
        assert "Salad / cheese" in shown
        assert "We order it." in shown
        with translation.override("nl"):
            labels = [label for _value, label in answering.fields(event).popitem()[1].choices]  # type: ignore[attr-defined]
        assert labels == ["Soep", "Sla / kaas"]

    def test_a_question_that_must_be_answered_is(self, client: Client, event: Event) -> None:
        question = ask(event, "Why do you come?", is_required=True)
        answer = client.post(address("sign_up", event), filled_in(name="Kept"))
        assert list(answer.context["form"].errors) == [f"question_{question.pk}"]
        assert not Registration.objects.exists()

    @pytest.mark.parametrize("kind", ["choice", "choices", "yes_no"])
    def test_what_was_not_offered_is_refused(self, client: Client, event: Event, kind: str) -> None:
        question = ask(event, "Lunch?", kind=kind, options=LUNCH)
        client.post(address("sign_up", event), filled_in(**{f"question_{question.pk}": "Caviar"}))
        assert not Registration.objects.exists()

    @pytest.mark.parametrize("options", ["", "One", {"en": "One\nTwo", "nl": "Een"}])
    def test_choices_are_several_and_as_many_in_each_language(self, event: Event, options: Any) -> None:
        with pytest.raises(ValidationError):
            ask(event, "Lunch?", kind="choice", options=options)

    def test_what_was_answered_cannot_become_sensitive_afterwards(self, client: Client, event: Event) -> None:
        question = ask(event, "Allergies?")
        client.post(address("sign_up", event), filled_in(**{f"question_{question.pk}": "Nuts"}))
        question.is_sensitive = True
        with pytest.raises(ValidationError, match="add another question"):
            question.full_clean()


class TestAnswers:
    def test_they_are_the_same_in_every_language(self, client: Client, event: Event) -> None:
        lunch = ask(event, "Lunch?", kind="choices", options=LUNCH)
        stays = ask(event, "Do you stay for coffee?", kind="yes_no")
        typed: dict[str, Any] = {f"question_{lunch.pk}": ["Soup", "Salad / cheese"], f"question_{stays.pk}": "yes"}
        client.post(address("sign_up", event), filled_in(**typed))
        seat = Registration.objects.get()
        said = [("Lunch?", "Soep, Sla / kaas"), ("Do you stay for coffee?", "Ja")]
        with translation.override("nl"):
            assert answering.in_words(seat.pk) == said
        shown = client.get(address("cancel", seat)).content.decode()
        assert "Soup, Salad / cheese" in shown

    def test_the_owner_changes_them(self, client: Client, event: Event) -> None:
        lunch = ask(event, "Lunch?", kind="choices", options=LUNCH)
        client.post(address("sign_up", event), filled_in(**{f"question_{lunch.pk}": "Soup"}))
        seat = Registration.objects.get()
        page = address("change", seat)
        assert 'value="Soup"' in client.get(page).content.decode()
        client.post(page, {f"question_{lunch.pk}": ["Salad / cheese"]})
        assert Answer.objects.get().value == ["Salad / cheese"]
        client.post(page, {})
        assert not Answer.objects.exists()

    def test_a_colleague_answers_for_none_but_themselves(self, client: Client, event: Event) -> None:
        note = ask(event, "Anything else?")
        typed = {f"question_{note.pk}": "Hello", "name_2": "Ben", "email_2": "ben@example.org"}
        client.post(address("sign_up", event), filled_in(**typed))
        assert [answer.registration.name for answer in Answer.objects.all()] == ["Visitor"]

    def test_a_handed_over_seat_takes_none_along(self, client: Client, event: Event) -> None:
        note = ask(event, "Allergies?", is_sensitive=True)
        client.post(address("sign_up", event), filled_in(**{f"question_{note.pk}": "Nuts"}))
        seat = Registration.objects.get()
        client.post(address("hand_over", seat), {"name": "Ben", "email": "ben@example.org"})
        assert answering.in_words(Registration.objects.get(name="Ben").pk) == []


def test_sensitive_answers_stand_apart_and_go_30_days_after(client: Client, event: Event) -> None:
    open_one, sensitive = ask(event, "From where?"), ask(event, "Allergies?", is_sensitive=True)
    assert "Deleted 30 days after the event." in client.get(address("sign_up", event)).content.decode()
    typed = {f"question_{open_one.pk}": "Ghent", f"question_{sensitive.pk}": "Nuts"}
    client.post(address("sign_up", event), filled_in(**typed))
    seat = Registration.objects.get()
    assert (Answer.objects.get().value, SensitiveAnswer.objects.get().value) == (["Ghent"], ["Nuts"])
    assert answering.in_words(seat.pk, sensitive=False) == [("From where?", "Ghent")]
    ended = timezone.now() - timedelta(days=29)
    Event.objects.filter(pk=event.pk).update(starts_at=ended - timedelta(hours=1), ends_at=ended)
    erase_what_is_due()
    assert SensitiveAnswer.objects.exists()
    Event.objects.filter(pk=event.pk).update(ends_at=ended - timedelta(days=2), starts_at=ended - timedelta(days=3))
    erase_what_is_due()
    assert not SensitiveAnswer.objects.exists()
    assert Answer.objects.exists()


def test_staff_write_them_with_the_event_and_no_more_than_ten(editor: Client) -> None:
    shown = editor.get("/admin/snippets/events/event/add/").content.decode()
    assert 'name="questions-MAX_NUM_FORMS" value="10"' in shown


def test_staff_read_answers_with_a_registration_and_download_all_but_sensitive_ones(
    editor: Client, event: Event
) -> None:
    open_one, sensitive = ask(event, "From where?"), ask(event, "Allergies?", is_sensitive=True)
    typed = {f"question_{open_one.pk}": "Ghent", f"question_{sensitive.pk}": "Nuts"}
    Client().post(address("sign_up", event), filled_in(**typed))
    seat = Registration.objects.get()
    shown = editor.get(f"/admin/snippets/events/registration/inspect/{seat.pk}/").content.decode()
    assert "Ghent" in shown
    assert "Nuts" in shown
    answer: Any = editor.get("/admin/snippets/events/registration/?export=csv")
    written = b"".join(answer.streaming_content).decode()
    assert "From where? Ghent" in written
    assert "Nuts" not in written
