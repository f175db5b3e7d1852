"""Documents, notes and tasks of a consortium: whose they are, letters, stale saves, reminders, merging, their pages."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection, connections
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation

from accounts.users.models import User
from consortia.consortium.actions import RefusedError, Role, State, refusal
from consortia.consortium.models import Consortium, Member
from consortia.consortium.stale import ChangedError
from consortia.declaration import declaring
from consortia.documents import adding, letters
from consortia.drafting import merging, workspace
from consortia.files.models import FileVersion
from consortia.notes import writing
from consortia.rules import setting
from consortia.to_do import reminding, tasks
from consortia.to_do.models import Task
from consortia.to_do.tasks import Said
from hub.dates import brussels
from notifications.delivery.rendering import render
from notifications.outbox.models import Message
from partners.organisations.models import Membership
from tests.consortia.drafts.drafting import Draft, draft, mailed, new_draft
from tests.consortia.drafts.working import document, note, pdf, task
from tests.consortia.partnering import address, text
from tests.personas import signed_in

pytestmark = pytest.mark.django_db
__all__ = ["draft"]
OWN = ("remove_document", "remove_note", "remove_task")


@pytest.fixture(autouse=True)
def english(tmp_path: Path, settings: Any) -> Iterator[None]:
    settings.MEDIA_ROOT = str(tmp_path)
    with translation.override("en"):
        yield


@pytest.fixture
def morning() -> datetime:
    """Nine o'clock in Brussels, today."""
    return brussels.local(timezone.now()).replace(hour=9, minute=0)


def _client(draft: Draft, role: Role) -> Client:
    return signed_in(draft.people[role])


@pytest.mark.parametrize("action", OWN)
def test_what_others_added_is_removed_by_the_lead_alone(draft: Draft, action: str) -> None:
    said = {role: refusal(action, State.DRAFT, role, is_own=False) for role in Role}
    assert [role for role in Role if not said[role]] == [Role.LEAD_OWNER, Role.LEAD_EDITOR]
    of_lead: dict[str, Callable[[Any], Any]] = {
        "remove_document": lambda by: adding.remove(document(draft, added_by=draft.lead), by=by),
        "remove_note": lambda by: writing.remove(note(draft, draft.people[Role.LEAD_OWNER]), by=by),
        "remove_task": lambda by: tasks.remove(task(draft, added_by=draft.lead), by=by),
    }
    with pytest.raises(RefusedError):
        of_lead[action](draft.people[Role.MEMBER_OWNER])
    assert of_lead[action](draft.people[Role.LEAD_EDITOR])


def test_a_letter_is_added_by_those_who_lead_and_by_the_people_of_its_organisation(draft: Draft) -> None:
    lead, member = draft.people[Role.LEAD_EDITOR], draft.people[Role.MEMBER_EDITOR]

    def add(about: Member, by: User) -> bool:
        return adding.add(draft.consortium, pdf(), key=uuid4(), title="Letter", endorses=about, by=by)

    for about in (draft.lead, draft.invited):
        with pytest.raises(RefusedError, match="by the people of that organisation"):
            add(about, member)
    assert add(draft.joined, member)
    assert add(draft.lead, lead)
    own, of_lead = draft.consortium.documents.order_by("pk")
    assert adding.replace(own, pdf("newer"), by=member)
    with pytest.raises(RefusedError, match="by the people of that organisation"):
        adding.replace(of_lead, pdf("newer"), by=member)
    assert adding.replace(own, pdf("newest"), by=lead)
    page, client = reverse("consortia:add_document", args=[draft.consortium.uuid]), signed_in(member)
    offered = [key for key, _name in client.get(page).context["form"].fields["endorses"].choices]
    assert [str(key) for key in offered] == ["", str(draft.joined.pk)]
    form = {"title": "Letter", "key": uuid4(), "endorses": draft.lead.pk, "file": pdf()}
    assert client.post(page, form).status_code == 422
    assert "This is not possible now." in text(client.get(of_lead.get_absolute_url()))


