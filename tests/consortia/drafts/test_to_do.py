"""What waits for a person stands on top of "my page", the most urgent first."""

from datetime import timedelta

import pytest
from django.utils import timezone
from django.utils.translation import override

from accounts.profile import to_do
from accounts.users.models import User
from consortia.consortium.actions import Role
from consortia.drafting import beginning, changing
from tests.consortia.drafts.drafting import Draft, draft
from tests.consortia.drafts.working import task
from tests.factories.events import EventFactory, RegistrationFactory
from tests.factories.hub import DeadlineFactory
from tests.personas import signed_in

__all__ = ["draft"]
pytestmark = pytest.mark.django_db


def texts(user: User) -> list[str]:
    with override("en"):
        return [task.text for task in to_do.tasks(user, "en")]


def test_an_owner_reads_what_to_sign_and_by_when(draft: Draft) -> None:
    owner = draft.people[Role.INVITED_OWNER]
    page = signed_in(owner).get("/en/my/").content.decode()
    assert "Read “Together” and sign for Invited" in page
    assert "29 days left" in page or "30 days left" in page
    draft.sign(draft.invited, Role.INVITED_OWNER)
    assert texts(owner) == []


def test_only_owners_sign_and_only_what_they_have_not(draft: Draft) -> None:
    assert texts(draft.people[Role.INVITED_EDITOR]) == []
    assert texts(draft.people[Role.MEMBER_OWNER]) == []
    changing.change_words(
        draft.consortium,
        name="Other",
        summary={"en": "We try."},
        seen=changing.seen_words(draft.consortium),
        by=draft.people[Role.LEAD_OWNER],
    )
    assert texts(draft.people[Role.MEMBER_OWNER]) == ["Read “Other” and sign for Joined"]


def test_nothing_is_asked_for_what_is_over(draft: Draft) -> None:
    owner = draft.people[Role.INVITED_OWNER]
    draft.call.deadlines.update(due_at=timezone.now() - timedelta(days=1))
    assert texts(owner) == []
    draft.call.deadlines.update(due_at=timezone.now() + timedelta(days=9))
    beginning.give_up(draft.consortium, by=draft.people[Role.LEAD_OWNER])
    assert texts(owner) == []


def test_what_ends_first_stands_first(draft: Draft) -> None:
    owner = draft.people[Role.INVITED_OWNER]
    event = EventFactory.create(starts_at=timezone.now() + timedelta(days=40))
    seat = RegistrationFactory.create(event=event, email=owner.email)
    seat.reserved_until = timezone.now() + timedelta(hours=2)
    seat.save()
    assert texts(owner) == [f"Confirm your place at “{event}”", "Read “Together” and sign for Invited"]


def test_a_seat_that_is_held_for_an_hour_is_found_behind_those_of_earlier_events(draft: Draft) -> None:
    owner, now = draft.people[Role.INVITED_OWNER], timezone.now()
    urgent = EventFactory.create(starts_at=now + timedelta(days=99))
    for event in (*(EventFactory.create(starts_at=now + timedelta(days=9)) for _each in range(to_do.SHOWN)), urgent):
        seat = RegistrationFactory.create(event=event, email=owner.email)
        seat.reserved_until = now + timedelta(hours=1 if event == urgent else 9)
        seat.save()
    assert texts(owner)[0] == f"Confirm your place at “{urgent}”"


def test_nobody_is_asked_to_sign_once_nothing_can_be_declared(draft: Draft) -> None:
    owner = draft.people[Role.INVITED_OWNER]
    draft.call.deadlines.update(due_at=timezone.now() - timedelta(days=1), governs="declaration")
    DeadlineFactory.create(
        call=draft.call, due_at=timezone.now() + timedelta(days=20), governs="proposal", sort_order=9
    )
    assert texts(owner) == []


def test_a_task_that_nobody_can_end_is_not_asked_for(draft: Draft) -> None:
    task(draft, member=draft.joined)
    editor = draft.people[Role.MEMBER_EDITOR]
    assert texts(editor) == ["Write"]
    draft.call.deadlines.update(due_at=timezone.now() - timedelta(days=1))
    assert texts(editor) == []


@pytest.mark.parametrize(("days", "look"), [(30, "tag--plain"), (6, "tag--now")])
def test_only_what_ends_within_a_week_is_marked_as_urgent(draft: Draft, days: int, look: str) -> None:
    draft.call.deadlines.update(due_at=timezone.now() + timedelta(days=days))
    page = signed_in(draft.people[Role.INVITED_OWNER]).get("/en/my/").content.decode()
    assert f'<span class="tag {look}">{days} days left' in page
