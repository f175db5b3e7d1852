"""The list at the door, the code of a seat, what staff prepare, print and take away as a table."""

import csv
import io
import re
from datetime import timedelta
from io import BytesIO
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook
from pypdf import PdfReader

from events.agenda.models import Event
from events.door import check_in, doors, passes, people
from events.door.doors import Door
from events.door.forms import MOST_SCANS
from events.door.models import DoorPass, Scan, WalkIn
from events.seats import links
from events.seats.models import Registration
from tests.events.door.test_rights import page, press, sent, start
from tests.factories.events import EventFactory, RegistrationFactory, door_pass, event_page, event_today

pytestmark = pytest.mark.django_db


@pytest.fixture
def event() -> Event:
    return event_today(title="The meeting of today", capacity=2)


@pytest.fixture
def helper(event: Event) -> Client:
    client = Client(headers={"accept-language": "en"})
    start(client, door_pass(event))
    return client


def names(answer: Any) -> list[str]:
    found = re.findall(r'class="door__name">([^<]+)<', answer.content.decode())
    return [each.strip() for each in found]


def walk_in(event: Event, name: str, **said: Any) -> check_in.Noted:
    door = Door(event, doors.today(), "Side door")
    return check_in.note_walk_in(door, scan=uuid4(), person=uuid4(), name=name, language="en", **said)


def test_a_search_needs_no_accents_and_finds_organisations(helper: Client, event: Event) -> None:
    for name, firm in (("Zoë Müller", "Les Éclaireurs"), ("Jan Peeters", ""), ("Ann Müllerman", "Town")):
        RegistrationFactory.create(event=event, name=name, organisation_name=firm)
    assert names(helper.get(page(event, q="muller"))) == ["Ann Müllerman", "Zoë Müller"]
    assert names(helper.get(page(event, q="ZOE mul"))) == ["Zoë Müller"]
    assert names(helper.get(page(event, q="eclair"))) == ["Zoë Müller"]
    assert names(helper.get(page(event, q="%"))) == []
    assert names(helper.get(page(event, q="x" * 5000))) == ["Ann Müllerman", "Jan Peeters", "Zoë Müller"]


def test_the_list_has_who_has_a_seat_and_says_who_is_in(helper: Client, event: Event) -> None:
    ann, bob = (RegistrationFactory.create(event=event, name=name) for name in ("Ann", "Bob"))
    RegistrationFactory.create(event=event, name="Gone", status="cancelled")
    RegistrationFactory.create(event=event, name="Waiting", status="waiting", waiting_since=ann.created_at)
    walk_in(event, "Cor")
    walk_in(event, "Dee")
    answer = helper.post(reverse("door:note", args=[event.uid]), press(ann, q="ann"), follow=True)
    assert "Ann is in." in answer.content.decode()
    assert names(answer) == ["Ann"], "the search stays"
    assert names(helper.get(page(event))) == ["Ann", "Bob", "Cor", "Dee"]
    assert names(helper.get(page(event, show="here"))) == ["Ann", "Cor", "Dee"]
    assert names(helper.get(page(event, show="expected"))) == ["Bob"]
    assert names(helper.get(page(event, show="walk-ins"))) == ["Cor", "Dee"]
    shown = " ".join(helper.get(page(event)).content.decode().split())
    assert "3 in, 2 registered" in shown
    assert "1 more than there are seats (2)" in shown
    again = helper.post(reverse("door:note", args=[event.uid]), press(ann), follow=True).content.decode()
    assert "Ann was already in at" in again
    undone = helper.post(reverse("door:note", args=[event.uid]), press(bob, "undo"), follow=True).content.decode()
    assert "Taken back: Bob is not in." in undone


def test_a_clash_of_two_doors_is_shown(helper: Client, event: Event) -> None:
    seat = RegistrationFactory.create(event=event)
    check_in.note(Door(event, doors.today(), "Side door"), scan=uuid4(), person=seat.uuid, kind="in")
    assert "More than one door" not in helper.get(page(event)).content.decode()
    sent(helper, event, seat)
    shown = helper.get(page(event)).content.decode()
    assert "More than one door noted this" in shown
    assert "Side door" in shown


def test_five_thousand_people_are_shown_by_the_page_with_the_same_few_queries(helper: Client, event: Event) -> None:
    def asked(**query: Any) -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            answer = helper.get(page(event, **query))
        assert answer.status_code == 200
        assert len(names(answer)) <= 50
        return len(queries)

    RegistrationFactory.create_batch(2, event=event)
    asked()
    few = asked()
    values = {"event": event, "language": "en", "consent_wording": "-", "seat": "room"}
    rows = [Registration(name=f"Person {n}", email=f"p{n}@example.org", **values) for n in range(5000)]
    Registration.objects.bulk_create(rows)
    assert asked() <= few + 1
    assert asked(page=50, show="expected") <= few + 1
    assert asked(q="person 49") <= few + 1