def test_letters_count_for_organisations_that_stand_in_it(draft: Draft) -> None:
    by = draft.people[Role.LEAD_OWNER]
    none = setting.numbers(draft.call)
    setting.set_rules(draft.call, none | {"letter_of_each": 1}, seen=none, by=by)

    def check() -> tuple[int, int, str]:
        (found,) = workspace.facts(draft.consortium, by)["checks"]
        return found.has, found.needs, found.lack

    assert check() == (0, 3, "3 more are needed.")
    for member in (draft.lead, draft.joined, draft.joined, draft.invited):
        adding.add(draft.consortium, pdf(), key=uuid4(), title="Letter", endorses=member, by=by)
    adding.add(draft.consortium, pdf(), key=uuid4(), title="Plan", by=by)
    assert check() == (3, 3, "")
    Member.objects.filter(pk=draft.invited.pk).update(status=Member.Status.REMOVED)
    assert check() == (2, 2, "")
    setting.set_rules(draft.call, none | {"letters": 4}, seen=none | {"letter_of_each": 1}, by=by)
    assert check() == (2, 4, "2 more are needed.")
    with pytest.raises(RefusedError):
        adding.add(draft.consortium, pdf(), key=uuid4(), title="Letter", endorses=draft.invited, by=by)


def test_a_letter_with_which_it_was_declared_gets_newer_versions_and_does_not_go(draft: Draft) -> None:
    by = draft.people[Role.LEAD_OWNER]
    for title, endorses in (("Letter", draft.joined), ("Plan", None)):
        adding.add(draft.consortium, pdf(), key=uuid4(), title=title, endorses=endorses, by=by)
    letter, plan = draft.consortium.documents.order_by("pk")
    draft.make_ready()
    draft.declare()
    with pytest.raises(RefusedError, match="declared with this letter"):
        adding.remove(letter, by=by)
    page = text(signed_in(by).get(reverse("consortia:remove_document", args=[draft.consortium.uuid, letter.pk])))
    assert "declared with this letter" in page
    assert adding.replace(letter, pdf("newer"), by=by)
    assert adding.remove(plan, by=by)
    declaring.withdraw(draft.consortium, by=by)
    assert adding.remove(letter, by=by)


def test_of_two_organisations_that_become_one_nothing_is_lost(draft: Draft) -> None:
    by = draft.people[Role.LEAD_OWNER]
    adding.add(draft.consortium, pdf(), key=uuid4(), title="Letter", endorses=draft.joined, by=by)
    theirs = document(draft, added_by=draft.joined)
    to_do = task(draft, member=draft.joined)
    merging.give_way(draft.joined, draft.lead.organisation)
    theirs.refresh_from_db()
    to_do.refresh_from_db()
    assert theirs.added_by == to_do.member == to_do.added_by == draft.lead
    assert letters.endorsed([draft.consortium]) == {draft.lead.pk}


def test_an_account_that_is_erased_leaves_the_work_without_its_name(draft: Draft) -> None:
    person = draft.people[Role.MEMBER_EDITOR]
    document(draft, by=person)
    note(draft, person)
    task(draft, member=draft.joined, person=person, changed_by=person)
    person.delete()
    assert FileVersion.objects.get().by is None
    assert draft.consortium.notes.get().by is None
    left = Task.objects.get()
    assert (left.person, left.changed_by, left.member) == (None, None, draft.joined)


def test_a_stale_note_and_a_stale_task_tell_who_and_keep_the_words(draft: Draft) -> None:
    by, other = draft.people[Role.LEAD_EDITOR], draft.people[Role.MEMBER_EDITOR]
    words, to_do = note(draft, by), task(draft)
    client = signed_in(by)
    places = {
        address("change_note", draft.consortium.uuid, words.pk): ("text", lambda: draft.consortium.notes.get().text),
        address("change_task", draft.consortium.uuid, to_do.pk): ("what", lambda: Task.objects.get().what),
    }
    seen = {page: client.get(page).context["form"]["seen"].value() for page in places}
    writing.change(words, text="Theirs", was=writing.seen(words), by=other)
    tasks.change(to_do, Said("Theirs"), was=Said("Write").stands_for, by=other)
    for page, (name, now) in places.items():
        answer = client.post(page, {"seen": seen[page], name: "Mine"})
        assert answer.status_code == 422
        for each in ("Joined changed it", "Ann Joined", "Mine", "Theirs"):
            assert each in text(answer), (page, each)
        assert now() == "Theirs"
        again = {"seen": answer.context["form"]["seen"].value(), name: "Mine"}
        assert client.post(page, again).status_code == 302
        assert now() == "Mine"


