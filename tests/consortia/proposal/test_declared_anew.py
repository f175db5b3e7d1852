"""A partner leaves, the others declare anew: what was submitted before counts no more until it is submitted again."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import translation

from accounts.profile.to_do import tasks
from consortia.board import stages
from consortia.consortium.actions import Role
from consortia.consortium.models import Consortium, Member
from consortia.declaration import declaring
from consortia.drafting import membership
from consortia.proposal.models import Proposal
from consortia.proposal.shown import state
from consortia.receipts.models import Receipt
from consortia.receipts.telling import Told, tell
from consortia.staff.proposals import counting
from tests.consortia.drafts.drafting import people
from tests.consortia.partnering import address, text
from tests.consortia.proposal.proposing import Proposing, proposing
from tests.factories.partners import OrganisationFactory
from tests.personas import signed_in

pytestmark = pytest.mark.django_db
__all__ = ["proposing"]
OVER = "the partnership was declared anew, and nothing was submitted since"


@pytest.fixture(autouse=True)
def english(client: Client, editor: Client) -> Iterator[None]:
    for each in (client, editor):
        each.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    with translation.override("en"):
        yield


@pytest.fixture
def old(proposing: Proposing) -> Receipt:
    """Of the three that submitted; the third leaves, and the two that stay sign and declare anew."""
    _with_a_third(proposing)
    proposing.fill()
    receipt = proposing.submit()
    third = Member.objects.get(consortium=proposing.consortium, organisation__name="Third")
    owner = third.organisation.memberships.get(role="owner").user
    assert membership.leave(proposing.consortium, third, by=owner)
    _sign_and_declare(proposing)
    return receipt


def _with_a_third(proposing: Proposing) -> None:
    declaring.withdraw(proposing.consortium, by=proposing.person(Role.LEAD_OWNER))
    made = OrganisationFactory.create(name="Third")
    owner, _editor = people(made)
    draft = proposing.draft
    draft.refresh()
    membership.invite(draft.consortium, made, by=proposing.person(Role.LEAD_OWNER))
    third = Member.objects.get(consortium=draft.consortium, organisation=made)
    draft.people[Role.INVITED_OWNER] = owner
    draft.sign(third, Role.INVITED_OWNER)
    _sign_and_declare(proposing)


def _sign_and_declare(proposing: Proposing) -> None:
    draft = proposing.draft
    draft.refresh()
    draft.sign(draft.lead, Role.LEAD_OWNER)
    draft.sign(draft.joined, Role.MEMBER_OWNER)
    draft.declare()
    draft.refresh()
    proposing.consortium = draft.consortium


def told(receipt: Receipt) -> Told:
    return tell(json.loads(receipt.payload), receipt)


def _submitted(proposing: Proposing) -> list[Consortium]:
    return list(stages.submitted(proposing.call))


def test_the_old_one_counts_nowhere(proposing: Proposing, old: Receipt, client: Client) -> None:
    assert "Third" in old.payload
    assert not Proposal.objects.counting().exists()
    assert (told(old).stands, OVER in told(old).standing) == (False, True)
    assert not counting(proposing.call).exists()
    assert _submitted(proposing) == []
    now = state(proposing.consortium)
    assert (now.counts, now.is_changed) == (False, True)
    page = reverse("consortia:receipt", args=[old.number])
    shown = text(signed_in(proposing.person()).get(page))
    assert OVER in shown
    assert "This proposal counts" not in shown
    assert OVER not in text(client.get(page)), "strangers learn it after the deadline"


def test_it_is_submitted_again_as_it_is(proposing: Proposing, old: Receipt) -> None:
    new = proposing.submit(seen=old.number)
    assert new != old
    said = json.loads(new.payload)
    assert [each["name"] for each in said["organisations"]] == ["Lead", "Joined"]
    assert said["submission"] == 2
    assert proposing.submit(seen=old.number) == new, "the form sent twice"
    assert told(new).stands
    assert (told(old).stands, told(old).replaced_by) == (False, new.number)
    assert [each.receipt for each in counting(proposing.call)] == [new]
    assert _submitted(proposing) == [proposing.consortium]
    assert not state(proposing.consortium).is_changed


def test_a_page_of_before_is_not_told_that_the_old_one_counts(proposing: Proposing, old: Receipt) -> None:
    assert proposing.submit(seen="") != old


def test_the_page_says_so_and_has_the_button(proposing: Proposing, old: Receipt) -> None:
    lead = signed_in(proposing.person(Role.LEAD_OWNER))
    page = address("proposal", proposing.consortium.uuid)
    shown = text(lead.get(page))
    assert f"The proposal with the receipt {old.number} does not count: you declared anew since." in shown
    assert "Submit it again if it is to count for this one." in shown
    assert "Nothing changed since it was submitted" not in shown
    assert "Submit it again</button>" in shown
    form = {"chosen": state(proposing.consortium).selection, "seen": old.number}
    assert lead.post(address("submit", proposing.consortium.uuid), form).status_code == 302
    shown = text(lead.get(page))
    assert "does not count:" not in shown
    assert "Nothing changed since it was submitted" in shown


def test_the_page_of_one_that_is_a_draft_again_asks_for_no_submission(proposing: Proposing) -> None:
    proposing.fill()
    proposing.submit()
    declaring.withdraw(proposing.consortium, by=proposing.person(Role.LEAD_OWNER))
    shown = text(signed_in(proposing.person(Role.LEAD_OWNER)).get(address("proposal", proposing.consortium.uuid)))
    assert "does not count: the partnership is not declared any more." in shown
    assert "submit it again" not in shown.lower()


def test_who_withdraws_the_declaration_is_told_that_the_proposal_stops_counting(proposing: Proposing) -> None:
    lead = signed_in(proposing.person(Role.LEAD_OWNER))
    page = address("withdraw_declaration", proposing.consortium.uuid)
    proposing.fill()
    assert "stops counting" not in text(lead.get(page))
    first = proposing.submit()
    assert f"The submitted proposal (receipt {first.number}) stops counting, too." in text(lead.get(page))
    proposing.write("Better", was=1)
    second = proposing.submit()
    assert f"(receipt {second.number}) stops counting" in text(lead.get(page))
    declaring.withdraw(proposing.consortium, by=proposing.person(Role.LEAD_OWNER))
    _sign_and_declare(proposing)
    assert "stops counting" not in text(lead.get(page)), "it does not count already"


def test_my_page_asks_to_submit_it_again(proposing: Proposing, old: Receipt) -> None:
    said = [task.text for task in tasks(proposing.person(Role.LEAD_OWNER), "en")]
    assert "The proposal of “Together” does not count since you declared anew: submit it again" in said


def test_staff_see_in_the_list_what_counts_and_of_the_old_one_that_it_does_not(
    proposing: Proposing, old: Receipt, editor: Client
) -> None:
    page = reverse("consortia_admin_proposals", args=[proposing.call.pk])
    assert "No proposal was submitted in this call yet." in text(editor.get(page))
    one = reverse("consortia_admin_proposal", args=[old.proposal.pk])
    assert "This proposal does not count" in text(editor.get(one))
    new = proposing.submit()
    assert new.number in text(editor.get(page))
    assert "This proposal counts" in text(editor.get(reverse("consortia_admin_proposal", args=[new.proposal.pk])))
    assert "This proposal does not count" in text(editor.get(one))


@pytest.mark.parametrize(("shown", "status"), [("number", 404), ("names", 200)])
def test_staff_do_not_read_the_proposal_of_a_draft_whose_name_is_hidden(
    proposing: Proposing, editor: Client, shown: str, status: int
) -> None:
    proposing.fill()
    receipt = proposing.submit()
    places = [reverse(f"consortia_admin_{name}", args=[receipt.proposal.pk]) for name in ("proposal", "proposal_zip")]
    Consortium.objects.update(shown_to_centre=shown)
    assert [editor.get(place).status_code for place in places] == [200, 200]
    declaring.withdraw(proposing.consortium, by=proposing.person(Role.LEAD_OWNER))
    assert [editor.get(place).status_code for place in places] == [status, status]


def test_all_of_it_goes_with_the_consortium(proposing: Proposing, old: Receipt) -> None:
    receipts: Any = set(Receipt.objects.values_list("pk", flat=True))
    Consortium.objects.all().delete()
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    assert not Proposal.objects.exists()
    assert set(Receipt.objects.values_list("pk", flat=True)) == receipts
