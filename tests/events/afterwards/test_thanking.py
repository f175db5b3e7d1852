"""The mails after an event: to whom, when, and each once."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from events.afterwards import thanking
from events.afterwards.models import EventMaterial
from events.agenda.models import Event
from events.seats.models import Registration
from events.tasks import thank_everywhere
from notifications.delivery.rendering import render
from notifications.outbox.models import Message
from tests.factories.events import EventFactory, event_with_page
from tests.factories.past_events import guest, past_event
from tests.meanwhile import while_uncommitted

pytestmark = pytest.mark.django_db


def written() -> dict[str, str]:
    return {mail.to_email: mail.kind for mail in Message.objects.all()}


class TestToWhom:
    def test_who_came_is_thanked_and_who_did_not_is_missed(self) -> None:
        event = past_event()
        came, missed = guest(event), guest(event, came=False)
        guest(event, came=False, status=Registration.Status.CANCELLED)
        guest(event, came=False, status=Registration.Status.WAITING, waiting_since=timezone.now())
        guest(event, came=False, reserved_until=timezone.now() + timedelta(days=9))
        assert thanking.thank_everywhere() == 2
        assert written() == {came.email: "events/thanks", missed.email: "events/missed"}

    def test_without_a_list_at_the_door_nobody_is_missed(self) -> None:
        guest(past_event(), came=False)
        assert thanking.thank_everywhere() == 0
        assert not Message.objects.exists()

    def test_where_there_is_a_room_nobody_is_missed_who_had_a_seat_online(self) -> None:
        event = past_event(attendance="hybrid")
        guest(event)
        online: dict[str, Any] = {"wish": "online", "seat": "online"}
        guest(event, **online)
        missed, _elsewhere = guest(event, came=False), guest(event, came=False, **online)
        thanking.thank_everywhere()
        assert [email for email, kind in written().items() if kind == "events/missed"] == [missed.email]

    def test_who_was_noted_by_name_was_there(self) -> None:
        event = past_event()
        guest(event)
        guest(event, came=False, name="Zoë De Smet")
        event.walk_ins.create(uuid=uuid4(), name="zoe de smet", language="en", came_at=event.starts_at)
        assert thanking.thank_everywhere() == 1

    @pytest.mark.parametrize("fields", [{"thanks": False}, {"cancelled_at": timezone.now()}, {"days": 61}])
    def test_not_after_every_event(self, fields: dict[str, Any]) -> None:
        guest(past_event(**fields))
        assert thanking.thank_everywhere() == 0


class TestWhen:
    def test_in_the_morning_after_by_the_clock_in_brussels(self) -> None:
        event = Event(ends_at=datetime(2026, 9, 18, 21, 30, tzinfo=UTC))
        assert thanking.thanks_due_at(event) == datetime(2026, 9, 19, 7, 0, tzinfo=UTC)
        over_winter_time = Event(ends_at=datetime(2026, 10, 24, 15, 0, tzinfo=UTC))
        assert thanking.thanks_due_at(over_winter_time) == datetime(2026, 10, 25, 8, 0, tzinfo=UTC)

    def test_a_moment_that_an_event_was_moved_past_counts_no_more(self) -> None:
        ends_at = datetime(2026, 9, 18, 15, 0, tzinfo=UTC)
        event = Event(ends_at=ends_at, thanks_at=ends_at - timedelta(days=30))
        assert thanking.thanks_due_at(event) == datetime(2026, 9, 19, 7, 0, tzinfo=UTC)

    def test_not_before(self) -> None:
        event = past_event(days=2, thanks_at=timezone.now() + timedelta(hours=1))
        guest(event)
        assert thanking.thank_everywhere() == 0
        Event.objects.update(thanks_at=timezone.now() - timedelta(minutes=1))
        assert thanking.thank_everywhere() == 1

    def test_an_event_that_just_ended_waits_for_the_morning(self) -> None:
        now = timezone.now()
        guest(EventFactory.create(starts_at=now - timedelta(hours=2), ends_at=now - timedelta(seconds=1)))
        assert thanking.thank_everywhere() == 0

    def test_a_later_moment_reaches_whoever_was_noted_since(self) -> None:
        event = past_event()
        guest(event)
        assert thanking.thank_everywhere() == 1
        late = guest(event, came=False)
        assert thanking.thank_everywhere() == 0
        Registration.objects.filter(pk=late.pk).update(came_at=timezone.now())
        Event.objects.update(thanks_at=timezone.now())
        thanking.thank_everywhere()
        assert Message.objects.filter(kind="events/thanks").count() == 2


class TestOnce:
    def test_the_task_again_writes_nothing(self) -> None:
        guest(past_event())
        thank_everywhere()
        assert Event.objects.get().thanked_at is not None
        thank_everywhere()
        Event.objects.update(thanked_at=None)  # even if the mark is lost
        thank_everywhere()
        assert Message.objects.count() == 1

    def test_who_is_noted_after_the_other_mail_gets_no_second_one(self) -> None:
        event = past_event()
        guest(event)
        seat = guest(event, came=False)
        thank_everywhere()
        Registration.objects.filter(pk=seat.pk).update(came_at=timezone.now())
        Event.objects.update(thanked_at=None)
        thank_everywhere()
        assert written()[seat.email] == "events/missed"
        assert Message.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_two_tasks_at_once_write_each_mail_once() -> None:
    event = past_event()
    for number in range(20):
        guest(event, came=number % 2 == 0)
    counted: list[int] = []
    then = while_uncommitted(lambda: counted.append(thanking.thank_everywhere()), thanking.thank_everywhere)
    assert (counted, then) == ([20], 0)
    assert Message.objects.count() == 20


class TestWhatStaffRead:
    def text(self, client: Client, event: Event) -> str:
        return client.get(reverse("wagtailsnippets_events_event:feedback", args=[event.pk])).content.decode()

    def test_what_will_happen_and_what_did(self, administrator: Client) -> None:
        event = past_event()
        guest(event)
        assert "People are written to on" in self.text(administrator, event)
        thanking.thank_everywhere()
        assert "1 person was written to" in self.text(administrator, event)

    def test_that_nobody_was_noted(self, administrator: Client) -> None:
        event = past_event()
        guest(event, came=False)
        assert "As long as nobody is, no mail leaves" in self.text(administrator, event)
        thanking.thank_everywhere()
        assert "so nobody was written to" in self.text(administrator, event)


class TestWhatTheySay:
    def test_the_chain_in_four_languages(self) -> None:
        event = event_with_page(past_event(title="Info meeting"))
        EventMaterial.objects.create(event=event, title="Recording", link="https://video.example.org/1")
        for language in ("nl", "fr", "de", "en"):
            guest(event, language=language)
            guest(event, language=language, came=False)
        thanking.thank_everywhere()
        for mail in Message.objects.all():
            letter = render(mail, now=timezone.now())
            for text in (letter.text, letter.html):
                assert "https://video.example.org/1" in text
                assert ("/feedback/" in text) == (mail.kind == "events/thanks") or mail.language != "en"
            assert "Info meeting" in letter.subject