@pytest.mark.django_db(transaction=True)
def test_two_editors_of_one_note_at_once_lose_nothing(set_up_anew: None) -> None:
    there = new_draft()
    words = note(there, there.people[Role.LEAD_OWNER])

    def write(role: Role) -> str:
        try:
            writing.change(words, text=role, was=writing.seen(words), by=there.people[role])
        except ChangedError as changed:
            return changed.organisation
        finally:
            connections.close_all()
        return ""

    with ThreadPoolExecutor(2) as pool:
        told = sorted(pool.map(write, [Role.LEAD_EDITOR, Role.MEMBER_EDITOR]))
    assert told in (["", "Joined"], ["", "Lead"])


def test_who_has_a_task_hears_of_it_the_day_before_and_once(draft: Draft, morning: datetime) -> None:
    person = draft.people[Role.MEMBER_EDITOR]
    soon = morning.date() + timedelta(days=1)
    task(draft, member=draft.joined, person=person, due_on=soon)
    task(draft, what="Later", member=draft.joined, due_on=soon + timedelta(days=1))
    task(draft, what="Done", member=draft.joined, due_on=soon, done_at=timezone.now())
    task(draft, what="Nobody's", due_on=soon)
    assert reminding.remind(now=morning.replace(hour=7)) == 0
    assert [reminding.remind(now=morning) for _hour in range(2)] == [1, 0]
    mail = Message.objects.get(kind="consortia/task_due")
    assert mail.to_email == person.email
    written = render(mail, now=timezone.now())
    assert "To do: Write" in written.subject
    assert brussels_day(soon) in written.text
    assert address("tasks", draft.consortium.uuid) in written.text


def test_a_reminder_that_had_not_left_is_written_anew_with_the_new_words(draft: Draft, morning: datetime) -> None:
    by = draft.people[Role.MEMBER_EDITOR]
    soon = morning.date() + timedelta(days=1)
    made = task(draft, member=draft.joined, person=by, due_on=soon)
    assert reminding.remind(now=morning) == 1
    tasks.change(made, Said("Write more", draft.joined.pk, by.pk, soon), was=Said.of(made).stands_for, by=by)
    assert reminding.remind(now=morning) == 1
    waiting = Message.objects.filter(kind="consortia/task_due", status=Message.Status.QUEUED)
    assert "To do: Write more" in render(waiting.get(), now=timezone.now()).subject


def brussels_day(day: date) -> str:
    return f"{day:%A} {day.day} {day:%B %Y}"


def test_a_reminder_is_for_the_organisation_where_the_person_left_and_taken_back_when_done(
    draft: Draft, morning: datetime
) -> None:
    person = draft.people[Role.MEMBER_EDITOR]
    to_do = task(draft, member=draft.joined, person=person, due_on=morning.date())
    Membership.objects.filter(user=person).delete()
    assert reminding.remind(now=morning) == 1
    assert mailed("task_due") == {"owner@joined.example"}
    tasks.finish(to_do, by=draft.people[Role.MEMBER_OWNER])
    assert mailed("task_due") == set()
    Consortium.objects.update(status="given_up")
    task(draft, member=draft.joined, due_on=morning.date())
    assert reminding.remind(now=morning) == 0


def test_a_task_with_another_day_or_person_is_told_anew(draft: Draft, morning: datetime) -> None:
    by = draft.people[Role.MEMBER_OWNER]
    soon = morning.date() + timedelta(days=1)
    to_do = task(draft, member=draft.joined, due_on=soon)
    reminding.remind(now=morning)
    said = Said("Write", draft.lead.pk, draft.people[Role.LEAD_EDITOR].pk, soon)
    assert tasks.change(to_do, said, was=Said("Write", draft.joined.pk, None, soon).stands_for, by=by)
    assert mailed("task_due") == set()
    assert reminding.remind(now=morning) == 1
    assert mailed("task_due") == {"editor@lead.example"}


