"""Two profiles of one organisation become one: all that hangs on either is there, and old addresses lead on."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation
from wagtail.models import ModelLogEntry

from consortia.conflicts.models import Lifting
from consortia.consortium.models import Consortium, Member
from consortia.interest.models import Interest
from consortia.introductions.models import Introduction
from consortia.reviewers.models import Reviewer
from events.programme.models import LinkedOrganisation
from learning.experience.models import Experience
from learning.questions.models import Question
from learning.voting.models import Vote
from notifications.subscriptions.models import Subscription
from partners.claims.models import Claim
from partners.duplicates.models import ComparedName, LikelyPair
from partners.exchange.models import Notice
from partners.members.models import FormerMembership, Invitation
from partners.merging.merging import MERGE, ChangedError, merge
from partners.merging.plan import plan
from partners.merging.relations import relations, rows
from partners.organisations.models import EarlierOrganisationSlug, Membership, Organisation, OrganisationText
from practices.mainstreaming.models import HookOrganisation, HookStatus, StageMove
from practices.practice.models.practice import Practice
from practices.reuse.models.reuses import Reuse
from tests.factories import learning
from tests.factories.accounts import UserFactory
from tests.factories.consortia import InterestFactory
from tests.factories.events import EventFactory
from tests.factories.exchange import NoticeFactory
from tests.factories.hub import CallFactory
from tests.factories.mainstreaming import SOURCE, hook, moved
from tests.factories.notifications import SubscriptionFactory
from tests.factories.partners import OrganisationFactory, term
from tests.factories.practices import PracticeFactory
from tests.factories.reuse import reported
from tests.partners.people import House, address, house, text

pytestmark = pytest.mark.django_db
__all__ = ["house"]


@pytest.fixture
def gone() -> Organisation:
    """The other profile, with a row of its own in every table that can name an organisation."""
    found = OrganisationFactory.create(
        slug="old-house",
        name="The Old House",
        vcode="V0001001",
        region="BE10",
        networks=["insisst"],
        texts={"en": {"summary": "Old words."}, "nl": {"summary": "Oude woorden."}},
    )
    EarlierOrganisationSlug.objects.create(organisation=found, slug="older-house")
    Membership.objects.create(organisation=found, user=UserFactory.create(), role=Membership.Role.OWNER)
    Invitation.objects.create(organisation=found, email="new@example.org", language="en")
    Claim.objects.create(organisation=found, user=UserFactory.create(), position="x")
    InterestFactory.create(call=CallFactory.create(), organisation=found)
    PracticeFactory.create(owner=found)
    LinkedOrganisation.objects.create(event=EventFactory.create(), organisation=found)
    NoticeFactory.create(organisation=found)
    reported(organisation=found)
    HookOrganisation.objects.create(hook=hook(), organisation=found)
    HookStatus.objects.create(hook=hook(status=""), organisation=found, status="idea", on=date(2020, 5, 1), **SOURCE)
    moved(PracticeFactory.create(), "3", "2020-05-01", organisation=found)
    other, call = OrganisationFactory.create(), CallFactory.create()
    Introduction.objects.create(from_organisation=found, to_organisation=other, call=call, message="x")
    Introduction.objects.create(from_organisation=other, to_organisation=found, call=CallFactory.create(), message="x")
    draft = Consortium.objects.create(call=call, name="x")
    Member.objects.create(consortium=draft, organisation=found)
    FormerMembership.objects.create(organisation=found, user=UserFactory.create(), began_at="2026-01-01T00:00Z")
    reviewer = Reviewer.objects.create(call=draft.call, user=UserFactory.create())
    Lifting.objects.create(reviewer=reviewer, consortium=draft, kind="member", organisation=found, reason="Long ago.")
    for first, second in ((found, OrganisationFactory.create()), (OrganisationFactory.create(), found)):
        LikelyPair.objects.create(first=first, second=second, two_at=timezone.now())
    asked = learning.question(owner_organisation=found)
    Experience.objects.create(question=asked, organisation=found, text="x", language="en")
    Vote.objects.create(round=learning.open_round(), organisation=found, number=1)
    ComparedName.objects.create(organisation=found, plain_name="the old house")
    found.terms = [term("theme", "19")]
    found.save()
    return found


# A new table or column that names an organisation needs its row above, and then goes over like the others.
KNOWN = {
    (Practice, "owner"),
    (LinkedOrganisation, "organisation"),
    (Interest, "organisation"),
    (Organisation.terms.through, "organisation"),
    (EarlierOrganisationSlug, "organisation"),
    (OrganisationText, "organisation"),
    (Membership, "organisation"),
    (FormerMembership, "organisation"),
    (Lifting, "organisation"),
    (Claim, "organisation"),
    (Notice, "organisation"),
    (Reuse, "organisation"),
    (HookOrganisation, "organisation"),
    (HookStatus, "organisation"),
    (StageMove, "organisation"),
    (Member, "organisation"),
    (Introduction, "from_organisation"),
    (Introduction, "to_organisation"),
    (Invitation, "organisation"),
    (LikelyPair, "first"),
    (LikelyPair, "second"),
    (ComparedName, "organisation"),
    (Question, "owner_organisation"),
    (Experience, "organisation"),
    (Vote, "organisation"),
}
# Of two texts in one language the one that stays is kept; the other stands in the history. Names are compared anew.
GOES = {OrganisationText: 1, ComparedName: 1}


def _merged(house: House, gone: Organisation, by: Any) -> Organisation:
    return merge(house.organisation, gone, seen=plan(house.organisation, gone).digest, by=by)


def test_every_relation_is_known_and_has_a_row(gone: Organisation) -> None:
    assert {(relation.related_model, relation.field.name) for relation in relations()} == KNOWN
    assert [relation for relation in relations() if not rows(relation, gone).exists()] == []


def test_everything_goes_over(house: House, gone: Organisation, editor_user: Any, client: Client) -> None:
    before = {relation: set(rows(relation, gone).values_list("pk", flat=True)) for relation in relations()}
    merged = _merged(house, gone, editor_user)
    assert not Organisation.objects.filter(slug="old-house").exists()
    for relation, keys in before.items():
        now = set(rows(relation, merged).values_list("pk", flat=True))
        lost = keys - now
        assert len(lost) == GOES.get(relation.related_model, 0), relation
    assert (merged.vcode, merged.region, merged.networks) == ("V0001001", term("region", "BE10"), ["insisst"])
    assert {each.language: each.summary for each in merged.texts.all()} == {
        "en": "Helps people start.",
        "nl": "Oude woorden.",
    }
    entry = ModelLogEntry.objects.get(action=MERGE)
    assert "Old words." in str(entry.data)
    for slug in ("old-house", "older-house"):
        answer = client.get(address("organisation", slug))
        assert (answer.status_code, answer["Location"]) == (301, address("organisation", "house"))


def test_another_sector_or_country_is_said_before(house: House) -> None:
    assert not plan(house.organisation, OrganisationFactory.create(texts={})).lost
    other = OrganisationFactory.create(sector="citizens", country="FI", texts={})
    with translation.override("en"):
        found = plan(house.organisation, other)
    assert found.lost == [("sector", "Citizens"), ("country", "Finland")]
    assert not found.filled


def test_what_staff_said_of_two_holds_for_what_stays(house: House, gone: Organisation, editor_user: Any) -> None:
    third = OrganisationFactory.create()
    LikelyPair.objects.create(first=house.organisation, second=third)
    LikelyPair.objects.create(first=third, second=gone, two_at=timezone.now(), two_by=editor_user)
    LikelyPair.objects.create(first=house.organisation, second=gone)
    merged = _merged(house, gone, editor_user)
    pair = LikelyPair.objects.get(first=merged, second=third)
    assert (pair.two_at is not None, pair.two_by) == (True, editor_user)
    assert not LikelyPair.objects.undecided().exists()


def test_who_followed_the_other_follows_what_stays(house: House, gone: Organisation, editor_user: Any) -> None:
    kept, other = f"organisation:{house.organisation.pk}", f"organisation:{gone.pk}"
    statuses = {"active": ("ACTIVE@x.be", "pending@x.be", "stopped@x.be", "alone@x.be"), "pending": ("asked@x.be",)}
    for status, emails in statuses.items():
        for email in emails:
            SubscriptionFactory.create(topic=other, email=email, status=status)
    for status in ("active", "pending", "stopped"):
        SubscriptionFactory.create(topic=kept, email=f"{status}@x.be", status=status)
    with translation.override("en"):
        assert ("people who follow it", 4) in plan(house.organisation, gone).moves
    _merged(house, gone, editor_user)
    found = Subscription.objects.to(kept).values_list("email", "status")
    expected = {"active": "active", "pending": "active", "stopped": "stopped", "alone": "active", "asked": "pending"}
    assert {email.split("@")[0]: status for email, status in found} == expected
    assert not Subscription.objects.to(other).exclude(status="stopped").exists()


def test_what_both_have_is_there_once(house: House, gone: Organisation, editor_user: Any) -> None:
    event = LinkedOrganisation.objects.get(organisation=gone).event
    LinkedOrganisation.objects.create(event=event, organisation=house.organisation)
    Membership.objects.create(organisation=gone, user=house.editor, role=Membership.Role.OWNER)
    house.organisation.terms = [term("theme", "19"), term("theme", "1")]
    house.organisation.save()
    Invitation.objects.create(organisation=house.organisation, email="new@example.org", language="nl")
    merged = _merged(house, gone, editor_user)
    assert LinkedOrganisation.objects.filter(event=event).count() == 1
    assert house.membership_of(house.editor).role == Membership.Role.OWNER, "the better of the two roles"
    assert {each.code for each in merged.terms.all()} == {"1", "19"}
    assert merged.invitations.waiting().count() == 1


def test_a_version_that_waits_keeps_its_owner(house: House, gone: Organisation, editor_user: Any) -> None:
    practice = Practice.objects.get(owner=gone)
    practice.save_revision()
    merged = _merged(house, gone, editor_user)
    assert practice.revisions.get().as_object().owner_id == merged.pk


def test_a_profile_that_nobody_saw_leaves_no_address(house: House, gone: Organisation, editor_user: Any) -> None:
    Organisation.objects.filter(pk=gone.pk).update(status="proposed")
    _merged(house, Organisation.objects.get(pk=gone.pk), editor_user)
    assert not EarlierOrganisationSlug.objects.filter(slug="old-house").exists()


def test_what_changed_since_it_was_seen_stops_it(house: House, gone: Organisation, editor_user: Any) -> None:
    seen = plan(house.organisation, gone).digest
    PracticeFactory.create(owner=gone)
    with pytest.raises(ChangedError):
        merge(house.organisation, gone, seen=seen, by=editor_user)
    assert Organisation.objects.filter(slug="old-house").exists()
    with pytest.raises(ChangedError):
        merge(house.organisation, house.organisation, seen=seen, by=editor_user)


def test_staff_see_what_moves_before_they_confirm(house: House, gone: Organisation, editor: Client) -> None:
    choose = reverse("partners_admin_merge_choose", args=[house.organisation.pk])
    assert editor.get(choose).status_code == 200
    there = editor.get(choose, {"other": gone.pk})
    confirm = reverse("partners_admin_merge", args=[house.organisation.pk, gone.pk])
    assert there["Location"] == confirm
    page = text(editor.get(confirm))
    for said in ("Practice: 1", "Interest: 1", "Membership: 1", "V0001001", "Old words."):
        assert said in page, said
    assert Organisation.objects.filter(slug="old-house").exists(), "looking merges nothing"
    assert "Something changed meanwhile" in text(editor.post(confirm, {"seen": "x"}))
    seen = plan(house.organisation, gone).digest
    assert editor.post(confirm, {"seen": seen}).status_code == 302
    assert not Organisation.objects.filter(slug="old-house").exists()
    assert editor.post(confirm, {"seen": seen}).status_code == 404
