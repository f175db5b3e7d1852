"""Speakers and the programme of an event: typed with its facts, checked there, read by visitors and programs."""

import json
import re
from datetime import datetime, timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from wagtail.images.models import Image
from wagtail.images.tests.utils import get_test_image_file

from events.agenda.models import Event
from events.moving.moving import arranged, move
from events.programme import timetable
from events.programme.models import LinkedOrganisation, LinkedPractice, ProgrammeItem, Speaker
from hub.dates import brussels
from tests.events.typed import as_typed, rows_sent, whole_minutes
from tests.factories.events import event_page
from tests.factories.partners import OrganisationFactory
from tests.factories.practices import PracticeFactory

pytestmark = pytest.mark.django_db


def edit(client: Client, event: Event, **rows: list[dict[str, str]]) -> Any:
    url = reverse("wagtailsnippets_events_event:edit", args=[event.pk])
    return client.post(url, as_typed(event, **rows_sent(**rows)))


def clock(moment: datetime) -> str:
    return brussels.local(moment).strftime("%Y-%m-%dT%H:%M")


def item(event: Event, *, start: int, end: int, title: str = "Opening", **more: str) -> dict[str, str]:
    """A row as typed; `start` and `end` in minutes after the event's start."""
    times = {
        name: clock(event.starts_at + timedelta(minutes=minutes))
        for name, minutes in (("starts_at", start), ("ends_at", end))
    }
    return {"title_0": title, "room": "", **times, **more}


def planned(event: Event, title: str, start: int, end: int, room: str = "") -> ProgrammeItem:
    times = [event.starts_at + timedelta(minutes=minutes) for minutes in (start, end)]
    return ProgrammeItem.objects.create(event=event, title=title, room=room, starts_at=times[0], ends_at=times[1])


class TestEditing:
    def test_speakers_and_programme_are_typed_with_the_facts(self, administrator: Client) -> None:
        event = whole_minutes()
        speaker = {"name": "Kim Speaker", "role_0": "Researcher", "organisation_name": "House", "ORDER": "1"}
        assert edit(administrator, event, speakers=[speaker]).status_code == 302
        there = event.speakers.get()
        known = {**speaker, "id": str(there.pk)}
        rows = [item(event, start=0, end=30, speakers=str(there.pk)), item(event, start=30, end=60, title="Talks")]
        assert edit(administrator, event, speakers=[known], programme=rows).status_code == 302
        found = list(event.programme.all())
        assert [(str(each.title), list(each.speakers.all())) for each in found] == [("Opening", [there]), ("Talks", [])]

    def test_a_speaker_who_is_taken_off_speaks_nowhere(self, administrator: Client) -> None:
        event = whole_minutes()
        there = Speaker.objects.create(event=event, name="Kim Speaker")
        held = planned(event, "Opening", 0, 30)
        held.speakers.set([there])
        held.save()
        gone = {"id": str(there.pk), "name": there.name, "DELETE": "on", "ORDER": "1"}
        row = item(event, start=0, end=30, id=str(held.pk), speakers=str(there.pk))
        assert edit(administrator, event, speakers=[gone], programme=[row]).status_code == 302
        assert not event.speakers.exists()
        assert not ProgrammeItem.objects.get().speakers.exists()

    @pytest.mark.parametrize(
        ("start", "end", "said"),
        [
            (-30, 30, "outside of the event"),
            (90, 150, "outside of the event"),
            (30, 30, "ends after it starts"),
        ],
    )
    def test_an_item_outside_of_the_event_is_refused_at_the_field(
        self, administrator: Client, start: int, end: int, said: str
    ) -> None:
        event = whole_minutes()
        answer = edit(administrator, event, programme=[item(event, start=start, end=end, title="Kept words")])
        page = answer.content.decode()
        assert answer.status_code == 200
        assert said in page
        assert "Kept words" in page
        assert not event.programme.exists()

    def test_a_photo_needs_its_licence(self, administrator: Client) -> None:
        event = whole_minutes()
        photo = Image.objects.create(title="Portrait", file=get_test_image_file())
        row = {"name": "Kim Speaker", "photo": str(photo.pk), "ORDER": "1"}
        assert "Say who made the photo" in edit(administrator, event, speakers=[row]).content.decode()
        assert not event.speakers.exists()
        assert edit(administrator, event, speakers=[{**row, "photo_licence": "CC BY 4.0"}]).status_code == 302

    def test_other_events_speakers_are_not_on_offer(self, administrator: Client) -> None:
        event = whole_minutes()
        stranger = Speaker.objects.create(event=whole_minutes(), name="Somebody Else")
        answer = edit(administrator, event, programme=[item(event, start=0, end=30, speakers=str(stranger.pk))])
        assert answer.status_code == 200
        assert not event.programme.exists()


