"""What staff do: edit facts, see who comes, free a seat, download the list."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.users.models import User
from events.agenda.models import Event
from events.seats.models import Registration
from events.staff.admin import EventViewSet
from notifications.outbox.models import Message
from tests.factories.events import NO_ROWS, EventFactory, RegistrationFactory, agenda

pytestmark = pytest.mark.django_db


def listing(model: type[Event] | type[Registration]) -> str:
    return reverse(model.snippet_viewset.get_url_name("list"))  # type: ignore[union-attr]  # Wagtail adds it


def as_typed(event: Event, **changed: str) -> dict[str, str]:
    """The edit form as the browser sends it, in Brussels time."""
    typed = {"%Y-%m-%d %H:%M": (event.starts_at, event.ends_at)}
    [(form, (starts, ends))] = typed.items()
    return {
        "title_0": "Info",
        "starts_at": timezone.localtime(starts).strftime(form),
        "ends_at": timezone.localtime(ends).strftime(form),
        "has_time": "on",
        "venue": event.venue,
        "address": event.address,
        "online_url": "",
        "capacity": "",
        "registration_closes_at": "",
        "thanks": "on",
        "thanks_at": "",
        **NO_ROWS,
        **changed,
    }


def whole_minutes() -> Event:
    starts = timezone.now().replace(second=0, microsecond=0) + timedelta(days=30)
    return EventFactory.create(starts_at=starts, ends_at=starts + timedelta(hours=2))


def test_the_list_shows_the_seats(administrator: Client) -> None:
    event = EventFactory.create(capacity=20)
    RegistrationFactory.create_batch(3, event=event)
    RegistrationFactory.create(event=event, status=Registration.Status.CANCELLED)
    page = administrator.get(listing(Event)).content.decode()
    assert "3 taken, 17 left" in page


def test_an_event_that_ends_before_it_starts_is_refused_with_its_values(administrator: Client) -> None:
    event = whole_minutes()
    url = reverse(EventViewSet.model.snippet_viewset.get_url_name("edit"), args=[event.pk])
    page = administrator.post(url, as_typed(event, ends_at="2020-01-01 10:00", venue="Kept")).content.decode()
    assert "An event ends after it starts." in page
    assert "Kept" in page


def test_the_page_editor_offers_to_make_the_facts(administrator: Client) -> None:
    url = reverse("wagtailadmin_pages:add", args=["events", "eventpage", agenda().pk])
    assert administrator.get(url).status_code == 200
    chooser = reverse(Event.snippet_viewset.chooser_viewset.get_url_name("choose"))
    assert "starts_at" in administrator.get(chooser).json()["html"]


def test_the_download_runs_no_formula(administrator: Client) -> None:
    RegistrationFactory.create(name="=1+1", organisation_name="@SUM(A1)", access_needs="-2")
    response = administrator.get(f"{listing(Registration)}?export=csv")
    text = b"".join(response.streaming_content).decode()  # type: ignore[attr-defined]  # a streaming response
    assert "'=1+1" in text
    assert "'@SUM(A1)" in text
    assert "'-2" in text


def test_registrations_are_read_and_cancelled_not_edited(administrator: Client) -> None:
    registration = RegistrationFactory.create()
    other = RegistrationFactory.create(name="Somebody else")
    page = administrator.get(f"{listing(Registration)}?event={registration.event_id}").content.decode()
    assert registration.name in page
    assert other.name not in page
    edit = reverse("wagtailsnippets_events_registration:edit", args=[registration.pk])
    assert administrator.get(edit).status_code in {302, 403}
    url = reverse("events_admin_cancel_registration", args=[registration.pk])
    assert administrator.get(url).status_code == 200
    registration.refresh_from_db()
    assert registration.status == Registration.Status.CONFIRMED
    for _time in range(2):
        assert administrator.post(url).status_code == 302
    registration.refresh_from_db()
    assert registration.status == Registration.Status.CANCELLED
    assert Message.objects.filter(kind="events/cancelled").count() == 1


def test_only_staff_with_the_right_free_a_seat(visitor: Client, partner: Client, partner_user: User) -> None:
    registration = RegistrationFactory.create()
    url = reverse("events_admin_cancel_registration", args=[registration.pk])
    for somebody in (visitor, partner):
        assert somebody.post(url).status_code in {302, 403, 404}
    partner_user.user_permissions.add(Permission.objects.get(codename="change_registration"))
    assert partner.post(url).status_code in {302, 403, 404}
    registration.refresh_from_db()
    assert registration.status == Registration.Status.CONFIRMED


def test_an_editor_sees_what_the_set_up_grants(editor: Client) -> None:
    RegistrationFactory.create()
    assert editor.get(listing(Event)).status_code == 200
    assert editor.get(listing(Registration)).status_code == 200
