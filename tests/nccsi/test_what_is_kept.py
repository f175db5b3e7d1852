"""The table of what is kept is for people: in four languages, on the privacy page, and as a dry run for staff."""

import os
from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.contrib.auth.models import Group
from django.contrib.sessions.models import Session
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from wagtail.models import ModelLogEntry, PageLogEntry

from accounts.privacy import dry_run, keeping, runs
from accounts.privacy.keeping import KeepingTime
from accounts.privacy.words import Ground, in_words
from accounts.users.models import User
from calls.questions.models import Question
from events.door.models import WalkIn
from events.seats.models import Registration
from hub.content_memory import content_version
from hub.dates import words as dates
from notifications.delivery.models import Pause
from notifications.outbox.models import Message
from partners.exchange.models import Notice
from practices.submissions.models import PRIVATE
from tests.factories.accounts import UserFactory
from tests.factories.events import EventFactory, RegistrationFactory, door_pass
from tests.factories.exchange import NoticeFactory
from tests.factories.hub import CallFactory, add_page, home
from tests.factories.notifications import MessageFactory

pytestmark = pytest.mark.django_db

LANGUAGES = [code for code, _name in settings.LANGUAGES]


@pytest.fixture
def due(tmp_path: Path, settings: Any) -> dict[str, int]:
    """Rows of several kinds whose time is over, beside some whose time is not; by kind, how many are due."""
    settings.MEDIA_ROOT = str(tmp_path)
    now = timezone.now()
    past = EventFactory.create()
    event = {"starts_at": now - timedelta(days=3000, hours=1), "ends_at": now - timedelta(days=3000)}
    type(past).objects.filter(pk=past.pk).update(**event)
    to_come = EventFactory.create()
    for each in (past, to_come):
        RegistrationFactory.create(event=each, access_needs="A ramp.", line="digest")
        RegistrationFactory.create(event=each, reserved_until=now - timedelta(hours=2), line="digest")
        WalkIn.objects.create(uuid=uuid4(), event=each, name="Somebody")
        door_pass(each)
    old = now - timedelta(days=4000)
    MessageFactory.create(status="sent", created_at=old, due_at=old, sent_at=old)
    MessageFactory.create(status="failed", created_at=old, due_at=old)
    MessageFactory.create(created_at=old, due_at=old)
    Session.objects.create(session_key="over", expire_date=now - timedelta(hours=1))
    Session.objects.create(session_key="open", expire_date=now + timedelta(hours=1))
    call = CallFactory.create()
    for asked, decided in ((400, None), (3, None), (40, 31), (400, 31), (400, 3)):
        Question.objects.create(
            call=call,
            language="en",
            asked="May we?",
            email="a@example.org",
            asked_at=now - timedelta(days=asked),
            refusal="No." if decided else "",
            status="refused" if decided else "waiting",
            decided_at=now - timedelta(days=decided) if decided else None,
        )
    for model, count in ((ModelLogEntry, 1), (PageLogEntry, 2)):
        keys = list(model.objects.order_by("pk").values_list("pk", flat=True)[:count])
        model.objects.filter(pk__in=keys).update(timestamp=old)
    records = sum(model.objects.filter(timestamp=old).count() for model in (ModelLogEntry, PageLogEntry))
    Pause.objects.create(domain="a.example", reason="No.", until=now - timedelta(days=2))
    Pause.objects.create(domain="b.example", reason="No.", until=now - timedelta(hours=2))
    User.objects.filter(pk=UserFactory.create(verified=False).pk).update(date_joined=old)
    NoticeFactory.create(withdrawn_at=old)
    NoticeFactory.create()
    for name in ("a", "b"):
        default_storage.save(f"{PRIVATE}/{name}/stray.txt", ContentFile(b"stray"))
    age = old.timestamp()
    os.utime(tmp_path / PRIVATE / "a" / "stray.txt", (age, age))
    return {
        "access_needs": 1,
        "unproved_seats": 2,
        "walk_ins": 1,
        "scans": 1,
        "mails": 2,
        "sessions": 1,
        "askers": 2,
        "askers_unanswered": 2,
        "record": records,
        "refusing_domains": 1,
        "unproved_accounts": 1,
        "notices": 1,
        "stray_files": 1,
    }


def counted(*, files: bool = True) -> dict[str, int | None]:
    """By kind, how many rows the dry run finds due."""
    return {line.time.name: line.due for _subject, lines in dry_run.lines(files=files) for line in lines}


@pytest.mark.parametrize("time", keeping.all_times(), ids=lambda time: time.name)
def test_every_kind_has_its_words_in_every_language_and_a_ground(time: KeepingTime) -> None:
    with override("en"):
        english = [str(time.what), str(time.since), str(time.why)]
        assert time.ground in Ground
        assert all(english)
        assert time.since != time.why
    for language in {*LANGUAGES} - {"en"}:
        with override(language):
            said = [str(time.what), str(time.since), str(time.why)]
            assert all(own != other for own, other in zip(said, english, strict=True)), language


@pytest.mark.parametrize(
    ("span", "english", "french"),
    [
        (timedelta(days=5 * 365), "5 years", "5 ans"),
        (timedelta(days=365), "1 year", "1 an"),
        (timedelta(days=400), "400 days", "400 jours"),
        (timedelta(days=1), "1 day", "1 jour"),
        (timedelta(hours=1), "1 hour", "1 heure"),
    ],
)
def test_spans_as_people_say_them(span: timedelta, english: str, french: str) -> None:
    for language, said in (("en", english), ("fr", french)):
        with override(language):
            assert in_words(span) == said


