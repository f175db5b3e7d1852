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
from consortia.reviewers import appointing
from consortia.reviewers.models import Reviewer
from partners.organisations.models import Membership, Organisation
from tests.consortia.board.boards import at
from tests.consortia.drafts.drafting import Draft, draft
from tests.consortia.drafts.working import document
from tests.consortia.partnering import text
from tests.consortia.proposal.proposing import Proposing, proposing
from tests.consortia.reviews.reviewing import Round, declared, partner, review
from tests.personas import signed_in

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


def test_who_acts_for_a_partner_lists_no_recommendations(
    review: Round, editor_user: User, editor: Client, administrator_user: User
) -> None:
    for each in (review.first, review.second):
        review.hand_in(review.reviewer, each)
        review.settle(each)
    releasing.release(review.call, by=administrator_user)
    asked = at("consortia", review.call.pk, stage="recommended")
    assert "Second" in text(editor.get(asked))
    act_for(lead_of(review.first), editor_user)
    for page in (asked, f"{asked}&export=csv", f"{asked}&q=Second"):
        answer = editor.get(page)
        assert answer.status_code == 302, page
        assert answer["Location"] == at("consortia", review.call.pk)
    assert "Ask a colleague who acts for none" in text(editor.get(asked, follow=True))
    assert "Second" in text(editor.get(at("consortia", review.call.pk, stage="declared"))), "this is no secret"


def test_who_acts_for_a_partner_of_a_draft_appoints_and_dismisses_nobody(
    draft: Draft, editor_user: User, editor: Client, administrator_user: User
) -> None:
    page = f"/admin/consortia/calls/{draft.call.pk}/reviewing/"
    form = {"email": "friend@friend.example", "role": "reviewer", "language": "en"}
    reviewer = appointing.appoint(draft.call, email="r@r.example", role="chair", by=administrator_user)
    end = f"{page}{reviewer.pk}/end/"
    own = act_for(lead_of(draft.consortium), editor_user)
    shown = text(editor.get(page))
    assert "so you do not say who reviews it" in shown
    assert "Give the role" not in shown
    assert end not in shown
    editor.post(page, form)
    editor.post(end)
    assert list(Reviewer.objects.active()) == [reviewer]
    assert signed_in(administrator_user).post(end).status_code == 302
    assert not Reviewer.objects.active().exists()
    own.delete()
