"""Nothing in the database joins an answer to a person: not a column, not the order of rows, not who wrote them."""

import re
from itertools import pairwise
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, models
from django.test import Client
from django.urls import reverse
from django.utils import translation

from accounts.users.models import User
from events.agenda.models import Event
from events.feedback import answering
from events.feedback.models import FeedbackAnswer, FeedbackGiven, FeedbackQuestion
from events.seats import links
from events.seats.models import Registration
from tests.factories.past_events import guest, past_event

pytestmark = pytest.mark.django_db
# What an answer may carry, and why none of it leads to somebody. A column that is not here fails.
COLUMNS_OF_AN_ANSWER = {
    "id": "random, and new with each form",
    "event_id": "shared by everybody who came",
    "standard": "which question",
    "question_id": "which question of the event's own",
    "mark": "the answer",
    "text": "the answer",
}
COLUMNS_OF_GIVEN = {"registration_id": "who has answered; nothing of what"}


def _rows(sql: str, *parameters: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return cursor.fetchall()


def _columns(model: type[models.Model]) -> dict[str, tuple[str, Any]]:
    found = _rows(
        "SELECT column_name, data_type, column_default, is_identity FROM information_schema.columns"
        " WHERE table_name = %s",
        model._meta.db_table,
    )
    return {name: (kind, default if is_identity == "NO" else "identity") for name, kind, default, is_identity in found}


@pytest.fixture
def event() -> Event:
    return past_event()


def give_all(event: Event, number: int = 12) -> list[Registration]:
    seats = [guest(event) for _place in range(number)]
    for place, seat in enumerate(seats):
        answering.give(seat, {"overall": place % 5 + 1, "worked": f"text {place}", "change": f"change {place}"})
    return seats


class TestColumns:
    def test_an_answer_carries_nothing_but_the_answer(self) -> None:
        assert set(_columns(FeedbackAnswer)) == set(COLUMNS_OF_AN_ANSWER)
        assert set(_columns(FeedbackGiven)) == set(COLUMNS_OF_GIVEN)

    def test_no_moment_and_no_counter(self) -> None:
        for model in (FeedbackAnswer, FeedbackGiven):
            for kind, default in _columns(model).values():
                assert "time" not in kind
                assert "date" not in kind
                assert default is None

    def test_the_only_ways_out_lead_to_the_event_and_its_questions(self) -> None:
        relations = {field.related_model for field in FeedbackAnswer._meta.get_fields() if field.is_relation}
        assert relations == {Event, FeedbackQuestion}
        assert not {field for field in FeedbackAnswer._meta.get_fields() if field.auto_created and field.is_relation}

    def test_no_trigger_notes_anything(self) -> None:
        """Content, history and search are watched by triggers on tables; not on these."""
        tables = [FeedbackAnswer._meta.db_table, FeedbackGiven._meta.db_table]
        found = _rows(
            "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgrelid::regclass::text = ANY(%s)", tables
        )
        assert found == []


class TestRows:
    def test_all_come_from_the_last_transaction(self, event: Event) -> None:
        """`xmin` of who answered and of what was answered is one and the same for the whole event."""
        give_all(event)
        written = _rows(
            "SELECT xmin::text, cmin::text, 'answer' FROM events_feedbackanswer"
            " UNION SELECT xmin::text, cmin::text, 'given' FROM events_feedbackgiven"
        )
        assert len({xmin for xmin, _cmin, _table in written}) == 1
        assert len({cmin for _xmin, cmin, table in written if table == "answer"}) == 1
        assert len({cmin for _xmin, cmin, table in written if table == "given"}) == 1

    def test_neither_table_is_in_the_order_of_coming(self, event: Event) -> None:
        """By chance 40 rows stand so once in 10^47 times."""
        seats = give_all(event, 40)
        given = [key for (key,) in _rows("SELECT registration_id FROM events_feedbackgiven ORDER BY ctid")]
        texts = [
            text for (text,) in _rows("SELECT text FROM events_feedbackanswer WHERE standard = 'worked' ORDER BY ctid")
        ]
        assert sorted(given) == sorted(seat.pk for seat in seats)
        assert given != [seat.pk for seat in seats]
        assert texts != [f"text {place}" for place in range(40)]
        by_key = FeedbackAnswer.objects.filter(standard="worked").order_by("pk").values_list("text", flat=True)
        assert list(by_key) != [f"text {place}" for place in range(40)]

    def test_answers_of_one_person_do_not_stand_together(self, event: Event) -> None:
        give_all(event, 40)
        stored = _rows("SELECT standard, mark, text FROM events_feedbackanswer ORDER BY ctid")
        numbers = [re.sub(r"\D", "", text) for _standard, _mark, text in stored if text]
        pairs = sum(first == second for first, second in pairwise(numbers))
        assert pairs < 15  # 40 where nothing is shuffled; one, by chance

    def test_keys_change_with_each_form(self, event: Event) -> None:
        give_all(event, 3)
        before = set(FeedbackAnswer.objects.values_list("pk", flat=True))
        give_all(event, 1)
        assert not before & set(FeedbackAnswer.objects.values_list("pk", flat=True))

    def test_other_events_are_left_alone(self, event: Event) -> None:
        give_all(event, 3)
        before = set(FeedbackAnswer.objects.values_list("pk", flat=True))
        give_all(past_event(), 3)
        assert before < set(FeedbackAnswer.objects.values_list("pk", flat=True))


def test_nothing_else_in_the_database_remembers_it(event: Event) -> None:
    """A form sent over http: what it said stands in no other table, and who sent it in none that was not there."""
    seat, before = guest(event), _numbers()
    with translation.override("en"):
        path = reverse("events:feedback", args=[links.cancel_token(seat)])
    client = Client()
    sent = client.post(path, {"overall": "4", "worked": "the-quince-cake", "change": ""})
    assert sent.status_code == 302
    after = _numbers()
    grown = {label: after[label] - before[label] for label in after if after[label] != before[label]}
    assert grown == {"events.FeedbackAnswer": 2, "events.FeedbackGiven": 1}
    assert not client.session.items()
    for model in apps.get_models():
        if model is not FeedbackAnswer:
            table = connection.ops.quote_name(model._meta.db_table)
            found = (
                _rows(f"SELECT count(*) FROM {table} AS row WHERE row::text LIKE '%%quince%%'")
                if _exists(model)
                else []
            )
            assert found in ([], [(0,)]), model


def test_the_registration_stays_as_it_was(event: Event) -> None:
    seat = guest(event)
    before = _rows("SELECT xmin::text, registration::text FROM events_registration AS registration")
    answering.give(seat, {"overall": 4})
    assert _rows("SELECT xmin::text, registration::text FROM events_registration AS registration") == before


def _exists(model: type[models.Model]) -> bool:
    return model._meta.managed and model._meta.db_table in connection.introspection.table_names()


def _numbers() -> dict[str, int]:
    return {model._meta.label: model._default_manager.count() for model in apps.get_models() if _exists(model)}


def test_an_erased_person_leaves_the_answer(event: Event) -> None:
    seat = guest(event, user=User.objects.create(email="ada@example.org"))
    answering.give(seat, {"overall": 4})
    seat.delete()
    assert not FeedbackGiven.objects.exists()
    assert FeedbackAnswer.objects.count() == 1
