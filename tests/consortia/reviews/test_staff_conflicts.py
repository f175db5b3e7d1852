"""Staff who act for an organisation in a call read no more than names of it, release nothing, and are told why."""

from typing import Any

import pytest
from django.test import Client

from accounts.users.models import User
from consortia.conflicts.staff import refusal_to_decide, refusal_to_read
from consortia.consortium.actions import RefusedError
from consortia.consortium.models import Consortium
from consortia.files.models import FileVersion
from consortia.outcomes.models import Release
from consortia.proposal.models import Proposal
from consortia.recommendation import releasing
from partners.organisations.models import Membership, Organisation
from tests.consortia.board.boards import at
from tests.consortia.drafts.drafting import Draft, draft
from tests.consortia.drafts.working import document
from tests.consortia.partnering import text
from tests.consortia.proposal.proposing import Proposing, proposing
from tests.consortia.reviews.reviewing import Round, declared, partner, review

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]
__all__ = ["draft", "proposing", "review"]


def act_for(organisation: Organisation, user: User) -> Membership:
    return Membership.objects.create(organisation=organisation, user=user, role=Membership.Role.EDITOR)


def lead_of(consortium: Consortium) -> Organisation:
    return consortium.members.get(is_lead=True).organisation


def test_who_acts_for_a_partner_releases_nothing_and_is_told(
    review: Round, editor_user: User, editor: Client, administrator_user: User
) -> None:
    for each in (review.first, review.second):
        review.hand_in(review.reviewer, each)
        review.settle(each)
    own = act_for(lead_of(review.first), editor_user)
    page = f"/admin/consortia/calls/{review.call.pk}/"
    assert "Ask a colleague who acts for none. Acts for the partner Alpha." in text(editor.get(f"{page}release/"))
    assert "Release them now" not in text(editor.get(f"{page}release/"))
    editor.post(f"{page}release/")
    with pytest.raises(RefusedError, match="Alpha"):
        releasing.release(review.call, by=editor_user)
    assert not Release.objects.exists()
    assert releasing.release(review.call, by=administrator_user)
    for kind in ("pdf", "csv"):
        answer = editor.get(f"{page}recommendations.{kind}", follow=True)
        assert "Ask a colleague" in text(answer)
        assert "Reasons about Second" not in text(answer)
    own.delete()
    assert "Acted for the partner Alpha" in refusal_to_decide(editor_user, review.call), "who leaves has not left"
    assert refusal_to_decide(administrator_user, review.call) == ""


def test_who_acts_for_a_rival_reads_no_proposal(proposing: Proposing, editor_user: User, editor: Client) -> None:
    proposing.fill()
    proposing.submit()
    page = f"/admin/consortia/proposals/{Proposal.objects.get().pk}/"
    assert "We build." in text(editor.get(page))
    rival = partner("Rivals")
    declared(proposing.call, "Against", rival)
    act_for(rival, editor_user)
    for each in (page, f"{page}zip/"):
        answer: Any = editor.get(each, follow=True)
        assert "a partner in “Against”" in text(answer)
        assert "Together" in text(answer)
        assert "We build." not in text(answer)


def test_of_a_draft_that_shows_itself_who_acts_for_a_rival_reads_the_names(
    draft: Draft, editor_user: User, editor: Client
) -> None:
    document(draft)
    Consortium.objects.filter(pk=draft.consortium.pk).update(shown_to_centre="all")
    page = at("consortium", draft.consortium.uuid)
    file = at("download", draft.consortium.uuid, FileVersion.objects.get().uuid)
    assert "We try." in text(editor.get(page))
    assert editor.get(file).status_code == 200
    rival = partner("Rivals")
    declared(draft.call, "Against", rival)
    act_for(rival, editor_user)
    shown = text(editor.get(page))
    assert "Together" in shown
    assert "so you read no more than names here" in shown
    for hidden in ("We try.", "Our drawings", "began the draft"):
        assert hidden not in shown
    assert "so you read no more than names here" in text(editor.get(file, follow=True))


def test_a_mailbox_beside_a_partner_keeps_no_staff_out(review: Round, editor_user: User) -> None:
    User.objects.filter(pk=editor_user.pk).update(email="staff@alpha.example")
    editor_user.refresh_from_db()
    assert refusal_to_read(editor_user, review.first) == ""
