"""What staff do to many practices at once: each page says what will happen to how many, and then exactly that does."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import GroupApprovalTask, ModelLogEntry, Workflow, WorkflowTask

from accounts.users.models import User
from hub.bulk import actions
from practices.admin import bulk_actions, bulk_changes
from practices.practice.models.practice import Practice
from tests.factories.practices import PracticeFactory, term
from tests.practices.sheets.spreadsheets import LIST, body, member, rows_of

pytestmark = pytest.mark.django_db


def address(action: str, *practices: Practice, **query: str) -> str:
    chosen = "&".join([f"id={each.pk}" for each in practices] + [f"{name}={value}" for name, value in query.items()])
    return f"{reverse('wagtail_bulk_action', args=['practices', 'practice', action])}?{chosen}"


def draft_of(practice: Practice, **changes: Any) -> None:
    """Leaves changes waiting."""
    version = Practice.objects.get(pk=practice.pk)
    for name, value in changes.items():
        setattr(version, name, value)
    version.save_revision()


def history(practice: Practice) -> list[str]:
    entries = ModelLogEntry.objects.filter(object_id=str(practice.pk)).order_by("timestamp", "pk")
    return [entry.action for entry in entries]


def test_publishing_says_how_many_and_why_not_the_others(editor: Client, editor_user: User, visitor: Client) -> None:
    draft = PracticeFactory.create(slug="draft", live=False, first_published_at=None)
    waiting = PracticeFactory.create(slug="waiting", place="Gent")
    draft_of(waiting, place="Luik")
    shown = PracticeFactory.create(texts={"en": {"title": "Shown"}})
    bare = PracticeFactory.create(live=False, texts={"en": {"title": "Bare", "summary": ""}})
    url = address("publish", draft, waiting, shown, bare)
    page = editor.get(url).content.decode()
    assert "2 practices will be published, with the changes that wait." in page
    assert "At most 200 at a time. If one of them fails, nothing is changed." in page
    assert "Shown: It is published already, and no changes wait." in page
    assert "Bare: It is missing, and there are words in this language." in page
    assert not Practice.objects.get(pk=draft.pk).live
    answer = editor.post(url, follow=True).content.decode()
    assert "2 practices published." in answer
    assert visitor.get("/en/practices/draft/").status_code == 200
    assert "Luik" in visitor.get("/en/practices/waiting/").content.decode()
    assert not Practice.objects.get(pk=bare.pk).live
    assert history(waiting) == ["wagtail.publish"]
    assert ModelLogEntry.objects.filter(user=editor_user).count() == 2


def test_unpublishing(editor: Client, visitor: Client) -> None:
    shown, hidden = PracticeFactory.create(slug="shown"), PracticeFactory.create(live=False)
    url = address("unpublish", shown, hidden)
    assert "1 practice will no longer be visible to anybody but staff." in editor.get(url).content.decode()
    assert "1 practice unpublished." in editor.post(url, follow=True).content.decode()
    assert visitor.get("/en/practices/shown/").status_code == 404
    assert history(shown) == ["wagtail.unpublish"]


def test_checking_today_leaves_what_waits_waiting(editor: Client) -> None:
    today = timezone.localdate()
    plain = PracticeFactory.create()
    waiting = PracticeFactory.create(place="Gent")
    draft_of(waiting, place="Luik")
    never = PracticeFactory.create(live=False)
    draft_of(never, place="Luik")
    url = address("checked", plain, waiting, never)
    assert "3 practices will say that they were last checked today." in editor.get(url).content.decode()
    assert "3 practices changed." in editor.post(url, follow=True).content.decode()
    assert [each.checked_on for each in Practice.objects.all()] == [today] * 3
    for practice in (waiting, never):
        practice.refresh_from_db()
        assert practice.place != "Luik"
        newest = practice.get_latest_revision_as_object()
        assert (newest.place, newest.checked_on) == ("Luik", today)
    plain.refresh_from_db()
    assert not plain.has_unpublished_changes
    assert history(plain) == ["wagtail.edit", "wagtail.publish"]
    assert "It says so already." in editor.get(url).content.decode()


def test_adding_and_removing_a_theme(editor: Client, visitor: Client) -> None:
    with_it, without = PracticeFactory.create(theme=["19", "3"]), PracticeFactory.create(theme=["3"])
    draft_of(with_it, place="Luik", terms=[term("theme", "3")])
    housing = str(term("theme", "19").pk)
    add = address("add-term", with_it, without)
    assert f'value="{housing}"' in editor.get(add).content.decode()
    assert "added to all 2 that were chosen." in editor.post(add, {"term": housing}, follow=True).content.decode()
    assert visitor.get("/en/practices/?theme=19").context["library"].count == 2
    with_it.refresh_from_db()
    draft = with_it.get_latest_revision_as_object()
    assert {each.code for each in draft.terms.all()} == {"19", "3"}
    assert draft.place == "Luik"
    remove = address("remove-term", with_it, without)
    answer = editor.post(remove, {"term": housing}, follow=True).content.decode()
    assert "“Housing and assistance for the homeless” removed from all 2 that were chosen." in answer
    assert not visitor.get("/en/practices/?theme=19").context["library"].count
    assert visitor.get("/en/practices/?theme=3").context["library"].count == 2


def test_a_draft_that_says_so_already_waits_on_top_again(editor: Client) -> None:
    practice = PracticeFactory.create(place="Gent")
    draft_of(practice, place="Luik", terms=[term("theme", "19")])
    editor.post(address("add-term", practice), {"term": str(term("theme", "19").pk)})
    practice.refresh_from_db()
    assert (practice.place, practice.terms.get().code) == ("Gent", "19")
    assert practice.has_unpublished_changes
    assert practice.get_latest_revision_as_object().place == "Luik"


@pytest.mark.parametrize("given", ["", "0", "nonsense"])
def test_a_term_of_another_vocabulary_is_refused(editor: Client, given: str) -> None:
    practice = PracticeFactory.create()
    for value in (given, str(term("country", "BE").pk)):
        assert editor.post(address("add-term", practice), {"term": value}).context["form"].errors
    assert not practice.terms.exists()


@pytest.mark.parametrize("kind", ["csv", "xlsx", "json"])
def test_exporting_the_chosen_ones(editor: Client, kind: str) -> None:
    one, _other, three = (PracticeFactory.create(slug=slug) for slug in ("one", "two", "three"))
    url = address("export", one, three)
    assert "The file will hold 2 practices." in editor.get(url).content.decode()
    rows = rows_of(kind, body(editor.post(url, {"kind": kind})))
    assert {each["slug"] for each in rows} == {"one", "three"}


def test_all_means_all_that_the_list_shows(editor: Client) -> None:
    for slug, theme in (("a", "19"), ("b", "19"), ("c", "3")):
        PracticeFactory.create(slug=slug, theme=[theme], texts={"en": {"title": slug}})
    theme = str(term("theme", "19").pk)
    page = editor.get(address("export", id="all", theme=theme))
    assert {each["item"].slug for each in page.context["items"]} == {"a", "b"}
    assert {each["item"].slug for each in editor.get(address("export", id="all", q="c")).context["items"]} == {"c"}


def test_more_than_one_go_takes_is_said_and_does_nothing(editor: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "MOST", 2)
    practices = [PracticeFactory.create() for _number in range(3)]
    for url in (address("unpublish", *practices), address("unpublish", id="all")):
        page = editor.get(url).content.decode()
        assert "You chose more than 2," in page
        assert "Yes, do it" not in page
        editor.post(url)
    assert Practice.objects.public().count() == 3


@pytest.mark.parametrize("wrong", ["id=x", "id=99999999999999999999", "id=-1", ""])
def test_what_cannot_be_chosen_is_not_there(editor: Client, wrong: str) -> None:
    url = f"{reverse('wagtail_bulk_action', args=['practices', 'practice', 'publish'])}?{wrong}"
    assert "There is none to which this can be done." in editor.get(url).content.decode()
    assert "There is none to which this can be done." in editor.post(url, follow=True).content.decode()


@pytest.mark.parametrize("action", [action.action_type for action in bulk_actions.ALL])
def test_each_action_asks_for_its_right(action: str) -> None:
    practice = PracticeFactory.create()
    draft = PracticeFactory.create(live=False)
    assert member().get(address(action, practice)).status_code == 302
    if action == "export":
        return
    for client in (member("view_practice"), member("add_practice")):
        page = client.get(address(action, practice, draft))
        assert page.context["items"] == []
        client.post(address(action, practice, draft), {"term": str(term("theme", "19").pk)})
    # What visitors see changes only by those who may publish.
    assert [each["item"] for each in member("change_practice").get(address(action, practice)).context["items"]] == []
    assert Practice.objects.public().get() == practice
    assert not ModelLogEntry.objects.exists()


def test_what_somebody_is_at_work_on_is_left_out(editor: Client, editor_user: User, administrator_user: User) -> None:
    locked, planned, reviewed = (PracticeFactory.create(live=False) for _number in range(3))
    Practice.objects.filter(pk=locked.pk).update(locked=True, locked_by=administrator_user)
    planned.save_revision(approved_go_live_at=timezone.now() + timedelta(days=1))
    reviewed.save_revision()
    start_review(reviewed, editor_user)
    page = editor.get(address("checked", locked, planned, reviewed))
    assert page.context["items"] == []
    assert [reason for _practice, reason in page.context["left_out"]] == [
        "Somebody locked it.",
        "It is scheduled to be published.",
        "It is in review; that has to end first.",
    ]


def start_review(practice: Practice, by: User) -> None:
    workflow = Workflow.objects.create(name="Review")
    task = GroupApprovalTask.objects.create(name="Look")
    task.groups.add(Group.objects.get(name="Moderators"))
    WorkflowTask.objects.create(workflow=workflow, task=task)
    ContentType.objects.get_for_model(Practice)
    workflow.start(practice, by)


def test_all_of_it_happens_or_nothing(editor: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    practices = [PracticeFactory.create(live=False) for _number in range(3)]
    published = bulk_changes.publish_complete
    left = iter([False, False, True])

    def break_at_the_third(*args: Any, **kwargs: Any) -> bool:
        if next(left):
            raise RuntimeError
        return published(*args, **kwargs)

    monkeypatch.setattr(bulk_changes, "publish_complete", break_at_the_third)
    with pytest.raises(RuntimeError):
        editor.post(address("publish", *practices))
    assert not Practice.objects.public().exists()


def test_each_row_of_the_page_costs_no_query(editor: Client, django_assert_max_num_queries: Any) -> None:
    practices = [PracticeFactory.create(theme=["19"], texts={"en": {}, "nl": {}}) for _number in range(20)]
    for practice in practices[:10]:
        draft_of(practice, place="Luik")
    for action in bulk_actions.ALL:
        with django_assert_max_num_queries(25):
            editor.get(address(action.action_type, *practices))


def test_the_buttons_stand_below_the_list(editor: Client) -> None:
    PracticeFactory.create()
    page = editor.get(reverse(LIST)).content.decode()
    for action in bulk_actions.ALL:
        assert reverse("wagtail_bulk_action", args=["practices", "practice", action.action_type]) in page