def test_a_task_is_for_somebody_in_it(draft: Draft) -> None:
    by = draft.people[Role.LEAD_OWNER]
    stranger = draft.people[Role.NOBODY]
    for said in (Said("x", draft.joined.pk, stranger.pk), Said("x", 10**6), Said("x", None, by.pk)):
        with pytest.raises(RefusedError):
            tasks.add(draft.consortium, said, key=uuid4(), by=by)
    client = signed_in(by)
    page = address("add_task", draft.consortium.uuid)
    typed = {"what": "Ask the city", "due_on": "2031-05-06", "key": uuid4()}
    assert client.post(page, typed | {"who": f"{draft.joined.pk}.{stranger.pk}"}).status_code == 422
    person = draft.people[Role.MEMBER_EDITOR]
    answers = [client.post(page, typed | {"who": f"{draft.joined.pk}.{person.pk}"}) for _time in range(2)]
    assert [answer.status_code for answer in answers] == [302, 302]
    made = Task.objects.get()
    assert (made.member, made.person, made.due_on) == (draft.joined, person, date(2031, 5, 6))
    mine = reverse("accounts:my_page")
    assert "Ask the city" in text(signed_in(person).get(mine))
    assert "Ask the city" not in text(_client(draft, Role.MEMBER_OWNER).get(mine))
    tick = address("tick_task", draft.consortium.uuid, made.pk, "finish")
    assert client.get(tick).status_code == 405
    assert client.post(tick).status_code == 302
    assert "Ask the city" not in text(signed_in(person).get(mine))


def test_what_is_overdue_is_said(draft: Draft) -> None:
    task(draft, due_on=timezone.localdate() - timedelta(days=1))
    assert "the day is over" in text(_client(draft, Role.LEAD_OWNER).get(address("tasks", draft.consortium.uuid)))
    Task.objects.update(due_on=timezone.localdate())
    assert "the day is over" not in text(_client(draft, Role.LEAD_OWNER).get(address("tasks", draft.consortium.uuid)))


def test_the_pages_offer_what_the_table_lets(draft: Draft) -> None:
    key = draft.consortium.uuid
    of_lead = document(draft, added_by=draft.lead)
    words = note(draft, draft.people[Role.LEAD_OWNER])
    to_do = task(draft, added_by=draft.lead)
    removals = [
        (address("document", key, of_lead.pk), address("remove_document", key, of_lead.pk)),
        (address("notes", key), address("remove_note", key, words.pk)),
        (address("tasks", key), address("remove_task", key, to_do.pk)),
    ]
    shown = {
        role: [remove in text(_client(draft, role).get(page)) for page, remove in removals]
        for role in (Role.LEAD_EDITOR, Role.MEMBER_OWNER, Role.INVITED_OWNER)
    }
    assert shown == {Role.LEAD_EDITOR: [True] * 3, Role.MEMBER_OWNER: [False] * 3, Role.INVITED_OWNER: [False] * 3}
    invited = _client(draft, Role.INVITED_OWNER)
    for page in ("documents", "notes", "tasks"):
        assert "Confirm first" in text(invited.get(address(page, key))), page
    for _page, remove in removals:
        assert _client(draft, Role.MEMBER_OWNER).post(remove).status_code == 302
        assert _client(draft, Role.LEAD_EDITOR).get(remove).status_code == 200
    assert (draft.consortium.documents.count(), draft.consortium.notes.count(), Task.objects.count()) == (1, 1, 1)
    for _page, remove in removals:
        assert _client(draft, Role.LEAD_EDITOR).post(remove).status_code == 302
    assert (draft.consortium.documents.count(), draft.consortium.notes.count(), Task.objects.count()) == (0, 0, 0)


def test_pages_cost_the_same_however_much_there_is(draft: Draft) -> None:
    client = _client(draft, Role.LEAD_OWNER)
    person = draft.people[Role.MEMBER_EDITOR]
    pages = [draft.consortium.get_absolute_url()]
    pages += [address(name, draft.consortium.uuid) for name in ("documents", "notes", "tasks")]

    def more(number: int) -> None:
        for _each in range(number):
            document(draft, added_by=draft.joined)
            note(draft, person)
            task(draft, member=draft.joined, person=person)

    def costs() -> list[int]:
        found = []
        for page in pages:
            with CaptureQueriesContext(connection) as queries:
                assert client.get(page).status_code == 200
            found.append(len(queries))
        return found

    more(1)
    costs()  # what is remembered from now on
    once = costs()
    more(2)
    assert costs() == once
    more(47)
    found = costs()
    # A second page costs nothing more than the count that was there already.
    assert found == once
