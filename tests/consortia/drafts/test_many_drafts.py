"""Who leads many drafts: "my page" asks the database no more often than for one, and leaves nothing out that is due."""

from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.translation import override

from accounts.profile import to_do
from accounts.users.models import User
from calls.chain.models import Call, Deadline
from consortia.asked_parts.models import AskedPart
from consortia.consortium.actions import Role
from consortia.consortium.models import Consortium
from consortia.drafting.my_page import consortia
from consortia.rules.models import CallRules
from consortia.sign_off import versions
from consortia.sign_off.models import SignOff
from consortia.to_do.models import Task
from tests.consortia.drafts.drafting import Draft, draft
from tests.consortia.drafts.working import task

__all__ = ["draft"]
pytestmark = pytest.mark.django_db


def _led(
    draft: Draft, name: str, *, due_at: datetime | None = None, status: str = "draft", is_signed: bool = True
) -> None:
    """Another one of the same lead, alone, in a call of its own."""
    call, governs = Call.objects.create(title=f"Call of {name}"), "proposal" if status == "declared" else "declaration"
    due_at = due_at or timezone.now() + timedelta(days=90)
    Deadline.objects.create(call=call, label="By then", due_at=due_at, governs=governs)
    CallRules.objects.create(call=call, organisations=1, several=False)
    AskedPart.objects.create(call=call, kind="text", title={"en": "Summary"}, limit=100)
    made = Consortium.objects.create(call=call, name=name, summary={"en": "x"}, status=status)
    member = made.members.create(organisation=draft.lead.organisation, status="joined", is_lead=True)
    version = versions.renew(made)
    if is_signed:
        SignOff.objects.create(member=member, version=version, is_confirmed=True)


def _some(draft: Draft, number: int) -> None:
    for each in range(number):
        _led(draft, f"Ready {number} {each}")
        _led(draft, f"Unsigned {number} {each}", is_signed=False)
        _led(draft, f"Declared {number} {each}", status="declared")
        task(draft, member=draft.lead)


def _texts(user: User) -> list[str]:
    with override("en"):
        return [each.text for each in to_do.tasks(user, "en")]


def _queries(user: User) -> list[str]:
    with CaptureQueriesContext(connection) as asked:
        assert _texts(user)
        assert consortia(user, "en")
    return [each["sql"] for each in asked]


def test_thirty_ask_no_more_than_one(draft: Draft) -> None:
    owner = draft.people[Role.LEAD_OWNER]
    _some(draft, 1)
    assert {text.split(" “")[0] for text in _texts(owner)} == {
        "Declare the partnership",
        "Read",
        "Submit the proposal of",
        "Write",
    }
    once = _queries(owner)
    _some(draft, 29)
    assert len(_queries(owner)) == len(once)


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({}, "Declare the partnership “Urgent”"),
        ({"status": "declared"}, "Submit the proposal of “Urgent”"),
        ({"is_signed": False}, "Read “Urgent” and sign for Lead"),
    ],
)
def test_what_ends_first_is_found_behind_many_others(draft: Draft, facts: dict[str, object], said: str) -> None:
    soon = timezone.now() + timedelta(days=2)
    _led(draft, "Urgent", due_at=soon, **facts)  # type: ignore[arg-type]  # of the table above
    over = timezone.now() - timedelta(days=1)
    for number in range(to_do.SHOWN + 1):
        _led(draft, f"Over {number}", due_at=over, **facts)  # type: ignore[arg-type]
        _led(draft, f"Later {number}", **facts)  # type: ignore[arg-type]
    texts = _texts(draft.people[Role.LEAD_OWNER])
    assert (texts[0], len(texts)) == (said, to_do.SHOWN)


def test_what_waits_for_a_signature_is_shown_before_twenty_that_changed_later(draft: Draft) -> None:
    _led(draft, "Unsigned", is_signed=False)
    for number in range(21):
        _led(draft, f"Signed {number}")
    section = consortia(draft.people[Role.LEAD_OWNER], "en")
    assert section
    waiting = {str(each): str(member) for each, member in section.context["rows"] if member}
    assert waiting["Unsigned"] == "Lead"


def test_a_task_is_found_behind_many_of_drafts_that_are_over(draft: Draft) -> None:
    _led(draft, "Over", due_at=timezone.now() - timedelta(days=1))
    over = Consortium.objects.get(name="Over").members.get()
    for _number in range(to_do.SHOWN):
        Task.objects.create(consortium=over.consortium, what="Too late", member=over, due_on=timezone.localdate())
    task(draft, member=draft.lead, what="In time", due_on=timezone.localdate() + timedelta(days=1))
    assert _texts(draft.people[Role.LEAD_OWNER])[0] == "In time"
