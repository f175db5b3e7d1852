"""What visitors see and fill in: agenda, event, sign-up, cancelling, calendar file."""

import re
import time
from datetime import timedelta
from email import policy
from email.parser import BytesParser
from typing import Any

import icalendar
import pytest
from django.core import signing
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from accounts.public_forms.spam import SALT
from accounts.users.models import User
from events.agenda import calendar
from events.agenda.models import Event
from events.agenda.pages import page_in
from events.seats import links
from events.seats.models import Registration
from notifications.delivery.composing import compose
from notifications.delivery.rendering import render
from notifications.outbox.models import Message
from tests.factories.events import EventFactory, RegistrationFactory, agenda, event_page, event_with_page

pytestmark = pytest.mark.django_db


def address(name: str, *args: Any) -> str:
    with translation.override("en"):
        return reverse(f"events:{name}", args=args)


def filled_in(**answers: str) -> dict[str, str]:
    """A form that a person sent: ten seconds after the page was made."""
    return {"name": "Visitor", "email": "visitor@example.org", "rendered": stamp(), "website": "", **answers}


def stamp() -> str:
    return signing.dumps(int(time.time()) - 10, salt=SALT)


def test_signing_up_answers_with_what_happens_next(client: Client) -> None:
    event = event_with_page(EventFactory.create(capacity=5))
    response = client.post(address("sign_up", event.uid), filled_in(email=" Visitor@Example.org "))
    assert response.status_code == 302
    assert response.headers["Location"] == address("signed_up", event.uid)
    registration = Registration.objects.get()
    assert (registration.email, registration.language, registration.user) == ("visitor@example.org", "en", None)
    assert "30 days after the event" in registration.consent_wording
    assert client.get(response.headers["Location"]).status_code == 200


def test_the_form_says_what_is_wrong_and_keeps_what_was_typed(client: Client) -> None:
    event = event_with_page()
    response = client.post(address("sign_up", event.uid), filled_in(email="not an address", name="Kept Name"))
    assert response.status_code == 200
    page = response.content.decode()
    assert 'class="errors"' in page
    assert 'value="Kept Name"' in page
    assert 'value="not an address"' in page


def test_full_is_full_and_nothing_typed_is_lost(client: Client) -> None:
    event = event_with_page(EventFactory.create(capacity=1))
    RegistrationFactory.create(event=event)
    assert "All seats are taken" in client.get(address("sign_up", event.uid)).content.decode()
    response = client.post(address("sign_up", event.uid), filled_in(organisation_name="Kept organisation"))
    assert response.status_code == 409
    assert "All seats were taken" in response.content.decode()
    assert "Kept organisation" in response.content.decode()


def test_closed_says_so(client: Client) -> None:
    closed = EventFactory.create(registration_closes_at=timezone.now() - timedelta(minutes=1))
    event = event_with_page(closed)
    response = client.post(address("sign_up", event.uid), filled_in())
    assert response.status_code == 409
    assert "Sign-up closed" in response.content.decode()
    assert not Registration.objects.exists()


def test_an_event_without_a_public_page_cannot_be_found(client: Client) -> None:
    event = EventFactory.create()
    for name in ("sign_up", "signed_up", "calendar"):
        assert client.get(address(name, event.uid)).status_code == 404


def test_who_is_signed_in_finds_the_form_filled_in(partner: Client, partner_user: User) -> None:
    event = event_with_page()
    assert 'value="partner@example.org"' in partner.get(address("sign_up", event.uid)).content.decode()
    partner.post(address("sign_up", event.uid), filled_in(email=partner_user.email))
    assert Registration.objects.get().user == partner_user


def test_a_get_of_the_cancel_link_changes_nothing_and_a_post_frees_the_seat(client: Client) -> None:
    registration = RegistrationFactory.create(event=event_with_page())
    url = address("cancel", links.cancel_token(registration))
    assert client.get(url).status_code == 200
    registration.refresh_from_db()
    assert registration.status == Registration.Status.CONFIRMED
    for _time in range(2):
        assert client.post(url, follow=True).status_code == 200
    registration.refresh_from_db()
    assert registration.status == Registration.Status.CANCELLED
    assert Message.objects.filter(kind="events/cancelled").count() == 1


def test_a_forged_cancel_link_is_unknown(client: Client) -> None:
    assert client.get(address("cancel", "forged")).status_code == 404
    assert client.post(address("cancel", "forged")).status_code == 404


def test_the_mail_has_the_calendar_file_and_a_link_to_cancel(client: Client) -> None:
    event = event_with_page(EventFactory.create(venue="", address="", online_url="https://meet.example.org/room"))
    client.post(address("sign_up", event.uid), filled_in(name="=HYPERLINK(1)"))
    message = Message.objects.get()
    mail = compose(message, render(message, now=timezone.now())).message()
    parsed = BytesParser(policy=policy.default).parsebytes(mail.as_bytes())
    body = parsed.get_body(("plain",))
    assert body is not None
    assert "https://meet.example.org/room" in body.get_content()
    [path] = re.findall(r"http://localhost:8000(/en/events/cancel/\S+)", body.get_content())
    assert client.get(path).context["registration"] == Registration.objects.get()
    [attachment] = parsed.iter_attachments()
    assert attachment.get_content_type() == "text/calendar"
    found = icalendar.Calendar.from_ical(attachment.get_content())
    assert str(found.walk("VEVENT")[0]["uid"]) == f"event-{event.uid}@localhost"


