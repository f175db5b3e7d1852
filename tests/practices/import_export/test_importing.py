"""Importing practices from a spreadsheet: nothing before it was seen, then all of it, once."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection, connections
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry, Revision

from accounts.users.models import User
from hub.sheets.planning import ChangedMeanwhileError
from hub.sheets.uploads import Sheet
from practices.import_export import importing
from practices.import_export.models import PracticeImport
from practices.practice.models.practice import Practice
from tests.factories.accounts import UserFactory
from tests.factories.mainstreaming import moved
from tests.factories.partners import OrganisationFactory
from tests.factories.practices import PracticeFactory, PracticeSourceFactory, term
from tests.practices.sheets.spreadsheets import (
    NAMES,
    body,
    confirmed,
    csv_file,
    exported,
    looked_at,
    member,
    row,
    rows_of,
    states,
)

pytestmark = pytest.mark.django_db


def a_library() -> None:
    """Practices of every kind: bare and full ones, with drafts that wait, never published, with odd letters."""
    owner = OrganisationFactory.create(slug="habitat")
    full = PracticeFactory.create(
        theme=["19", "3"],
        country=["BE", "NL"],
        track=["regional"],
        stage="5",
        cost="unknown",
        since=1999,
        owner=owner,
        website="http://old.example.org/",
        checked_on=timezone.localdate(),
        texts={"nl": {"title": "=Buurt", "what": "Een\r\n\r\ntwee  \n"}, "en": {"title": "'-Shared"}},
        original_language="nl",
    )
    PracticeSourceFactory.create(practice=full, title="Two  spaces", url="http://example.org/a")
    PracticeSourceFactory.create(practice=full)
    PracticeFactory.create(live=False, kind="tool")
    waiting = PracticeFactory.create()
    draft = Practice.objects.get(pk=waiting.pk)
    draft.place, draft.slug = "@Gent", "renamed"
    draft.save_revision()


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_what_was_exported_changes_nothing_when_it_comes_back(editor: Client, kind: str) -> None:
    a_library()
    content = body(editor.get(reverse(f"{NAMES}:list"), {"export": kind}))
    page = looked_at(editor, content, f"practices.{kind}")
    assert states(page) == ["unchanged"] * 3
    assert "There is nothing to import." in page.content.decode()


def test_a_look_writes_nothing_and_a_press_writes_what_was_shown(editor: Client) -> None:
    PracticeFactory.create(slug="old", place="Gent", texts={"en": {"title": "Old"}})
    page = looked_at(editor, csv_file([row("new", place="Namur"), row("old", title_en="Old", place="Luik")]))
    assert states(page) == ["new", "changed"]
    assert {"Gent", "Luik", "Namur"} <= set(page.content.decode().replace("<", " ").replace(">", " ").split())
    assert (Practice.objects.count(), Revision.objects.count()) == (1, 0)
    done = confirmed(editor, page).context["upload"]
    assert (done.added, done.changed, done.refused, done.published) == (1, 1, 0, 0)
    new = Practice.objects.get(slug="new")
    assert not new.live
    assert {each.code for each in new.terms.all()} == {"19", "3"}
    assert new.texts.get().title == "Shared homes"
    old = Practice.objects.get(slug="old")
    assert (old.place, old.live, old.has_unpublished_changes) == ("Gent", True, True)
    assert old.get_latest_revision_as_object().place == "Luik"


def test_publishing_is_a_choice_of_those_who_may(editor: Client, visitor: Client) -> None:
    PracticeFactory.create(slug="old", place="Gent")
    page = looked_at(editor, csv_file([row("new", place="Gent"), row("old", place="Luik")]))
    assert confirmed(editor, page, publish="on").context["upload"].published == 2
    assert "Luik" in visitor.get("/en/practices/old/").content.decode()
    assert visitor.get("/en/practices/new/").status_code == 200


def test_who_may_not_publish_cannot_by_sending_the_choice() -> None:
    client = member("add_practice")
    page = looked_at(client, csv_file([row()]))
    assert "publish" not in page.context["form"].fields
    assert confirmed(client, page, publish="on").context["upload"].added == 1
    assert not Practice.objects.get().live


def test_rights_hold_row_by_row() -> None:
    PracticeFactory.create(slug="old")
    content = csv_file([row("new"), row("old")])
    assert states(looked_at(member("add_practice"), content)) == ["new", "refused"]
    assert states(looked_at(member("change_practice"), content)) == ["refused", "changed"]


def test_who_may_do_neither_finds_no_import(editor: Client) -> None:
    page = looked_at(editor, csv_file([row()]))
    plan = page.request["PATH_INFO"]
    stranger = member("view_practice")
    for url in (reverse(f"{NAMES}:import"), plan, f"{plan}refused.csv", reverse(f"{NAMES}:import_codes_csv")):
        assert stranger.get(url).status_code == 302
        assert stranger.get(url)["Location"] == "/admin/"
    assert stranger.post(plan, {"seen": page.context["plan"].digest}).status_code == 302
    assert not Practice.objects.exists()


def test_somebody_elses_upload_is_not_there(editor: Client, administrator: Client) -> None:
    page = looked_at(editor, csv_file([row()]))
    plan = page.request["PATH_INFO"]
    for url in (plan, f"{plan}refused.csv"):
        assert administrator.get(url).status_code == 404
    assert administrator.post(plan, {"seen": page.context["plan"].digest}).status_code == 404
    assert not Practice.objects.exists()


def test_a_draft_that_waits_is_built_on_and_not_lost(editor: Client) -> None:
    practice = PracticeFactory.create(slug="old", place="Gent", texts={"en": {"title": "Public"}})
    draft = Practice.objects.get(pk=practice.pk)
    text = draft.texts.get()
    text.title = "Draft"
    draft.texts = [text]
    draft.save_revision()
    page = looked_at(editor, csv_file([{"slug": "old", "place": "Luik"}]))
    assert "Other changes of this practice wait to be published." in page.content.decode()
    confirmed(editor, page)
    newest = Practice.objects.get().get_latest_revision_as_object()
    assert (newest.place, newest.texts.get().title) == ("Luik", "Draft")
    assert Practice.objects.get().texts.get().title == "Public"


def test_what_somebody_is_at_work_on_is_left_alone(editor: Client, administrator_user: User) -> None:
    locked = PracticeFactory.create(slug="locked")
    Practice.objects.filter(pk=locked.pk).update(locked=True, locked_by=administrator_user)
    planned = PracticeFactory.create(slug="planned", live=False)
    planned.save_revision(approved_go_live_at=timezone.now() + timedelta(days=1))
    page = looked_at(editor, csv_file([{"slug": slug, "place": "Gent"} for slug in ("locked", "planned")]))
    assert states(page) == ["refused", "refused"]
    words = [words for each in page.context["plan"].rows for _column, words in each.reasons]
    assert words == ["Somebody locked it.", "It is scheduled to be published."]


def test_a_change_in_between_brings_the_look_back(editor: Client) -> None:
    PracticeFactory.create(slug="old", place="Gent")
    page = looked_at(editor, csv_file([row("old", place="Luik"), row("new")]))
    other = Practice.objects.get()
    other.since = 1999
    other.save_revision()
    again = confirmed(editor, page)
    assert "Something changed since you looked." in again.content.decode()
    assert Practice.objects.count() == 1
    confirmed(editor, again)
    draft = Practice.objects.get(slug="old").get_latest_revision_as_object()
    assert (draft.place, draft.since) == ("Luik", 1999)


def test_a_second_press_does_nothing_more_and_says_so(editor: Client) -> None:
    page = looked_at(editor, csv_file([row()]))
    confirmed(editor, page)
    assert "This was imported before" in confirmed(editor, page).content.decode()
    assert Practice.objects.count() == 1
    assert Revision.objects.count() == 1


def test_the_history_says_where_it_came_from(editor: Client, editor_user: User) -> None:
    confirmed(editor, looked_at(editor, csv_file([row()])))
    entry = ModelLogEntry.objects.get()
    assert (entry.action, entry.user, entry.data["file"]) == ("practices.import", editor_user, "practices.csv")
    history = editor.get(reverse(f"{NAMES}:history", args=[Practice.objects.get().pk]))
    assert "Imported from a spreadsheet" in history.content.decode()


def test_a_failure_on_the_way_leaves_nothing_behind(editor: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    page = looked_at(editor, csv_file([row("a"), row("b")]))
    saved = importing._save

    def break_at_the_second(planned: Any, **kwargs: Any) -> bool:
        if planned.slug == "b":
            raise RuntimeError
        return saved(planned, **kwargs)

    monkeypatch.setattr(importing, "_save", break_at_the_second)
    with pytest.raises(RuntimeError):
        confirmed(editor, page)
    assert not Practice.objects.exists()
    assert PracticeImport.objects.get().done_at is None


@pytest.mark.django_db(transaction=True)
def test_two_presses_at_once_import_once() -> None:
    user = UserFactory.create(is_superuser=True)
    term("kind", "method")
    sheet = Sheet(
        ["slug", "original_language", "kind", "title_en", "summary_en"], [(2, ["a", "en", "method", "A", "S"])]
    )
    upload = PracticeImport.objects.create(by=user, name="a.csv", sheet=sheet.as_json())
    seen = importing.plan(sheet, by=user).digest
    ready = threading.Barrier(2)

    def press(_number: int) -> int:
        ready.wait(timeout=30)
        try:
            return importing.confirm(upload, by=user, seen=seen, publish=False, leave_out=False).added
        finally:
            connections["default"].close()

    with ThreadPoolExecutor(2) as pool:
        assert list(pool.map(press, range(2))) == [1, 1]
    assert (Practice.objects.count(), Revision.objects.count()) == (1, 1)


def test_an_agreement_to_something_else_is_none(editor_user: User) -> None:
    sheet = Sheet(["slug"], [(2, ["a"])])
    upload = PracticeImport.objects.create(by=editor_user, name="a.csv", sheet=sheet.as_json())
    with pytest.raises(ChangedMeanwhileError):
        importing.confirm(upload, by=editor_user, seen="", publish=False, leave_out=True)


def test_uploads_are_forgotten_after_a_day(editor: Client) -> None:
    looked_at(editor, csv_file([row()]))
    importing.forget()
    assert PracticeImport.objects.exists()
    with time_machine.travel(timezone.now() + timedelta(days=1, minutes=1)):
        importing.forget()
    assert not PracticeImport.objects.exists()


def test_a_longer_file_costs_no_more_queries_to_look_at(editor_user: User) -> None:
    editor_user.get_all_permissions()  # asked for once in each request
    counts = []
    for number in (1, 3, 100):
        slugs = [f"practice-{each}" for each in range(number)]
        for slug in slugs[::2]:
            PracticeFactory.create(slug=f"{number}-{slug}")
        rows = [(at, [f"{number}-{slug}", "Gent", "nobody"]) for at, slug in enumerate(slugs, start=2)]
        with CaptureQueriesContext(connection) as queries:
            importing.plan(Sheet(["slug", "place", "owner"], rows), by=editor_user)
        counts.append(len(queries))
    assert counts[0] == counts[1] == counts[2]


def test_the_template_and_the_codes_fit_what_is_read(editor: Client) -> None:
    xlsx = body(editor.get(reverse(f"{NAMES}:import_template", args=["xlsx"])))
    plain = body(editor.get(reverse(f"{NAMES}:import_template", args=["csv"]))).decode("utf-8-sig").strip().split(",")
    theme, *_rest = rows_of("csv", body(editor.get(reverse(f"{NAMES}:import_codes_csv"))))
    assert {"slug", "theme", "title_nl", "sources", "contact_email"} <= set(plain)
    importing.check_columns(Sheet(plain, []))
    assert set(theme) == {"column", "code", "nl", "fr", "de", "en"}
    assert rows_of("xlsx", xlsx) == []
    assert editor.get(reverse(f"{NAMES}:import_template", args=["exe"])).status_code == 404


def test_exported_to_people_with_less_rights_it_still_comes_back(editor: Client) -> None:
    PracticeFactory.create(contact_email="desk@example.org")
    (told,) = exported(member("view_practice"))
    assert states(looked_at(editor, csv_file([told]))) == ["unchanged"]


def test_a_sheet_that_names_another_stage_than_the_history_is_told_and_plans_nothing(editor: Client) -> None:
    practice = PracticeFactory.create(slug="old", place="Gent")
    moved(practice, "4", "2020-01-01")
    practice.refresh_from_db()
    page = looked_at(editor, csv_file([{"slug": "old", "stage": "6"}]))
    assert states(page) == ["unchanged"]
    assert "the practice stays in stage 4, whatever the sheet says (6)" in page.content.decode()
    page = looked_at(editor, csv_file([{"slug": "old", "stage": "6", "place": "Luik"}]))
    assert [change.column for change in page.context["plan"].rows[0].changes] == ["place"]
    assert states(looked_at(editor, csv_file([{"slug": "old", "stage": "4"}]))) == ["unchanged"]
