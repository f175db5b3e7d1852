"""What becomes of a declaration when profiles are merged, and that nobody deletes one that is in a consortium."""

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db.models import ProtectedError
from django.test import Client
from django.urls import reverse
from django.utils import translation
from django.utils.translation import override

from accounts.privacy.keeping import erase_what_is_due
from consortia.consortium.actions import Role
from consortia.consortium.keeping_times import CONSORTIA
from consortia.consortium.models import Consortium, Member
from consortia.drafting import membership
from consortia.receipts.models import Receipt
from consortia.receipts.telling import tell
from consortia.sign_off import versions
from hub.changes import consequences
from hub.changes.consequences import Act
from partners.claims import claiming
from partners.claims.models import Claim
from partners.merging.merging import merge
from partners.merging.plan import plan
from partners.organisations.models import Organisation
from tests.consortia.drafts.drafting import Draft, draft, organisation
from tests.factories.partners import OrganisationFactory, term
from tests.partners.people import text

pytestmark = pytest.mark.django_db
__all__ = ["draft"]


@pytest.fixture(autouse=True)
def english(editor: Client) -> Iterator[None]:
    editor.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    with translation.override("en"):
        yield


@pytest.fixture
def ready(draft: Draft) -> Draft:
    draft.make_ready()
    return draft


def stands(receipt: Receipt) -> bool:
    return tell(json.loads(receipt.payload), receipt).stands


def merged(kept: Organisation, gone: Organisation, by: Any) -> Organisation:
    return merge(kept, gone, seen=plan(kept, gone).digest, by=by)


def out(ready: Draft) -> Organisation:
    """An organisation that was asked before, and is not in it: its tracks are no one's."""
    place = Member.objects.get(pk=ready.invited.pk)
    assert place.status not in Member.STANDING
    place.tracks.set([term("track", "financing")])
    return ready.invited.organisation


class TestMerging:
    def test_a_profile_that_never_was_in_it_goes_and_the_declaration_stands(
        self, ready: Draft, editor_user: Any
    ) -> None:
        gone, receipt = out(ready), ready.declare()
        before = versions.latest(ready.consortium)
        assert plan(ready.joined.organisation, gone).ends == []
        merged(ready.joined.organisation, gone, editor_user)
        ready.refresh()
        assert stands(receipt)
        assert ready.consortium.status == Consortium.Status.DECLARED
        assert versions.latest(ready.consortium) == before
        assert not Member.objects.get(pk=ready.joined.pk).tracks.exists()

    def test_what_was_signed_for_stays_where_the_profile_that_stays_never_was_in_it(
        self, ready: Draft, editor_user: Any
    ) -> None:
        kept, receipt = out(ready), ready.declare()
        before = versions.latest(ready.consortium)
        merged(kept, ready.lead.organisation, editor_user)
        ready.refresh()
        assert stands(receipt)
        assert versions.latest(ready.consortium) == before
        place = Member.objects.get(consortium=ready.consortium, organisation=kept)
        assert (place.pk, place.status, place.is_lead) == (ready.lead.pk, "joined", True)

    def test_two_that_are_both_in_it_void_it_and_staff_read_that_before(self, ready: Draft, editor: Client) -> None:
        receipt = ready.declare()
        kept, gone = ready.joined.organisation, ready.lead.organisation
        page = reverse("partners_admin_merge", args=[kept.pk, gone.pk])
        assert "The declaration of “Together” becomes void" in text(editor.get(page))
        seen = plan(kept, gone)
        assert editor.post(page, {"seen": seen.digest}).status_code == 302
        assert not stands(receipt)
        assert Member.objects.get(consortium=ready.consortium, organisation=kept).is_lead

    def test_what_was_declared_since_the_plan_was_read_is_another_plan(self, ready: Draft) -> None:
        before = plan(ready.joined.organisation, ready.lead.organisation)
        ready.declare()
        assert plan(ready.joined.organisation, ready.lead.organisation).digest != before.digest


class TestDeleting:
    def test_one_in_a_consortium_stays_and_staff_read_what_to_do(self, ready: Draft, administrator: Client) -> None:
        administrator.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
        receipt, (free, *_people) = ready.declare(), organisation("Free")
        one = ready.joined.organisation
        said = consequences.refusal([free, one], Act.DELETE)
        assert "this still needs it: 1 place in a consortium" in said
        assert "merge the two" in said
        place = reverse("wagtailsnippets_partners_organisation:delete", args=[one.pk])
        many = f"{reverse('wagtail_bulk_action', args=['partners', 'organisation', 'delete'])}?id={one.pk}"
        for address in (place, many):
            assert "this still needs it" in text(administrator.get(address, follow=True)), address
            administrator.post(address)
        assert Organisation.objects.filter(pk=one.pk).exists()
        assert stands(receipt)
        with pytest.raises(ProtectedError):
            one.delete()

    def test_one_in_none_goes(self, administrator: Client) -> None:
        free = OrganisationFactory.create()
        assert consequences.refusal([free], Act.DELETE) == ""
        administrator.post(
            f"{reverse('wagtail_bulk_action', args=['partners', 'organisation', 'delete'])}?id={free.pk}"
        )
        assert not Organisation.objects.filter(pk=free.pk).exists()

    def test_who_left_stays_on_record_until_the_consortium_is_forgotten(self, ready: Draft) -> None:
        one = ready.joined.organisation
        membership.leave(ready.consortium, ready.joined, by=ready.people[Role.MEMBER_OWNER])
        assert consequences.refusal([one], Act.DELETE)
        Consortium.objects.update(changed_at="2020-01-01T08:00Z")
        erase_what_is_due()
        assert not Consortium.objects.exists()
        assert consequences.refusal([one], Act.DELETE) == ""
        one.delete()

    def test_a_declared_one_is_forgotten_like_a_draft_and_the_table_says_so(self, ready: Draft) -> None:
        receipt = ready.declare()
        Consortium.objects.update(changed_at="2020-01-01T08:00Z")
        erase_what_is_due()
        assert not Consortium.objects.exists()
        assert Receipt.objects.filter(pk=receipt.pk).exists()
        with override("en"):
            assert "declared ones" in str(CONSORTIA.what)

    @pytest.mark.parametrize("forget", [claiming.forget, lambda: claiming.withdraw(Claim.objects.get())])
    def test_what_was_proposed_and_is_in_a_consortium_stays_without_its_claim(
        self, ready: Draft, editor_user: Any, forget: Callable[[], object]
    ) -> None:
        proposed = OrganisationFactory.create(status=Organisation.Status.PROPOSED)
        unused = OrganisationFactory.create(status=Organisation.Status.PROPOSED)
        ready.consortium.members.create(organisation=proposed)
        is_over = forget is claiming.forget
        decided = {"status": "refused", "decided_at": "2020-01-01T08:00Z"} if is_over else {}
        for each in (proposed, unused) if is_over else (proposed,):
            Claim.objects.create(organisation=each, user=editor_user, is_new=True, position="Head", **decided)
        forget()
        assert Organisation.objects.filter(pk=proposed.pk).exists()
        assert Organisation.objects.filter(pk=unused.pk).exists() != is_over
        assert not Claim.objects.waiting().exists()