class TestReading:
    def test_what_overlaps_stands_together(self) -> None:
        event = whole_minutes()
        made = [
            planned(event, "Talk B", 30, 60, "Room B"),
            planned(event, "Talk A", 30, 90, "Room A"),
            planned(event, "Coffee", 90, 120),
            planned(event, "Opening", 0, 30),
            planned(event, "Late", 60, 80, "Room B"),
        ]
        (day,) = timetable.days(made)
        assert [[str(each.title) for each in slot.items] for slot in day.slots] == [
            ["Opening"],
            ["Talk A", "Talk B", "Late"],
            ["Coffee"],
        ]

    def test_the_page_and_search_engines_read_it(self, visitor: Client) -> None:
        event = whole_minutes()
        photo = Image.objects.create(title="Portrait", file=get_test_image_file())
        speaker = Speaker.objects.create(
            event=event, name="Kim Speaker", role="Researcher", photo=photo, photo_licence="A. Maker, CC BY 4.0"
        )
        held = planned(event, "Opening words", 0, 30, "Hall")
        held.speakers.set([speaker])
        held.save()
        page = visitor.get(event_page(event).url).content.decode()
        soup = BeautifulSoup(page, "html.parser")
        assert "Opening words" in soup.select(".programme")[0].text
        assert "Photo: A. Maker, CC BY 4.0" in soup.select(".speakers")[0].text
        texts = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
        data = next(each for each in map(json.loads, texts) if each["@type"] == "Event")
        assert data["performer"] == [{"@type": "Person", "name": "Kim Speaker", "jobTitle": "Researcher"}]
        assert data["subEvent"][0]["name"] == "Opening words"
        assert data["subEvent"][0]["performer"][0]["name"] == "Kim Speaker"

    def test_programs_read_it_in_a_fixed_number_of_queries(
        self, visitor: Client, django_assert_max_num_queries: Any
    ) -> None:
        for _number in range(3):
            event = whole_minutes()
            event_page(event)
            speaker = Speaker.objects.create(event=event, name="Kim Speaker")
            held = planned(event, "Opening", 0, 30)
            held.speakers.set([speaker])
            held.save()
        with django_assert_max_num_queries(16):
            rows = visitor.get("/api/v1/events/").json()["results"]
        assert [row["programme"][0]["speakers"] for row in rows] == [["Kim Speaker"]] * 3
        assert rows[0]["speakers"] == [{"name": "Kim Speaker", "role": {}, "organisation": ""}]

    def test_only_what_is_public_is_named(self, visitor: Client) -> None:
        event = whole_minutes()
        shown, hidden = OrganisationFactory.create(name="Shown House"), OrganisationFactory.create(name="Hidden House")
        type(hidden).objects.filter(pk=hidden.pk).update(status="draft")
        practice = PracticeFactory.create(texts={"en": {"title": "Shared homes"}})
        for organisation in (shown, hidden):
            LinkedOrganisation.objects.create(event=event, organisation=organisation)
        LinkedPractice.objects.create(event=event, practice=practice)
        page = visitor.get(event_page(event).url).content.decode()
        assert "Shown House" in page
        assert "Shared homes" in page
        assert "Hidden House" not in page


def test_the_programme_goes_along_when_the_event_moves() -> None:
    event = whole_minutes()
    held = planned(event, "Opening", 15, 45)
    away = timedelta(days=200)  # over a change of the clocks
    to = arranged(event) | {name: _later(getattr(event, name), away) for name in ("starts_at", "ends_at")}
    move(event, to=to, reason={"en": "The hall is closed."}, by=None)
    held.refresh_from_db()
    event.refresh_from_db()
    assert held.starts_at - event.starts_at == timedelta(minutes=15)
    assert held.ends_at - held.starts_at == timedelta(minutes=30)


def _later(moment: datetime, distance: timedelta) -> datetime:
    return (brussels.local(moment).replace(tzinfo=None) + distance).replace(tzinfo=brussels.BRUSSELS)