def test_somebody_without_registration_is_noted_once(helper: Client, event: Event) -> None:
    form = {"name": "Jo", "email": "nonsense", "scan": uuid4(), "person": uuid4(), "day": doors.today()}
    url = reverse("door:walk_in", args=[event.uid])
    refused = helper.post(url, form).content.decode()
    assert "Please correct one answer" in refused
    assert 'value="nonsense"' in refused
    assert "30 days after the event" in refused
    for _twice in range(2):
        helper.post(url, {**form, "email": ""})
    assert WalkIn.objects.get().name == "Jo"
    assert Scan.objects.count() == 1


class TestSending:
    def test_each_scan_is_answered_by_itself(self, helper: Client, event: Event) -> None:
        seat = RegistrationFactory.create(event=event, name="Ann")
        good = sent(helper, event, seat).json()["answers"][0]
        assert good["said"] == "Ann is in."
        assert "door__person" in good["line"]
        key = uuid4()
        new = sent(helper, event, seat, person=key, name="Cor", organisation_name="", email="").json()["answers"][0]
        assert new["said"] == "Cor is in."
        for wrong in ({"person": uuid4()}, {"kind": "out"}, {"day": "2020-01-01"}, {"person": key, "name": ""}):
            assert not sent(helper, event, seat, **wrong).json()["answers"][0]["noted"]

    @pytest.mark.parametrize(
        "body", ["", "nonsense", "[]", "{}", '{"sent_at": 1, "scans": []}', "[" * 100_000, '{"sent_at": null}']
    )
    def test_nonsense_is_refused(self, helper: Client, event: Event, body: str) -> None:
        answer = helper.post(reverse("door:send", args=[event.uid]), body, content_type="application/json")
        assert answer.status_code == 400

    @pytest.mark.parametrize("moment", ["0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z"])
    def test_a_clock_gone_mad_breaks_nothing(self, helper: Client, event: Event, moment: str) -> None:
        seat = RegistrationFactory.create(event=event)
        scan = press(seat) | {"scanned_at": moment}
        for sent_at in ("0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z"):
            body = {"sent_at": sent_at, "scans": [{**scan, "scan": str(uuid4()), "person": str(seat.uuid)}]}
            url = reverse("door:send", args=[event.uid])
            assert helper.post(url, body, content_type="application/json").status_code in {200, 400}

    def test_too_many_at_once_are_refused(self, helper: Client, event: Event) -> None:
        body = {"sent_at": "2026-01-01T00:00:00Z", "scans": [{}] * (MOST_SCANS + 1)}
        url = reverse("door:send", args=[event.uid])
        assert helper.post(url, body, content_type="application/json").status_code == 400

    def test_a_phone_keeps_the_least_of_who_has_a_seat(self, helper: Client, event: Event) -> None:
        seats = RegistrationFactory.create_batch(3, event=event, organisation_name="Firm", access_needs="A ramp")
        RegistrationFactory.create(event=event, status="cancelled")
        answer = helper.get(reverse("door:names", args=[event.uid])).json()
        kept = [{"person": str(seat.uuid), "name": seat.name, "organisation": "Firm"} for seat in seats]
        assert answer["people"] == kept
        assert answer["next"] is None

    def test_many_names_come_some_at_a_time(
        self, helper: Client, event: Event, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("events.door.offline.NAMES_AT_ONCE", 2)
        RegistrationFactory.create_batch(5, event=event)
        found, after = [], 0
        while after is not None:
            answer = helper.get(reverse("door:names", args=[event.uid], query={"after": after})).json()
            assert len(answer["people"]) <= 2
            found += answer["people"]
            after = answer["next"]
        assert len({each["person"] for each in found}) == 5
        assert helper.get(reverse("door:names", args=[event.uid], query={"after": "9" * 99})).status_code == 400


def test_the_worker_sees_its_own_door_alone_and_the_policy_stays_strict(visitor: Client, event: Event) -> None:
    answer = visitor.get(reverse("door:worker", args=[event.uid]))
    assert answer["Content-Type"].startswith("text/javascript")
    assert "Service-Worker-Allowed" not in answer
    shell = visitor.get(reverse("door:shell", args=[event.uid]))
    for each in (answer, shell):
        directives = {part.strip() for part in each["Content-Security-Policy"].split(";")}
        assert {"default-src 'none'", "script-src 'self'", "connect-src 'self'"} <= directives
        assert not [part for part in directives if "unsafe" in part or part.startswith("worker-src")]
        assert str(event) not in each.content.decode()


def test_the_page_of_a_seat_shows_its_code_while_it_is_good_for_something(visitor: Client) -> None:
    page = event_page()
    seat = RegistrationFactory.create(event=page.event)
    url = reverse("events:cancel", args=[links.cancel_token(seat)])

    def shows_it() -> bool:
        return 'class="ticket__code"' in visitor.get(url).content.decode()

    assert shows_it()
    code = re.search(r'<svg class="ticket__code".*?</svg>', visitor.get(url).content.decode(), re.DOTALL)
    assert code
    assert 'fill="#ffffff"' in code[0]
    assert 'fill="#000000"' in code[0]
    assert "style" not in code[0]
    for state in (
        {"status": "waiting", "waiting_since": seat.created_at, "seat": ""},
        {"status": "cancelled", "seat": ""},
    ):
        Registration.objects.filter(pk=seat.pk).update(**state)
        assert not shows_it()


class TestStaff:
    def url(self, name: str, key: int) -> str:
        return reverse(f"wagtailsnippets_events_event:{name}", args=[key])

    def test_they_make_a_link_copy_it_and_take_it_back(self, editor: Client, event: Event, set_up_anew: None) -> None:
        screen = self.url("day", event.pk)
        form = {"label": "Main door", "day": doors.today().isoformat()}
        assert "It opens" not in editor.get(screen).content.decode()
        for _twice in range(2):
            editor.post(screen, form)
        held = DoorPass.objects.get()
        assert passes.token_of(held) in editor.get(screen).content.decode()
        assert held.made_by is not None
        editor.post(self.url("revoke_pass", held.pk))
        assert passes.token_of(held) not in editor.get(screen).content.decode()
        refused = editor.post(screen, {"label": "Main door", "day": "2020-01-01"})
        assert refused.status_code == 200
        assert DoorPass.objects.count() == 1

    def test_the_edit_form_of_the_event_leads_there(self, editor: Client, event: Event, set_up_anew: None) -> None:
        assert self.url("day", event.pk) in editor.get(self.url("edit", event.pk)).content.decode()

    @pytest.mark.parametrize("kind", ["badges", "attendance"])
    def test_both_are_pdfs_that_everybody_can_read(self, editor: Client, event: Event, kind: str) -> None:
        RegistrationFactory.create(event=event, name="Zoë #1 $x$ *O’Neill*", organisation_name="Les Éclaireurs")
        answer = editor.get(reverse(f"door:{kind}_pdf", args=[event.uid]))
        assert answer["Content-Type"] == "application/pdf"
        reader = PdfReader(BytesIO(answer.content))
        assert "Zoë #1 $x$ *O’Neill*" in reader.pages[0].extract_text()
        assert b"/Marked true" in answer.content
        assert b"pdfuaid" in answer.content

    def test_badges_and_list_are_printed_some_at_a_time(
        self, editor: Client, event: Event, set_up_anew: None, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("events.door.printing.BADGES", 2)
        monkeypatch.setattr("events.door.printing.LINES", 2)
        for name in ("Cor", "Ann", "Bob"):
            RegistrationFactory.create(event=event, name=name)
        for kind in ("badges", "attendance"):
            first, second = (
                editor.get(reverse(f"door:{kind}", args=[event.uid], query={"page": number})).content.decode()
                for number in (1, 2)
            )
            assert [name in first for name in ("Ann", "Bob", "Cor")] == [True, True, False]
            assert [name in second for name in ("Ann", "Bob", "Cor")] == [False, False, True]

    def test_the_table_has_who_came_and_no_formula(self, editor: Client, event: Event, set_up_anew: None) -> None:
        seat = RegistrationFactory.create(event=event, name="Ann", organisation_name="=1+1", email="ann@example.org")
        RegistrationFactory.create(event=event, name="Bob")
        walk_in(event, "Cor", organisation_name="@firm")
        check_in.note(Door(event, doors.today(), "A"), scan=uuid4(), person=seat.uuid, kind="in")
        url = self.url("attendance", event.pk)
        answer = editor.get(url, {"export": "csv"})
        rows = list(csv.reader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))  # type: ignore[attr-defined]
        assert rows[0] == ["Name", "Organisation", "E-mail address", "Without registration", "Came at (Brussels)"]
        assert [row[0] for row in rows[1:]] == ["Ann", "Bob", "Cor"]
        assert [bool(row[4]) for row in rows[1:]] == [True, False, True]
        assert [row[3] for row in rows[1:]] == ["no", "no", "yes"]
        assert not [cell for row in rows for cell in row if cell.startswith(("=", "@"))]
        xlsx = b"".join(editor.get(url, {"export": "xlsx"}).streaming_content)  # type: ignore[attr-defined]
        sheet = load_workbook(io.BytesIO(xlsx)).active
        assert [cell.value for cell in sheet["A"]] == ["Name", "Ann", "Bob", "Cor"]
        assert not [cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]

    def test_they_see_every_day_of_an_event(self, editor: Client, set_up_anew: None) -> None:
        starts = doors.today()
        event = EventFactory.create(
            starts_at=f"{starts - timedelta(days=1)}T10:00Z", ends_at=f"{starts + timedelta(days=1)}T12:00Z"
        )
        RegistrationFactory.create(event=event, name="Ann")
        for days in (-1, 0, 1):
            answer = editor.get(page(event, day=starts + timedelta(days=days)))
            assert names(answer) == ["Ann"]
            assert ('data-part="note"' in answer.content.decode()) is (days < 1)
        assert editor.get(page(event, day=starts + timedelta(days=2))).status_code == 404


def test_figures_are_those_of_the_day(event: Event) -> None:
    assert people.figures(event, doors.today()) == people.Figures(0, 0, 0, 2)
