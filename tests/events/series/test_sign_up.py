"""One form for several dates: for all that were picked or for none, each question once, one mail."""

from datetime import timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation
from i18nfield.strings import LazyI18nString
from icalendar import Calendar

from events.agenda.models import Event
from events.erasing import plan
from events.questions.models import Answer, Question
from events.seats import line_share
from events.seats.models import Registration
from events.seats.own_seat import cancel
from notifications.delivery.rendering import render
from notifications.outbox.models import Message
from tests.events.agenda.test_pages import filled_in
from tests.factories.events import EventFactory, RegistrationFactory, dates, event_with_page

pytestmark = pytest.mark.django_db


def address(events: list[Event], name: str = "sign_up_series") -> str:
    with translation.override("en"):
        series = events[0].series
        assert series
        return reverse(f"events:{name}", args=[series.uid])


def picked(*events: Event, **fields: Any) -> dict[str, Any]:
    """The form as a person sends it who picked these dates."""
    return {**filled_in(), "dates": [each.uid.hex for each in events], **fields}


def soup(client: Client, url: str) -> BeautifulSoup:
    answer = client.get(url)
    assert answer.status_code == 200
    return BeautifulSoup(answer.content, "html.parser")


def states() -> list[tuple[int, str]]:
    return [(each.event_id, each.status) for each in Registration.objects.order_by("event__starts_at", "pk")]


def mail_of(message: Message) -> str:
    return render(message, now=timezone.now()).text


