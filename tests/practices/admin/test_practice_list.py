"""The list of practices in the admin: filters, orders, and the same few queries at every length."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import GroupApprovalTask, Workflow, WorkflowTask

from accounts.users.models import User
from practices.admin.practice_list import PracticeAdminFilterSet
from practices.library.facets import FACETS
from practices.practice.models.practice import Practice
from tests.factories.partners import OrganisationFactory
from tests.factories.practices import PracticeFactory, term
from tests.practices.sheets.spreadsheets import LIST

pytestmark = pytest.mark.django_db


def shown(client: Client, **query: Any) -> list[str]:
    return [practice.slug for practice in client.get(reverse(LIST), query).context["object_list"]]


def key(vocabulary: str, code: str) -> str:
    return str(term(vocabulary, code).pk)


def test_there_is_a_filter_for_every_facet() -> None:
    assert {facet.name for facet in FACETS} | {"esf"} <= set(PracticeAdminFilterSet.base_filters)


def test_facets_narrow_the_list_several_choices_meaning_any(editor: Client) -> None:
    PracticeFactory.create(slug="a", theme=["19"], country=["BE"], stage="5", since=1999)
    PracticeFactory.create(slug="b", theme=["3", "19"], country=["NL"], kind="method", texts={"fr": {}})
    PracticeFactory.create(slug="c", theme=["1"], esf=[])
    assert set(shown(editor, theme=[key("theme", "19")])) == {"a", "b"}
    assert set(shown(editor, theme=[key("theme", "19"), key("theme", "1")])) == {"a", "b", "c"}
    assert shown(editor, theme=[key("theme", "19")], country=[key("country", "NL")]) == ["b"]
    assert shown(editor, stage=[key("stage", "5")]) == ["a"]
    assert shown(editor, kind=[key("kind", "method")]) == ["b"]
    assert shown(editor, language=["fr"]) == ["b"]
    assert shown(editor, year="1999") == ["a"]


def test_status_owner_and_missing_languages(editor: Client) -> None:
    owner = OrganisationFactory.create()
    PracticeFactory.create(slug="live", owner=owner, texts={"en": {}, "fr": {}})
    PracticeFactory.create(slug="draft", live=False)
    PracticeFactory.create(slug="gone", live=False, expired=True)
    waiting = PracticeFactory.create(slug="waiting")
    waiting.save_revision()
    assert set(shown(editor, status="published")) == {"live", "waiting"}
    assert [shown(editor, status=status) for status in ("changes", "draft", "expired")] == [
        ["waiting"],
        ["draft"],
        ["gone"],
    ]
    assert shown(editor, owner=str(owner.pk)) == ["live"]
    assert set(shown(editor, owner="null")) == {"draft", "gone", "waiting"}
    assert "live" not in shown(editor, lacks=["fr"])
    assert set(shown(editor, lacks=["fr", "nl"])) == {"draft", "gone", "waiting"}


def test_what_is_to_be_done(editor: Client, editor_user: User) -> None:
    today = timezone.localdate()
    PracticeFactory.create(slug="fresh", checked_on=today - timedelta(days=600))
    PracticeFactory.create(slug="old", checked_on=today - timedelta(days=800))
    PracticeFactory.create(slug="never", last_published_at=timezone.now() - timedelta(days=800))
    PracticeFactory.create(slug="new", last_published_at=timezone.now())
    reviewed = PracticeFactory.create(slug="reviewed", live=False, checked_on=today)
    reviewed.save_revision()
    workflow = Workflow.objects.create(name="Review")
    task = GroupApprovalTask.objects.create(name="Look")
    task.groups.add(Group.objects.get(name="Moderators"))
    WorkflowTask.objects.create(workflow=workflow, task=task)
    workflow.start(reviewed, editor_user)
    assert set(shown(editor, task=["check"])) == {"old", "never"}
    assert shown(editor, task=["review"]) == ["reviewed"]
    assert shown(editor, task=["review", "check"]) == []
    assert "in review" in editor.get(reverse(LIST), {"task": ["review"]}).content.decode()


@pytest.mark.parametrize("wrong", [{"theme": "x"}, {"status": "x"}, {"owner": "x"}, {"year": "x"}, {"lacks": "zz"}])
def test_what_is_no_choice_is_said_and_breaks_nothing(editor: Client, wrong: dict[str, str]) -> None:
    PracticeFactory.create()
    page = editor.get(reverse(LIST), wrong)
    assert page.status_code == 200
    assert page.context["filters"].form.errors


def test_each_column_sorts(editor: Client) -> None:
    day = timezone.localdate()
    PracticeFactory.create(slug="x", stage="5", evidence="1", checked_on=day, texts={"en": {"title": "Écoute"}})
    PracticeFactory.create(slug="y", stage="1", kind="tool", live=False, texts={"en": {"title": "alpha"}})
    PracticeFactory.create(slug="z", stage="3", evidence="3", texts={"en": {"title": "Zoo"}})
    assert shown(editor, ordering="listed_title") == ["y", "x", "z"]
    assert shown(editor, ordering="-listed_title") == ["z", "x", "y"]
    assert shown(editor, ordering="stage__position") == ["y", "z", "x"]
    view = editor.get(reverse(LIST)).context["view"]
    assert all(column.sort_key for column in view.columns[1:])
    for column in view.columns[1:]:
        for sign in ("", "-"):
            assert set(shown(editor, ordering=f"{sign}{column.sort_key}")) == {"x", "y", "z"}


def test_the_list_costs_the_same_few_queries_at_every_length(editor: Client) -> None:
    owner = OrganisationFactory.create()
    counts = []
    for more in (1, 2, 497):
        for _number in range(more):
            practice = PracticeFactory.create(owner=owner, stage="5", theme=["19"], texts={"en": {}, "nl": {}})
        practice.save_revision()
        with CaptureQueriesContext(connection) as queries:
            page = editor.get(reverse(LIST), {"ordering": "listed_title", "theme": key("theme", "19")})
        assert page.context["object_list"]
        counts.append(len(queries))
    assert Practice.objects.count() == 500
    assert counts[0] == counts[1] == counts[2]
    assert counts[0] <= 25
