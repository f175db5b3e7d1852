"""What monitors, search engines, feed readers and browsers get."""

import re
import time
import xml.etree.ElementTree as ET
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.db import DatabaseError, connection
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client
from django.utils import timezone
from kombu.exceptions import OperationalError
from wagtail.documents.models import Document

from nccsi.celery import app
from nccsi.health import heartbeat, parts, views
from nccsi.health.models import Heartbeat
from nccsi.tasks import note_heartbeat
from notifications.outbox.models import Message
from tests.factories.hub import CallFactory, add_call_page, add_calls, add_news, add_page, home

pytestmark = pytest.mark.django_db

ATOM = "{http://www.w3.org/2005/Atom}"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
XHTML = "{http://www.w3.org/1999/xhtml}"


@pytest.fixture
def _broker(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("nccsi.health.parts._broker", lambda: {"ok": True})


def test_alive_needs_no_database(visitor: Client, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        answer = visitor.get("/health/")
    assert (answer.status_code, answer.content) == (200, b"ok\n")


@pytest.mark.usefixtures("_broker")
def test_ready_names_each_part(monitor: Client) -> None:
    note_heartbeat()
    answer = monitor.get("/health/ready/")
    assert answer.status_code == 200
    assert {name: part["ok"] for name, part in answer.json()["parts"].items()} == {
        "database": True,
        "migrations": True,
        "broker": True,
        "cache": True,
        "beat": True,
        "worker": False,
        "outbox": True,
        "mail": True,
        "media": True,
        "disk": True,
        "backup": False,
    }
    assert answer.json()["version"]
    assert "no-cache" in answer["Cache-Control"]


@pytest.mark.usefixtures("_broker")
def test_strangers_hear_what_works_and_nothing_of_why(visitor: Client, monitor: Client) -> None:
    Message.objects.create(
        kind="x", to_email="a@example.org", language="en", dedupe_key="x", due_at=timezone.now() - timedelta(hours=1)
    )
    told = visitor.get("/health/ready/").json()
    assert set(told) == {"status", "parts"}
    assert all(set(part) == {"ok"} for part in told["parts"].values())
    assert told["parts"]["outbox"] == {"ok": False}
    assert visitor.get("/health/ready/", headers={"authorization": "Bearer another"}).json() == told
    assert monitor.get("/health/ready/").json()["parts"]["outbox"]["oldest_seconds"] >= 3600


def test_whoever_asks_again_at_once_costs_nothing(
    visitor: Client, monkeypatch: pytest.MonkeyPatch, django_assert_num_queries: Any
) -> None:
    monkeypatch.setattr(views, "REMEMBERED", 5)
    monkeypatch.setattr(views._Memory, "until", 0.0)
    first = visitor.get("/health/ready/").json()
    with django_assert_num_queries(0):
        assert visitor.get("/health/ready/").json() == first
    monkeypatch.setattr(parts, "_disk", lambda: {"ok": not first["parts"]["disk"]["ok"]})
    assert visitor.get("/health/ready/").json() == first
    monkeypatch.setattr(views._Memory, "until", time.monotonic())
    assert visitor.get("/health/ready/").json() != first, "after a while it looks again"


@pytest.mark.usefixtures("_broker")
def test_each_part_that_is_needed_is_a_fault_and_the_others_are_told(
    monitor: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    note_heartbeat()
    for name in parts.state():
        with monkeypatch.context() as patch:
            patch.setattr(parts, f"_{name}", lambda: {"ok": False, "reason": "x"})
            answer = monitor.get("/health/ready/")
        assert answer.json()["parts"][name]["ok"] is False
        assert answer.status_code == (503 if name in parts.NEEDED else 200), name


def test_a_database_that_is_older_than_the_code_is_a_fault(monitor: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts._Complete, "known", False)
    MigrationRecorder(connection).record_unapplied("nccsi", "0002_task_counts")
    answer = monitor.get("/health/ready/")
    assert answer.status_code == 503
    assert answer.json()["parts"]["migrations"] == {"ok": False, "pending": 1}


@pytest.mark.usefixtures("_broker")
def test_people_read_the_same_in_words(administrator: Client, editor: Client) -> None:
    note_heartbeat()
    heartbeat.note(heartbeat.BACKUP, at=timezone.now() - timedelta(hours=50))
    text = administrator.get("/admin/state/").content.decode()
    assert "The portal can do its work." in text
    assert re.search(
        r"Last backup.*?state--look.*?needs a look.*?made: 2\xa0days, 2\xa0hours ago.*?every day", text, re.DOTALL
    )
    assert re.search(r"Database.*?state--ok.*?works", text, re.DOTALL)
    assert "State of the portal" in administrator.get("/admin/reports/site-history/").content.decode()
    Heartbeat.objects.filter(name="beat").delete()
    text = administrator.get("/admin/state/").content.decode()
    assert "The portal cannot do all of its work." in text
    assert text.index("Schedule") < text.index("Database"), "what is broken comes first"
    assert editor.get("/admin/state/").status_code == 302


@pytest.mark.usefixtures("_broker")
def test_mail_that_waits_for_long_is_a_fault(monitor: Client) -> None:
    Message.objects.create(
        kind="x", to_email="a@example.org", language="en", dedupe_key="x", due_at=timezone.now() - timedelta(hours=1)
    )
    answer = monitor.get("/health/ready/")
    assert answer.status_code == 503
    assert answer.json()["parts"]["outbox"]["oldest_seconds"] >= 3600


@pytest.mark.usefixtures("_broker")
def test_a_silent_beat_is_a_fault_until_it_is_heard_again(monitor: Client) -> None:
    answer = monitor.get("/health/ready/")
    assert (answer.status_code, answer.json()["parts"]["beat"]) == (503, {"ok": False, "reason": "never heard"})
    note_heartbeat()
    Heartbeat.objects.update(heard_at=timezone.now() - timedelta(minutes=4))
    answer = monitor.get("/health/ready/")
    assert answer.status_code == 503
    part = answer.json()["parts"]["beat"]
    assert (part["ok"], 240 <= part["silent_seconds"] < 260) == (False, True)
    note_heartbeat()
    answer = monitor.get("/health/ready/")
    assert answer.status_code == 200
    assert answer.json()["parts"]["beat"]["silent_seconds"] < 20
    assert Heartbeat.objects.count() == 1


@pytest.mark.parametrize(("part", "error"), [("_database", DatabaseError), ("_broker", OperationalError)])
def test_a_broken_part_is_named(
    monitor: Client, monkeypatch: pytest.MonkeyPatch, part: str, error: type[Exception]
) -> None:
    def fail() -> None:
        raise error("secret address")

    monkeypatch.setattr(f"{parts.__name__}.{part}", fail)
    answer = monitor.get("/health/ready/")
    assert answer.status_code == 503
    assert answer.json()["parts"][part.strip("_")] == {"ok": False, "reason": error.__name__}
    assert b"secret" not in answer.content


def test_a_broker_that_does_not_answer_is_told_in_time(monitor: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    dead = app.connection("redis://127.0.0.1:1/0", transport="redis")
    monkeypatch.setattr(app, "connection_for_write", lambda *_given, **_options: dead)
    before = time.monotonic()
    assert monitor.get("/health/ready/").status_code == 503
    assert time.monotonic() - before < 6


def test_the_error_page_stands_without_a_database(visitor: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_given: Any, **_options: Any) -> None:
        raise DatabaseError

    visitor.raise_request_exception = False
    monkeypatch.setattr("nccsi.health.parts._checked", fail)
    monkeypatch.setattr("django.db.backends.utils.CursorWrapper.execute", fail)
    answer = visitor.get("/health/ready/")
    assert answer.status_code == 500
    assert "<h1>" in answer.content.decode()
    assert "default-src 'none'" in answer["Content-Security-Policy"]


def _locations(visitor: Client, section: str) -> ET.Element:
    return ET.fromstring(visitor.get(f"/sitemap-{section}.xml").content)  # noqa: S314  # our own answer


def test_the_map_lists_live_pages_with_their_languages(visitor: Client) -> None:
    page = add_page()
    copy = page.copy_for_translation(home("fr").locale)
    copy.save_revision().publish()
    add_page(title="Draft", slug="draft").unpublish()
    root = _locations(visitor, "pages")
    found = {url.findtext(f"{MAP}loc"): url for url in root}
    assert "http://localhost:8000/en/about/" in found
    assert not any("draft" in str(location) for location in found)
    links = {
        link.get("hreflang"): link.get("href") for link in found["http://localhost:8000/en/about/"].iter(f"{XHTML}link")
    }
    assert links["fr"] == f"http://localhost:8000{copy.url}"
    assert "x-default" in links


def test_the_map_of_maps_and_robots_lead_to_each_other(visitor: Client) -> None:
    text = visitor.get("/sitemap.xml").content.decode()
    sections = ("pages", "sections", "practices", "organisations", "questions")
    assert {f"/sitemap-{name}.xml" in text for name in sections} == {True}
    robots = visitor.get("/robots.txt").content.decode()
    assert "Sitemap: http://localhost:8000/sitemap.xml" in robots
    assert "Disallow: /admin/" in robots
    assert visitor.get("/sitemap-nothing.xml").status_code == 404


def test_sections_are_listed_in_every_language(visitor: Client) -> None:
    assert len(_locations(visitor, "sections")) == 32


def test_feeds_are_atom_in_the_readers_language(visitor: Client) -> None:
    add_news(count=2)
    add_call_page(add_calls(), CallFactory.create(), title="A call")
    news = ET.fromstring(visitor.get("/en/feeds/news/").content)  # noqa: S314  # our own answer
    assert news.tag == f"{ATOM}feed"
    assert [entry.findtext(f"{ATOM}title") for entry in news.iter(f"{ATOM}entry")] == ["Piece 1", "Piece 0"]
    links = [link.get("href") for link in news.iter(f"{ATOM}link")]
    assert all(str(link).startswith("http://localhost:8000/") for link in links)
    assert "A call" in visitor.get("/en/feeds/calls/").content.decode()
    assert "A call" not in visitor.get("/fr/feeds/calls/").content.decode()


@pytest.mark.parametrize(
    "path", ["/en/", "/en/nothing/", "/accounts/login/", "/health/", "/robots.txt", "/en/search/?q=x"]
)
def test_headers_are_strict_everywhere(visitor: Client, path: str) -> None:
    answer = visitor.get(path)
    policy = answer["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    for name, value in {
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "strict-origin-when-cross-origin",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
    }.items():
        assert answer[name] == value
    assert "camera=()" in answer["Permissions-Policy"]


def test_the_admin_has_its_own_policy_without_eval(administrator: Client) -> None:
    policy = administrator.get("/admin/")["Content-Security-Policy"]
    assert "script-src 'self' 'unsafe-inline'" in policy
    assert "unsafe-eval" not in policy


@pytest.mark.parametrize("name", ["report.pdf", "page.txt"])
def test_documents_are_downloads_that_run_nothing(visitor: Client, name: str) -> None:
    document = Document.objects.create(title="Report", file=ContentFile(b"<script>1</script>", name=name))
    answer = visitor.get(document.url)
    assert answer["Content-Disposition"].startswith("attachment")
    assert "sandbox" in answer["Content-Security-Policy"]
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_only_pictures_come_from_the_folder_of_uploads(visitor: Client, settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path
    for name in ("images/a.png", "images/a.svg", "documents/secret.pdf"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(b"x")
    answer = visitor.get("/media/images/a.png")
    assert answer.status_code == 200
    assert "sandbox" in answer["Content-Security-Policy"]
    assert visitor.get("/media/images/a.svg")["Content-Disposition"] == "attachment"
    for path in ("documents/secret.pdf", "images/../documents/secret.pdf", "images/", "../manage.py", "images/%00"):
        assert visitor.get(f"/media/{path}").status_code == 404, path


@pytest.mark.parametrize(
    "path",
    [
        "/health/",
        "/robots.txt",
        "/sitemap.xml",
        "/sitemap-pages.xml",
        "/en/feeds/news/",
        "/en/feeds/calls/",
        "/en/calendar.ics",
        "/en/practices/feed.atom",
        "/.well-known/security.txt",
    ],
)
def test_what_is_only_read_answers_nothing_else(visitor: Client, path: str) -> None:
    assert visitor.get(path).status_code == 200
    for method in ("TRACE", "OPTIONS", "POST"):
        answer = visitor.generic(method, path)
        assert (answer.status_code, answer.content) == (405, b""), method


def test_who_finds_a_weakness_learns_where_to_write(visitor: Client) -> None:
    lines = dict(
        line.split(": ", 1) for line in visitor.get("/.well-known/security.txt").content.decode().splitlines() if line
    )
    assert lines["Contact"].startswith(("mailto:", "http://localhost:8000/"))
    left = datetime.fromisoformat(lines["Expires"]) - timezone.now()
    assert timedelta(days=300) < left < timedelta(days=365)
    assert lines["Canonical"] == "http://localhost:8000/.well-known/security.txt"


def test_the_style_guide_is_not_for_search_engines(visitor: Client, settings: Any) -> None:
    settings.DEMO = True
    assert visitor.get("/styleguide/")["X-Robots-Tag"] == "noindex"


def test_what_was_made_for_one_person_is_kept_by_nobody(visitor: Client, partner: Client) -> None:
    assert "Cache-Control" not in visitor.get("/en/feeds/news/")
    for path in ("/en/", "/en/my/", "/en/search/?q=x", "/en/practices/"):
        assert {"private", "no-store"} <= set(partner.get(path)["Cache-Control"].split(", ")), path
    with_token = visitor.get("/accounts/login/?next=/en/")
    assert "csrftoken" in with_token.cookies
    assert "no-store" in with_token["Cache-Control"]


def test_the_admin_refuses_what_no_database_keeps(administrator: Client) -> None:
    assert administrator.get("/admin/pages/?q=%00").status_code == 400
    assert administrator.get("/admin/pages/?ordering=title%00").status_code == 400
