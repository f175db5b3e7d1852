"""An event that moves, is cancelled or takes place after all: on record, and told once to everyone who signed up."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, models, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation
from icalendar import Calendar

from accounts.users.models import User
from events.agenda.models import Event
from events.agenda.pages import page_in
from events.moving import moving
from events.moving.models import EventChange
from events.seats.models import Registration
from events.seats.registration import EventClosedError, register
from notifications.delivery.rendering import render
from notifications.outbox.models import Message
from tests.factories.events import EventFactory, RegistrationFactory, event_page

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]

WHY = {"en": "The room has a leak.", "nl": "Het lekt in de zaal."}


@pytest.fixture
def event() -> Event:
    """A public event in English and Dutch, from 10 to 12 in a month."""
    starts_at = (timezone.now() + timedelta(days=30)).replace(minute=0, second=0, microsecond=0)
    event = EventFactory.create(starts_at=starts_at, online_url="https://meet.example.org/old")
    for language in ("en", "nl"):
        event_page(event, language=language, title=f"Info {language}")
    return event


def later(event: Event, *, days: int = 7, **changed: Any) -> dict[str, Any]:
    """So many days later than now, in the same place."""
    moved = {name: getattr(event, name) + timedelta(days=days) for name in ("starts_at", "ends_at")}
    return moving.arranged(event) | moved | changed


def move(event: Event, **facts: Any) -> EventChange:
    given: dict[str, Any] = {"to": later(event), "reason": WHY, "by": None} | facts
    return moving.move(event, **given)


def error(act: Callable[[], object]) -> str:
    with pytest.raises(ValidationError) as caught:
        act()
    return caught.value.messages[0]


def entry(message: Message) -> tuple[Calendar, Any]:
    (attachment,) = message.attachments
    file = Calendar.from_ical(attachment["content"])
    assert f"method={file['METHOD']}" in attachment["type"]
    return file, file.walk("VEVENT")[0]


class TestMoving:
    def test_it_is_on_record_with_old_new_and_why(self, event: Event, editor_user: User) -> None:
        before = moving.arranged(event)
        change = move(event, to=later(event, venue="Library", online_url=""), by=editor_user)
        event.refresh_from_db()
        assert (change.old, change.new) == (before, moving.arranged(event))
        assert (event.venue, event.online_url, event.sequence) == ("Library", "", 1)
        assert event.starts_at == before["starts_at"] + timedelta(days=7)
        assert (change.made_by, change.version, change.reason.localize("nl")) == (editor_user, 1, WHY["nl"])

    def test_sent_twice_it_is_one_move(self, event: Event) -> None:
        RegistrationFactory.create(event=event)
        to = later(event)
        assert move(event, to=to) == move(event, to=to)
        assert "already" in error(lambda: move(event, to=to, reason={"en": "Another.", "nl": "Een andere."}))
        assert (EventChange.objects.count(), Message.objects.count()) == (1, 1)

    def test_what_is_refused(self, event: Event) -> None:
        assert "already" in error(lambda: move(event, to=moving.arranged(event)))
        assert "past" in error(lambda: move(event, to=later(event, days=-40)))
        assert "ends after" in error(lambda: move(event, to=later(event, ends_at=event.starts_at)))
        assert "Dutch" in error(lambda: move(event, reason={"en": "Later."}))
        closes = event.ends_at + timedelta(days=30)
        assert "before the event is over" in error(lambda: move(event, registration_closes_at=closes))
        move(event)
        assert "Somebody else" in error(lambda: move(event, seen_version=0))
        moving.call_off(event, reason=WHY, by=None)
        assert "cancelled" in error(lambda: move(event))
        assert EventChange.objects.count() == 2

    def test_a_failure_leaves_nothing_behind(self, event: Event, monkeypatch: pytest.MonkeyPatch) -> None:
        RegistrationFactory.create(event=event)
        monkeypatch.setattr(EventChange, "save", lambda *args, **kwargs: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            move(event)
        assert not Message.objects.exists()
        assert Event.objects.get().sequence == 0


class TestWhoIsTold:
    def test_each_address_once_in_its_language(self, event: Event) -> None:
        RegistrationFactory.create(event=event, email="a@example.org", language="nl")
        RegistrationFactory.create(event=event, email="b@example.org", language="fr")
        RegistrationFactory.create(event=event, email="gone@example.org", status=Registration.Status.CANCELLED)
        RegistrationFactory.create(email="elsewhere@example.org")
        assert move(event).told == 2
        assert dict(Message.objects.values_list("to_email", "language")) == {
            "a@example.org": "nl",
            "b@example.org": "fr",
        }

    def test_the_mail_says_old_new_why_and_gives_the_seat_back(self, event: Event, visitor: Client) -> None:
        seat = RegistrationFactory.create(event=event, language="nl")
        move(event, to=later(event, venue="Library"))
        mail = render(Message.objects.get(), now=timezone.now())
        assert "Info nl" in mail.subject
        for text in (mail.text, mail.html):
            assert WHY["nl"] in text
            assert "Library" in text
            assert "Town hall" in text
        link = next(word for word in mail.text.split() if "/annuleren/" in word or "/cancel/" in word)
        assert visitor.post(link.partition("testserver")[2] or "/" + link.split("/", 3)[3]).status_code == 302
        seat.refresh_from_db()
        assert seat.status == Registration.Status.CANCELLED

    def test_the_calendar_entry_moves_along(self, event: Event) -> None:
        RegistrationFactory.create(event=event, wish="online", seat="online")
        move(event)
        file, found = entry(Message.objects.get())
        assert (file["METHOD"], found["STATUS"], found["SEQUENCE"]) == ("PUBLISH", "CONFIRMED", 1)
        assert found["UID"] == f"event-{event.uid}@localhost"
        assert found.decoded("DTSTART") == event.starts_at
        assert "https://meet.example.org/old" in found["DESCRIPTION"]

    def test_two_moves_in_a_row_are_told_as_one(self, event: Event) -> None:
        RegistrationFactory.create(event=event, email="waits@example.org")
        RegistrationFactory.create(event=event, email="told@example.org")
        first = event.starts_at
        move(event)
        Message.objects.filter(to_email="told@example.org").update(status="sent", sent_at=timezone.now())
        move(event)
        waiting = {each.to_email: each.context["old_starts_at"] for each in Message.objects.waiting()}
        second = first + timedelta(days=7)
        assert waiting == {"waits@example.org": first.isoformat(), "told@example.org": second.isoformat()}
        move(event, to=later(event, days=-14))
        assert [each.to_email for each in Message.objects.waiting()] == ["told@example.org"]

    def test_a_confirmation_that_waits_is_written_anew(self, event: Event) -> None:
        seat = register(event, name="Guest", email="g@example.org", language="en", consent_wording="Yes")
        move(event)
        old, new = Message.objects.filter(kind="events/registered").order_by("pk")
        assert (old.status, new.status) == ("withdrawn", "queued")
        assert new.context["starts_at"] == event.starts_at.isoformat()
        assert entry(new)[1]["SEQUENCE"] == 1
        assert Message.objects.filter(kind="events/moved", to_email=seat.email).count() == 1

    def test_hundreds_need_hardly_more_queries(self, event: Event, django_assert_max_num_queries: Any) -> None:
        for number in range(200):
            RegistrationFactory.create(event=event, language=("nl", "en")[number % 2])
        with django_assert_max_num_queries(54):  # whatever the number, with the words of two pages and who waits
            assert move(event).told == 200


class TestCancelling:
    def test_everyone_is_told_once_and_nobody_signs_up(self, event: Event) -> None:
        register(event, name="Guest", email="g@example.org", language="nl", consent_wording="Yes")
        first = moving.call_off(event, reason=WHY, by=None)
        assert moving.call_off(event, reason=WHY, by=None) == first
        assert first.told == 1
        assert dict(Message.objects.values_list("kind", "status")) == {
            "events/registered": "withdrawn",
            "events/called_off": "queued",
        }
        message = Message.objects.get(kind="events/called_off")
        file, found = entry(message)
        assert (file["METHOD"], found["STATUS"], found["SEQUENCE"]) == ("CANCEL", "CANCELLED", 1)
        assert WHY["nl"] in render(message, now=timezone.now()).text
        with pytest.raises(EventClosedError):
            register(event, name="Late", email="l@example.org", language="nl", consent_wording="Yes")

    def test_what_is_over_is_not_cancelled(self, event: Event) -> None:
        Event.objects.update(starts_at=timezone.now() - timedelta(days=2), ends_at=timezone.now() - timedelta(days=1))
        assert "over" in error(lambda: moving.call_off(event, reason=WHY, by=None))

    def test_it_takes_place_after_all(self, event: Event) -> None:
        RegistrationFactory.create(event=event)
        assert "not cancelled" in error(lambda: moving.resume(event, reason=WHY, by=None))
        moving.call_off(event, reason=WHY, by=None)
        first = moving.resume(event, reason=WHY, by=None)
        assert moving.resume(event, reason=WHY, by=None) == first
        event.refresh_from_db()
        assert (event.cancelled_at, event.sequence) == (None, 2)
        message = Message.objects.get(kind="events/on_again")
        file, found = entry(message)
        assert (file["METHOD"], found["STATUS"], found["SEQUENCE"]) == ("PUBLISH", "CONFIRMED", 2)
        assert Message.objects.get(kind="events/called_off").status == "withdrawn"
        assert register(event, name="New", email="n@example.org", language="en", consent_wording="Yes")


def test_sign_up_ends_with_the_event_whatever_its_closing_date(event: Event) -> None:
    now = timezone.now()
    Event.objects.update(
        starts_at=now - timedelta(days=2), ends_at=now - timedelta(days=1), registration_closes_at=now + timedelta(1)
    )
    with pytest.raises(EventClosedError):
        register(event, name="Late", email="l@example.org", language="nl", consent_wording="Yes")


class TestTheRecordStays:
    @pytest.mark.parametrize(
        "statement",
        [
            "DELETE FROM events_eventchange",
            "UPDATE events_eventchange SET told = 9",
            "UPDATE events_eventchange SET made_by_id = NULL, reason = 'none'",
        ],
    )
    def test_nobody_alters_or_deletes_it(self, event: Event, editor_user: User, statement: str) -> None:
        move(event, by=editor_user)
        with (
            pytest.raises(IntegrityError, match="stays as it is"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)

    def test_its_event_stays_and_its_author_may_go(self, event: Event, editor_user: User) -> None:
        change = move(event, by=editor_user)
        event.pages.all().delete()
        with pytest.raises(models.ProtectedError):
            event.delete()
        editor_user.delete()
        change.refresh_from_db()
        assert change.made_by is None


class TestThePage:
    def test_it_shows_old_new_and_why(self, event: Event, visitor: Client) -> None:
        move(event, to=later(event, venue="Library", online_url="https://meet.example.org/new"))
        text = visitor.get(page_in(event, "en").url).content.decode()  # type: ignore[union-attr]
        facts, log = text.split('id="changes"')
        assert "Town hall, Market square 1, Brussels</del>" in facts
        assert facts.count("<del>") == 2
        assert WHY["en"] in log
        assert "meet.example.org" not in text
        assert "EventRescheduled" in facts
        assert "previousStartDate" in facts

    def test_a_cancelled_event_says_so_with_its_reason(self, event: Event, visitor: Client) -> None:
        moving.call_off(event, reason=WHY, by=None)
        text = visitor.get(page_in(event, "nl").url).content.decode()  # type: ignore[union-attr]
        assert WHY["nl"] in text
        with translation.override("nl"):
            assert reverse("events:sign_up", args=[event.uid]) not in text
        assert "EventCancelled" in text

    def test_the_feed_follows(self, event: Event, visitor: Client) -> None:
        moving.call_off(event, reason=WHY, by=None)
        feed = Calendar.from_ical(visitor.get("/en/calendar.ics").content)
        (found,) = [each for each in feed.walk("VEVENT") if str(event.uid) in str(each["UID"])]
        assert (found["STATUS"], found["SEQUENCE"]) == ("CANCELLED", 1)