@pytest.mark.parametrize("language", ["nl", "fr", "de", "en"])
def test_the_calendar_file_is_right_in_every_language(language: str) -> None:
    title = "Réunion d’information très longue, avec beaucoup de mots; et des signes, pour voir les lignes se couper"
    event = event_with_page(EventFactory.create(sequence=3), language=language, title=title)
    file = calendar.event_file(event, language=language)
    assert max(len(line) for line in file.split(b"\r\n")) <= 75
    found = icalendar.Calendar.from_ical(file)
    assert found["method"] == "PUBLISH"
    [entry] = found.walk("VEVENT")
    assert str(entry["summary"]) == title
    assert entry["sequence"] == 3
    assert entry.decoded("dtstart") == event.starts_at
    assert entry["dtstart"].params["TZID"] == "Europe/Brussels"
    assert [str(zone["tzid"]) for zone in found.walk("VTIMEZONE")] == ["Europe/Brussels"]


def test_the_file_in_a_mail_says_what_is_true_now() -> None:
    event = EventFactory.create(online_url="https://meet.example.org/room")
    page = event_page(event)

    def file(*, with_address: bool = False) -> str:
        return calendar.attachment(event, "en", with_address=with_address, page=page)["content"]

    files = {file(), file(), file(with_address=True)}
    event.venue = "Elsewhere"
    files.add(file())
    event.sequence += 1
    files.add(file())
    page.title = "Another title"
    files.add(file())
    assert len(files) == 5


def test_a_cancelled_event_leaves_calendars() -> None:
    file = icalendar.Calendar.from_ical(
        calendar.event_file(EventFactory.create(cancelled_at=timezone.now()), language="en")
    )
    assert file["method"] == "CANCEL"
    assert file.walk("VEVENT")[0]["status"] == "CANCELLED"


def test_only_participants_get_the_online_address(client: Client) -> None:
    event = event_with_page(EventFactory.create(online_url="https://meet.example.org/room"))
    assert b"meet.example.org" not in client.get(address("calendar", event.uid)).content
    page = page_in(event, "en")
    assert page is not None
    assert b"meet.example.org" not in client.get(page.url).content


def test_the_agenda_shows_what_comes_first_and_past_events_last(client: Client) -> None:
    now = timezone.now()
    for days, title in ((-40, "Long ago"), (20, "Later"), (-3, "Lately"), (2, "Soon")):
        event_page(EventFactory.create(starts_at=now + timedelta(days=days), title=title))
    page = client.get(agenda().url).content.decode()
    positions = [page.index(f">{title}<") for title in ("Soon", "Later", "Lately", "Long ago")]
    assert positions == sorted(positions)


def test_the_agenda_shows_an_event_once_in_the_language_that_its_reader_gets(client: Client) -> None:
    event = EventFactory.create()
    event_page(event, title="In English")
    event_page(event, title="Alleen voor lezers", language="nl")
    seen = {language: client.get(agenda(language).url).content.decode() for language in ("nl", "en", "fr")}
    assert "In English" not in seen["nl"]
    assert "Alleen voor lezers" not in seen["en"]
    assert 'lang="en">In English</a>' in seen["fr"]
    assert "Langue du texte" in seen["fr"]
    assert "Langue du texte" not in seen["en"]


def test_the_agenda_asks_the_database_as_often_for_fifty_events_as_for_one(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    counts = []
    for number in (1, 3, 50):
        while Event.objects.count() < number:
            event_page()
        client.get(agenda().url)
        with django_assert_max_num_queries(25) as queries:
            assert client.get(agenda().url).status_code == 200
        counts.append(len(queries))
    assert counts[1] == counts[2], counts


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(query=st.dictionaries(st.sampled_from(["page", "q", "year", "sort"]), st.text(max_size=20)))
def test_no_query_string_breaks_the_agenda(client: Client, query: dict[str, str]) -> None:
    assert client.get(agenda().url, query).status_code in {200, 404}


@pytest.mark.parametrize("standing", ["open", "full", "closed", "over", "cancelled"])
def test_the_event_page_says_how_it_stands(client: Client, standing: str) -> None:
    now = timezone.now()
    facts: dict[str, dict[str, Any]] = {
        "open": {},
        "full": {"capacity": 0},
        "closed": {"registration_closes_at": now - timedelta(hours=1)},
        "over": {"starts_at": now - timedelta(days=2)},
        "cancelled": {"cancelled_at": now},
    }
    words = {
        "open": ">Sign up<",
        "full": "All seats are taken.",
        "closed": "Sign-up is closed.",
        "over": "This event is over.",
        "cancelled": "This event is cancelled.",
    }
    page = event_page(EventFactory.create(**facts[standing]))
    answer = client.get(page.url).content.decode()
    assert words[standing] in answer
    assert (">Sign up<" in answer) == (standing == "open")
    assert '"@type": "Event"' in answer


def test_who_has_a_seat_reads_so_on_the_page(client: Client, partner: Client, partner_user: User) -> None:
    page = event_page()
    assert "You have a seat." not in partner.get(page.url).content.decode()
    seat = RegistrationFactory.create(event=page.event, user=partner_user)
    assert "You have a seat." not in client.get(page.url).content.decode()
    told = partner.get(page.url).content.decode()
    assert "You have a seat." in told
    assert address("cancel", links.cancel_token(seat)).rsplit("/", 2)[0] in told
