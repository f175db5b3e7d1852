"""What goes when: what the screen says is what the nightly erasure does."""

import re
from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.privacy import keeping
from events.agenda.models import Event
from events.erasing import plan
from events.organisers import rights
from hub.dates import words
from tests.environment import BASE_DIR
from tests.factories.accounts import UserFactory
from tests.factories.events import EventFactory, RegistrationFactory
from tests.factories.notifications import MessageFactory
from tests.personas import give_second_factor, signed_in

pytestmark = pytest.mark.django_db


def held() -> Event:
    event: Event = EventFactory.create(title="Held")
    RegistrationFactory.create(event=event, access_needs="A ramp.")
    RegistrationFactory.create(event=event, reserved_until=timezone.now() - timedelta(hours=2), line="digest")
    for about in (f"event:{event.pk}", f"event:{event.pk}:v1:moved", f"event:{event.pk}0"):
        MessageFactory.create(about=about)
    return event


def test_it_says_of_each_kind_how_many_and_when(editor: Client) -> None:
    event = held()
    page = BeautifulSoup(editor.get(reverse("events_admin_what_goes"), {"event": event.pk}).content, "html.parser")
    rows = [[cell.get_text(strip=True) for cell in row.select("td")] for row in page.select("tbody tr")]
    assert [row[1:] for row in rows[:4]] == [
        ["1", words.moment(event.ends_at + timedelta(days=30))],
        ["1", words.moment(event.ends_at)],
        ["2", "when staff delete it"],
        ["2", "400 days after it left"],
    ]
    assert {row[1] for row in rows[4:]} == {"0"}


def test_what_it_says_happens() -> None:
    event = held()
    for name, after in (("access_needs", timedelta(days=30)), ("unproved_seats", timedelta(0))):
        for past, left in ((timedelta(minutes=-5), 1), (timedelta(minutes=5), 0)):
            ends_at = timezone.now() - after - past
            Event.objects.filter(pk=event.pk).update(starts_at=ends_at - timedelta(hours=1), ends_at=ends_at)
            keeping._erasers[name]()
            (found,) = plan.plans([Event.objects.get(pk=event.pk)])
            kind = next(each for each in plan._kept if each.time.name == name)
            assert next(line.number for line in found.lines if line.label == kind.label) == left


def test_every_kind_of_row_about_an_event_stands_on_it() -> None:
    named = {each.time.name for each in plan._kept}
    text = "".join(path.read_text(encoding="utf-8") for path in BASE_DIR.glob("events/*/keeping_times.py"))
    kept = set(re.findall(r'KeepingTime\(\s*"([a-z_]+)"', text))
    assert kept - {"feedback_marks"} <= named <= {time.name for time in keeping.all_times()}


def test_an_organiser_reads_it_of_their_events_alone(partner: Client) -> None:
    own, foreign = EventFactory.create(title="Mine"), EventFactory.create(title="Theirs")
    user = UserFactory.create(is_staff=True)
    user.groups.add(Group.objects.get(name=rights.ORGANISERS))
    give_second_factor(user)
    url = reverse("events_admin_what_goes")
    assert signed_in(user).get(url).status_code in {302, 403}
    own.organisers.set([user])
    own.save()
    page = signed_in(user).get(url).content.decode()
    assert "Mine" in page
    assert "Theirs" not in page
    assert "Theirs" not in signed_in(user).get(url, {"event": foreign.pk}).content.decode()
    assert partner.get(url).status_code in {302, 403}


def test_it_is_only_read(administrator: Client) -> None:
    assert administrator.post(reverse("events_admin_what_goes")).status_code == 405