class TestPicking:
    def test_the_form_names_each_date_with_what_is_left(self, client: Client) -> None:
        _free, full, closed, boundless = events = dates(4, capacity=2)
        RegistrationFactory.create_batch(2, event=full)
        Event.objects.filter(pk=closed.pk).update(cancelled_at=timezone.now())
        Event.objects.filter(pk=boundless.pk).update(capacity=None)
        labels = [each.get_text(" ", strip=True) for each in soup(client, address(events)).select("#id_dates label")]
        assert [label.partition("(Brussels)")[2] for label in labels] == [
            ": 2 seats left",
            ": all seats are taken, you join the waiting list",
            "",
        ]

    def test_each_date_gives_a_seat_and_one_mail_tells_of_all(self, client: Client) -> None:
        first, second, third = events = dates(capacity=2)
        answer = client.post(address(events), picked(first, third))
        assert answer.headers["Location"] == address(events, "series_signed_up")
        assert states() == [(first.pk, "confirmed"), (third.pk, "confirmed")]
        message = Message.objects.get()
        assert (message.kind, message.to_email) == ("events/several", "visitor@example.org")
        text = mail_of(message)
        assert text.count("You have a seat") == 2
        assert text.count("/cancel/") == 2
        file = Calendar.from_ical(message.attachments[0]["content"])
        assert {str(each["UID"]) for each in file.walk("VEVENT")} == {
            f"event-{each.uid}@localhost" for each in (first, third)
        }
        assert second.registrations.count() == 0
        [told] = plan.plans([first])
        assert [line.number for line in told.lines if line.label == plan.SENT.label] == [1]
        assert client.get(answer.headers["Location"]).status_code == 200

    def test_a_date_known_to_be_full_gives_a_place_on_its_list(self, client: Client) -> None:
        free, full = events = dates(2, capacity=1)
        RegistrationFactory.create(event=full, name="Before")
        values = [str(each["value"]) for each in soup(client, address(events)).select("input[name=dates]")]
        assert client.post(address(events), {**filled_in(), "dates": values}).status_code == 302
        mine = Registration.objects.filter(email="visitor@example.org")
        assert dict(mine.values_list("event", "status")) == {free.pk: "confirmed", full.pk: "waiting"}
        text = mail_of(Message.objects.get())
        assert "Number 1 on the waiting list" in text
        assert text.count("You have a seat") == 1

    def test_sent_twice_it_is_one_act_and_one_mail(self, client: Client) -> None:
        events = dates(2, capacity=1)
        form = picked(*events)
        for _time in range(2):
            assert client.post(address(events), form).status_code == 302
        assert len(states()) == 2
        assert Message.objects.count() == 1

    def test_the_mail_says_what_is_so_when_it_leaves(self, client: Client) -> None:
        first, second = events = dates(2)
        client.post(address(events), picked(*events))
        Event.objects.filter(pk=first.pk).update(cancelled_at=timezone.now())
        cancel(Registration.objects.get(event=second))
        text = mail_of(Message.objects.get(kind="events/several"))
        assert "Cancelled" in text
        assert "You have a seat" not in text

    def test_colleagues_get_each_date_and_a_mail_of_their_own(self, client: Client) -> None:
        events = dates(2, capacity=2)
        form = picked(*events, name_2="Ben", email_2="ben@example.org")
        assert client.post(address(events), form).status_code == 302
        assert len(states()) == 4
        assert sorted(Message.objects.values_list("to_email", flat=True)) == ["ben@example.org", "visitor@example.org"]
        assert "Visitor filled in the form for you." in mail_of(Message.objects.get(to_email="ben@example.org"))

    def test_beyond_the_share_of_a_line_the_mail_asks_for_a_click_for_each_date(
        self, client: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(line_share, "MOST", 0)
        events = dates(2)
        answer = client.post(address(events), picked(*events))
        assert answer.headers["Location"] == address(events, "series_to_confirm")
        assert client.get(answer.headers["Location"]).status_code == 200
        message = Message.objects.get()
        text = mail_of(message)
        assert text.count("/confirm/") == 2
        assert "/cancel/" not in text
        assert not message.attachments

    def test_who_has_a_seat_gets_the_same_answer_as_who_has_none(self, client: Client) -> None:
        events = dates(2, capacity=1)
        RegistrationFactory.create(event=events[0], name="Visitor", email="visitor@example.org")
        assert Registration.objects.count() == 1
        answers = [
            client.post(address(events), picked(*events, email=email))
            for email in ("visitor@example.org", "b@example.org")
        ]
        first, second = ((each.status_code, each.context["form"].errors.as_json()) for each in answers)
        assert first == second
        assert Registration.objects.count() == 1
        assert not Message.objects.exists()


class TestRefusing:
    def test_where_one_date_is_full_nothing_is_added_and_the_list_is_offered(self, client: Client) -> None:
        _free, full = events = dates(2, capacity=1)
        RegistrationFactory.create(event=full)
        form = picked(*events, access_needs="A ramp.")
        answer = client.post(address(events), form)
        assert answer.status_code == 409
        assert Registration.objects.count() == 1
        assert not Message.objects.exists()
        shown = BeautifulSoup(answer.content, "html.parser")
        assert "there are not enough free seats" in shown.text
        assert "A ramp." in shown.select("#id_access_needs")[0].text
        assert len(shown.select("input[name=dates][checked]")) == 2
        [button] = shown.select("button[name=waits]")
        again = client.post(address(events), {**form, "waits": str(button["value"])})
        assert again.status_code == 302
        assert {state for _event, state in states()} == {"confirmed", "waiting"}

    @pytest.mark.parametrize(
        ("change", "said"),
        [
            ({"cancelled_at": timezone.now()}, "is cancelled"),
            ({"registration_closes_at": timezone.now() - timedelta(hours=1)}, "sign-up is closed"),
            ({"registration_opens_at": timezone.now() + timedelta(days=1)}, "sign-up opens on"),
        ],
    )
    def test_a_date_that_closed_meanwhile_is_named(self, client: Client, change: dict[str, Any], said: str) -> None:
        first, second, _third = events = dates(capacity=1)
        Event.objects.filter(pk=second.pk).update(**change)
        answer = client.post(address(events), picked(first, second))
        assert answer.status_code == 409
        assert said in str(answer.context["form"].errors["dates"])
        assert not Registration.objects.exists()
        shown = BeautifulSoup(answer.content, "html.parser")
        assert [str(each["value"]) for each in shown.select("input[name=dates][checked]")] == [first.uid.hex]

    def test_answers_of_who_has_a_seat_stay_when_a_date_refuses(self, client: Client) -> None:
        mine, full = events = dates(2, capacity=1)
        seat = RegistrationFactory.create(
            event=mine, name="Visitor", email="visitor@example.org", organisation_name="Old"
        )
        RegistrationFactory.create(event=full)
        client.post(address(events), picked(*events, organisation_name="New"))
        seat.refresh_from_db()
        assert seat.organisation_name == "Old"

    def test_none_picked_or_one_that_is_not_of_the_series(self, client: Client) -> None:
        events, other = dates(2), event_with_page()
        assert "Pick at least one date." in client.post(address(events), picked()).content.decode()
        assert client.post(address(events), picked(other)).context["form"].errors["dates"]
        assert not Registration.objects.exists()

    def test_the_name_is_asked_for_once(self, partner: Client, partner_user: Any) -> None:
        events = dates(2)
        RegistrationFactory.create(event=events[1], name="J. Peeters", email=partner_user.email, user=partner_user)
        form = picked(*events, name="Jan Peeters", email=partner_user.email)
        answer = partner.post(address(events), form)
        assert "J. Peeters" in str(answer.context["form"].errors["same"])
        assert Registration.objects.count() == 1
        assert partner.post(address(events), {**form, "same": "yes"}).status_code == 302
        assert Registration.objects.filter(name="Jan Peeters").count() == 2

    def test_when_no_date_is_open_the_page_says_so(self, client: Client) -> None:
        events = dates(2)
        Event.objects.update(cancelled_at=timezone.now())
        assert "No date can be signed up for" in soup(client, address(events)).text


class TestQuestions:
    def ask(self, event: Event, label: str, **fields: Any) -> Question:
        return Question.objects.create(event=event, label=LazyI18nString({"en": label}), sort_order=0, **fields)

    def test_what_several_dates_ask_alike_is_asked_once_and_answered_for_each(self, client: Client) -> None:
        events = dates()
        asked = [self.ask(event, "Which call?", is_required=True) for event in events]
        found = soup(client, address(events)).select("textarea[name^=question_]")
        assert [str(each["name"]) for each in found] == [f"question_{asked[0].pk}"]
        form = picked(events[0], events[2], **{f"question_{asked[0].pk}": "ESF+"})
        assert client.post(address(events), form).status_code == 302
        answers = Answer.objects.values_list("registration__event", "question", "value")
        assert sorted(answers) == [(each.event_id, each.pk, ["ESF+"]) for each in (asked[0], asked[2])]

    def test_what_differs_is_asked_apart_and_only_of_who_picks_that_date(self, client: Client) -> None:
        first, second = events = dates(2)
        self.ask(first, "Lunch?", kind="yes_no")
        own = self.ask(second, "Lunch?", kind="yes_no", is_required=True)
        shown = soup(client, address(events))
        assert [shown.text.count(said) for said in ("Only for:", "Needed for:")] == [1, 1]
        assert client.post(address(events), picked(first)).status_code == 302
        answer = client.post(address(events), picked(second, email="b@example.org"))
        assert list(answer.context["form"].errors) == [f"question_{own.pk}"]
        form = picked(second, email="b@example.org", **{f"question_{own.pk}": "yes"})
        assert client.post(address(events), form).status_code == 302
        assert Answer.objects.get().question == own


class TestOneDate:
    @pytest.mark.parametrize("is_full", [True, False])
    def test_the_form_of_a_date_that_cannot_be_had_leads_to_the_next(self, client: Client, is_full: bool) -> None:
        first, second, third = dates(capacity=1)
        RegistrationFactory.create(event=first)
        if is_full:
            RegistrationFactory.create(event=second)
        else:
            Event.objects.filter(pk=second.pk).update(registration_closes_at=timezone.now() - timedelta(hours=1))
        Event.objects.filter(pk=first.pk).update(capacity=9)
        with translation.override("en"):
            urls = {each.pk: reverse("events:sign_up", args=[each.uid]) for each in (first, second, third)}
        found = soup(client, urls[second.pk])
        assert [str(each["href"]) for each in found.select(".notice a") if "sign-up" in str(each["href"])] == [
            urls[third.pk]
        ]
        assert "another date" not in soup(client, urls[third.pk]).text

    def test_an_event_alone_offers_no_other(self, client: Client) -> None:
        event = event_with_page(EventFactory.create(capacity=0))
        dates()
        with translation.override("en"):
            assert "another date" not in soup(client, reverse("events:sign_up", args=[event.uid])).text
