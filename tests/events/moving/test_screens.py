"""Staff's screens for an event: its dates in Brussels time, moving, cancelling, and that it takes place after all."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation
from wagtail.users.models import UserProfile

from accounts.users.models import User
from events.agenda.models import Event
from events.agenda.pages import EventPage
from events.moving import moving
from events.moving.models import EventChange
from events.staff.forms import NewEventForm
from notifications.outbox.models import Message
from tests.events.typed import rows_sent
from tests.factories.accounts import UserFactory
from tests.factories.events import EventFactory, RegistrationFactory, event_with_page
from tests.personas import give_second_factor, signed_in

pytestmark = pytest.mark.django_db

LANGUAGES = ("nl", "fr", "de", "en")
START = datetime(2031, 10, 14, 8, 0, tzinfo=UTC)  # a Tuesday, 10:00 in Brussels
ROOT = "/admin/snippets/events/event"


@pytest.fixture(autouse=True)
def _in_english(editor_user: User) -> Iterator[None]:
    UserProfile.objects.create(user=editor_user, preferred_language="en", current_time_zone="America/New_York")
    with translation.override("en"):
        yield


@pytest.fixture
def event() -> Event:
    """A public event that two people signed up for."""
    event = event_with_page(EventFactory.create(starts_at=START, ends_at=START + timedelta(hours=2)))
    RegistrationFactory.create_batch(2, event=event)
    return event


def reason(text: str = "Why") -> dict[str, str]:
    return {f"reason_{index}": f"{text} {code}" for index, code in enumerate(LANGUAGES)}


def facts(**changed: str) -> dict[str, str]:
    known = {f"title_{index}": "Info" for index in range(4)}
    known |= dict.fromkeys(("online_url", "capacity", "registration_closes_at", "call", "contact"), "")
    known |= {"starts_at": "2031-10-14T10:00", "ends_at": "2031-10-14T12:00", "venue": "Hall", "address": "Square 1"}
    known |= {"has_time": "on", "attendance": "hybrid", "online_capacity": "", "offer_hours": ""}
    return known | rows_sent() | changed


def moved(**changed: str) -> dict[str, str]:
    known = {"starts_at": "2031-10-21T09:30", "ends_at": "2031-10-21T12:00", "registration_closes_at": ""}
    known |= {"has_time": "on", "attendance": "room", "venue": "Library", "address": "", "online_url": ""}
    return known | {"version": "0"} | reason() | changed


class TestTheForm:
    def test_dates_are_entered_and_shown_as_in_brussels(self, editor: Client) -> None:
        assert editor.post(f"{ROOT}/add/", facts()).status_code == 302
        event = Event.objects.get()
        assert event.starts_at == START
        text = editor.get(f"{ROOT}/edit/{event.pk}/").content.decode()
        assert 'type="datetime-local"' in text
        assert 'value="2031-10-14T10:00"' in text

    @pytest.mark.parametrize("typed", ["ja", "12/04/2027 09:30 uur", "morgen", "2031-02-30T10:00", "2031-03-30T02:30"])
    @pytest.mark.parametrize("name", ["starts_at", "ends_at", "registration_closes_at"])
    def test_what_is_no_date_is_refused_at_its_field(self, editor: Client, name: str, typed: str) -> None:
        answer = editor.post(f"{ROOT}/add/", facts(**{name: typed}))
        assert set(answer.context["form"].errors) == {name}
        assert not Event.objects.exists()

    @pytest.mark.parametrize(
        ("typed", "field"),
        [
            ({"ends_at": "2031-10-14T09:00"}, "ends_at"),
            ({"registration_closes_at": "2031-10-14T12:01"}, "registration_closes_at"),
        ],
    )
    def test_dates_that_contradict_each_other_are_refused(
        self, editor: Client, typed: dict[str, str], field: str
    ) -> None:
        assert set(editor.post(f"{ROOT}/add/", facts(**typed)).context["form"].errors) == {field}

    @pytest.mark.parametrize(
        ("starts_at", "said"), [("2020-10-14T10:00", "in the past"), ("2031-10-12T10:00", "weekend")]
    )
    def test_odd_dates_are_pointed_out(self, editor: Client, starts_at: str, said: str) -> None:
        answer = editor.post(
            f"{ROOT}/add/", facts(starts_at=starts_at, ends_at=starts_at.replace("10:00", "12:00")), follow=True
        )
        assert any(said in str(message) for message in answer.context["messages"])

    def test_the_chooser_makes_events_with_the_same_fields(self, editor: Client) -> None:
        url = Event.snippet_viewset.chooser_viewset.get_url_name("create")
        typed = {f"event-chooser-create-form-{name}": value for name, value in facts(starts_at="ja").items()}
        assert editor.post(reverse(url), typed).json()["step"] != "chosen"
        assert not Event.objects.exists()

    def test_what_people_know_is_not_changed_in_it(self, editor: Client, event: Event) -> None:
        before = moving.arranged(event)
        answer = editor.post(f"{ROOT}/edit/{event.pk}/", facts(starts_at="2031-12-01T10:00", venue="X", capacity="7"))
        assert answer.status_code == 302
        event.refresh_from_db()
        assert (moving.arranged(event), event.capacity, event.sequence) == (before, 7, 0)
        text = editor.get(f"{ROOT}/edit/{event.pk}/").content.decode()
        assert f"{ROOT}/move/{event.pk}/" in text
        assert "cancelled_at" not in text

    @pytest.mark.parametrize("known_by", ["pages", "seats", "changes"])
    def test_people_know_it_by_a_page_a_seat_or_a_change(self, event: Event, known_by: str) -> None:
        if known_by == "changes":
            moving.call_off(event, reason={"en": "No."}, by=None)
        if known_by != "seats":
            event.registrations.all().delete()
        assert moving.is_announced(event)
        EventPage.objects.update(live=False, first_published_at=timezone.now())
        assert moving.is_announced(event)
        EventPage.objects.all().delete()
        assert moving.is_announced(event) is (known_by != "pages")

    def test_saving_it_does_not_undo_what_happened_meanwhile(self, event: Event) -> None:
        form = NewEventForm(facts(), instance=Event.objects.get())
        assert form.is_valid()
        moving.call_off(event, reason={"en": "No."}, by=None)
        form.save()
        event = Event.objects.get()
        assert (bool(event.cancelled_at), event.sequence) == (True, 1)


class TestMoving:
    def test_first_the_mails_then_the_move(self, editor: Client, event: Event) -> None:
        shown = editor.post(f"{ROOT}/move/{event.pk}/", moved(preview="1"))
        assert [preview.language for preview in shown.context["previews"]] == list(LANGUAGES)
        assert "Why fr" in shown.context["previews"][1].mail.text
        assert "2 mails go out" in shown.content.decode()
        assert (EventChange.objects.count(), Message.objects.count()) == (0, 0)
        for _time in range(2):
            answer = editor.post(f"{ROOT}/move/{event.pk}/", dict(shown.context["typed"]) | {"confirm": "1"})
            assert (answer.status_code, answer["Location"]) == (302, f"{ROOT}/edit/{event.pk}/")
        change = EventChange.objects.get()
        assert (change.told, change.new_venue) == (2, "Library")
        assert change.new_starts_at.isoformat() == "2031-10-21T07:30:00+00:00"
        assert Message.objects.count() == 2

    @pytest.mark.parametrize("step", ["preview", "confirm"])
    @pytest.mark.parametrize(
        ("fields", "said"),
        [
            ({"reason_3": ""}, "English"),
            ({"starts_at": "ja"}, "valid date"),
            ({"ends_at": "2031-10-21T09:00"}, "ends after it starts"),
            ({"registration_closes_at": "2031-11-21T09:00"}, "before the event is over"),
            ({"starts_at": "2020-10-21T09:00", "ends_at": "2020-10-21T10:00"}, "in the past"),
            ({"version": "7"}, "Somebody else"),
        ],
    )
    def test_what_is_refused_says_why_and_keeps_what_was_typed(
        self, editor: Client, event: Event, step: str, fields: dict[str, str], said: str
    ) -> None:
        text = editor.post(f"{ROOT}/move/{event.pk}/", moved(**fields, **{step: "1"})).content.decode()
        assert said in text
        assert 'value="Library"' in text
        assert not EventChange.objects.exists()

    def test_a_weekend_is_pointed_out_before(self, editor: Client, event: Event) -> None:
        typed = moved(starts_at="2031-10-18T09:30", ends_at="2031-10-18T12:00", preview="1")
        assert "weekend" in editor.post(f"{ROOT}/move/{event.pk}/", typed).content.decode()


class TestCancelling:
    def test_first_the_mails_then_it_is_cancelled_and_then_not(self, editor: Client, event: Event) -> None:
        for step, kind in (("call-off", "events/called_off"), ("resume", "events/on_again")):
            url = f"{ROOT}/{step}/{event.pk}/"
            shown = editor.post(url, reason() | {"preview": "1"})
            assert "Why de" in shown.context["previews"][2].mail.text
            assert not Message.objects.filter(kind=kind).exists()
            for _time in range(2):
                assert editor.post(url, reason() | {"confirm": "1"}).status_code == 302
            assert Message.objects.filter(kind=kind).count() == 2
        text = editor.get(f"{ROOT}/edit/{event.pk}/").content.decode()
        assert text.count("Why en") == 2

    def test_a_reason_is_needed(self, editor: Client, event: Event) -> None:
        assert "Say why" in editor.post(f"{ROOT}/call-off/{event.pk}/", {"confirm": "1"}).content.decode()

    def test_the_list_says_where_each_stands(
        self, editor: Client, event: Event, django_assert_max_num_queries: Any
    ) -> None:
        moving.call_off(event, reason={"en": "No."}, by=None)
        again = EventFactory.create()
        moving.move(again, to=moving.arranged(again) | {"venue": "X"}, reason={"en": "No."}, by=None)
        EventFactory.create_batch(5)
        with django_assert_max_num_queries(25):
            text = editor.get(f"{ROOT}/").content.decode()
        assert "cancelled" in text
        assert "moved on" in text


@pytest.mark.parametrize("screen", ["move", "call-off", "resume"])
def test_staff_only(visitor: Client, partner: Client, event: Event, screen: str) -> None:
    reader = UserFactory.create(is_staff=True)
    reader.user_permissions.add(*Permission.objects.filter(codename__in=["access_admin", "view_event"]))
    give_second_factor(reader)
    for client in (visitor, partner, signed_in(reader)):
        for answer in (
            client.get(f"{ROOT}/{screen}/{event.pk}/"),
            client.post(f"{ROOT}/{screen}/{event.pk}/", moved(confirm="1")),
        ):
            assert answer.status_code in {302, 403}
    assert not EventChange.objects.exists()
    assert timezone.now() < START


def test_what_does_not_exist_is_not_found(editor: Client) -> None:
    for screen in ("move", "call-off", "resume"):
        assert editor.get(f"{ROOT}/{screen}/0/").status_code == 404