def test_the_dry_run_finds_what_the_erasers_take_and_takes_nothing(due: dict[str, int]) -> None:
    models: tuple[Any, ...] = (
        Registration,
        WalkIn,
        Message,
        Session,
        Question,
        ModelLogEntry,
        PageLogEntry,
        Pause,
        User,
        Notice,
    )
    before = [list(model.objects.order_by("pk").values()) for model in models]
    found = counted()
    assert {name: found[name] for name in due} == due
    assert [list(model.objects.order_by("pk").values()) for model in models] == before
    assert default_storage.exists(f"{PRIVATE}/a/stray.txt")
    assert not runs.by_name()
    keeping.erase_what_is_due()
    went = {name: run.number for name, run in runs.by_name().items()}
    assert {name: went[name] for name in due} == due
    assert {name: number for name, number in went.items() if number} == due
    assert not any(counted().values())
    assert default_storage.exists(f"{PRIVATE}/b/stray.txt")
    assert not default_storage.exists(f"{PRIVATE}/a/stray.txt")


def test_what_goes_soon_is_told_besides() -> None:
    Session.objects.create(session_key="now", expire_date=timezone.now() - timedelta(hours=1))
    Session.objects.create(session_key="soon", expire_date=timezone.now() + timedelta(days=29))
    Session.objects.create(session_key="later", expire_date=timezone.now() + timedelta(days=31))
    (line,) = [each for _subject, lines in dry_run.lines() for each in lines if each.time.name == "sessions"]
    assert (line.due, line.soon) == (1, 2)


def test_staff_read_it_and_what_failed(administrator: Client, due: dict[str, int]) -> None:
    address = reverse("accounts_admin_what_is_kept")
    keeping.erase_what_is_due()
    runs.failed(["mails"], RuntimeError("the disk is full\nDETAIL: somebody@example.org"))
    with CaptureQueriesContext(connection) as asked:
        page = BeautifulSoup(administrator.get(address).content, "html.parser")
    assert len(asked) <= 25
    found = page.select(".wide-table tbody tr")
    cells = [[cell.get_text(" ", strip=True) for cell in row(["th", "td"])] for row in found]
    rows = {what: told for what, *told in cells}
    with override("en"):
        assert set(rows) == {str(each.what) for each in keeping.all_times()}
    told = rows["outbox: who got which mail"]
    assert told[0] == "400 days after it left"
    assert told[2:4] == ["0", "0"]
    assert "2 erased" in told[4]
    assert "It fails:" in told[4]
    assert "RuntimeError: the disk is full" in told[4]
    assert "somebody@example.org" not in page.get_text()
    assert rows["backups of all this"][2:] == ["–", "–", "outside of the database"]
    assert administrator.post(address).status_code == 405


def test_moderators_find_it_in_the_menu_and_editors_do_not(editor: Client, editor_user: User) -> None:
    address = reverse("accounts_admin_what_is_kept")
    assert address in editor.get(reverse("wagtailadmin_home")).content.decode()
    editor_user.groups.remove(Group.objects.get(name="Moderators"))
    assert address not in editor.get(reverse("wagtailadmin_home")).content.decode()


def test_the_command_tells_the_same_and_then_does_it(due: dict[str, int], monkeypatch: pytest.MonkeyPatch) -> None:
    told = StringIO()
    with override("en"):
        call_command("erase_due", "--dry-run", stdout=told)
    assert "outbox: who got which mail: 400 days after it left; due now 2, within 30 days 2" in told.getvalue()
    assert "files sent about a practice that is gone: 1 day after the upload; due now 1" in told.getvalue()
    assert Message.objects.count() == 3
    call_command("erase_due", stdout=told)
    assert Message.objects.count() == 1
    monkeypatch.setattr(keeping, "_erasers", {"mails": lambda: 1 / 0})
    with pytest.raises(CommandError, match="mails"):
        call_command("erase_due", stdout=told)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_privacy_page_shows_every_kind(visitor: Client, language: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(content_version, "applies", lambda: True)  # as outside of a transaction
    monkeypatch.setattr(content_version, "_memory", content_version._Memory())
    runs.done(["mails"], 3)
    parent = home(language)
    body = [("heading", "How long"), ("keeping_times", None)]
    page = add_page(parent, title="Privacy", slug="privacy-now", body=body, locale=parent.locale)
    answer = visitor.get(page.url)
    assert answer.status_code == 200
    assert "public" in answer["Cache-Control"]
    assert not answer.cookies
    shown = BeautifulSoup(answer.content, "html.parser").select_one(".kept")
    assert shown
    with override(language):
        headings = [heading.get_text() for heading in shown("h3")]
        assert headings == [str(subject.label) for subject, _times in keeping.by_subject()]
        terms = [term.get_text().lower() for term in shown("dt")]
        rows = dict(zip(terms, [told.get_text(" ", strip=True) for told in shown("dd")], strict=True))
        for time in keeping.all_times():
            told = rows[str(time.what).lower()]
            assert str(time).lower() in told.lower()
            assert str(time.why) in told
            assert str(time.ground.label) in told
        assert dates.day(timezone.now()) in shown.get_text()
