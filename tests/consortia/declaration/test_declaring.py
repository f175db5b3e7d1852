"""Declaring: what is refused and why, once, withdrawn and declared anew, void when a partner goes; who hears of it."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from accounts.profile.to_do import tasks
from consortia.consortium.actions import RefusedError, Role
from consortia.consortium.models import Consortium, Entry, Member
from consortia.declaration import attested, declaring
from consortia.declaration.models import Declaration
from consortia.drafting import changing, membership, merging
from consortia.receipts import clock
from consortia.receipts.models import Receipt
from consortia.receipts.telling import Told, tell
from consortia.rules import setting
from consortia.sign_off import versions
from notifications.delivery.rendering import render
from notifications.outbox.models import Message
from partners.merging import relations
from tests.consortia.drafts.drafting import Draft, draft, mailed, new_draft, organisation

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]
__all__ = ["draft"]
ALL = {f"{who}@{name}.example" for who in ("owner", "editor") for name in ("lead", "joined")}


@pytest.fixture
def ready(draft: Draft) -> Draft:
    draft.make_ready()
    return draft


def refused(draft: Draft) -> str:
    with pytest.raises(RefusedError) as error:
        draft.declare()
    assert not Declaration.objects.standing().filter(consortium=draft.consortium).exists()
    return str(error.value)


def told(receipt: Receipt) -> Told:
    return tell(json.loads(receipt.payload), receipt)


def move_deadline(draft: Draft, **by: float) -> None:
    draft.call.deadlines.update(due_at=clock.now() + timedelta(**by))


def test_the_receipt_says_what_all_signed_and_when(ready: Draft) -> None:
    before = clock.now()
    receipt = ready.declare()
    assert before <= receipt.at <= clock.now()
    said = json.loads(receipt.payload)
    assert (said["kind"], said["number"], said["time"]) == ("declaration", receipt.number, clock.written(receipt.at))
    assert said["consortium"]["name"] == "Together"
    assert said["consortium"]["summary"] == {"en": "We try."}
    assert [(each["name"], each["lead"]) for each in said["organisations"]] == [("Lead", True), ("Joined", False)]
    assert said["organisations"][0]["tracks"] == ["training"]
    assert "Ann" not in receipt.payload
    ready.refresh()
    assert ready.consortium.status == Consortium.Status.DECLARED
    declaration = ready.consortium.declarations.get()
    assert (declaration.receipt, declaration.declared_at, declaration.ended_at) == (receipt, receipt.at, None)
    assert told(receipt).stands


def test_everybody_gets_the_receipt_by_mail_once(ready: Draft) -> None:
    receipt = ready.declare()
    assert ready.declare() == receipt
    assert mailed("consortium_declared") == ALL
    mails = Message.objects.filter(kind="consortia/consortium_declared")
    assert mails.count() == 4
    for mail in mails:
        text = render(mail, now=timezone.now()).text
        assert receipt.number in text
        assert receipt.digest in text
        assert f"/receipts/{receipt.number}/" in text


class TestRefused:
    def test_a_missing_signature_is_named(self, draft: Draft) -> None:
        said = refused(draft)
        assert "Lead, which leads, has not signed version" in said
        assert "Invited has not signed version" in said
        assert not Receipt.objects.exists()

    def test_an_old_signature_does_not_count(self, ready: Draft) -> None:
        seen = changing.seen_words(ready.consortium)
        changing.change_words(
            ready.consortium, name="Other", summary={"en": "x"}, seen=seen, by=ready.people[Role.LEAD_OWNER]
        )
        ready.sign(ready.lead, Role.LEAD_OWNER)
        said = refused(ready)
        assert "Joined has not signed" in said
        assert "Lead" not in said

    def test_a_rule_of_the_call_is_named_with_what_it_lacks(self, ready: Draft) -> None:
        none = setting.numbers(ready.call)
        setting.set_rules(ready.call, none | {"organisations": 3}, seen=none, by=ready.people[Role.NOBODY])
        assert refused(ready) == "Organisations: 2 of at least 3. One more is needed."

    def test_an_organisation_that_is_out_of_the_directory_is_named(self, ready: Draft) -> None:
        ready.joined.organisation.status = "hidden"
        ready.joined.organisation.save()
        assert "Joined is not in the directory any more" in refused(ready)

    def test_too_late_says_by_how_much_and_that_the_draft_stays(self, ready: Draft) -> None:
        move_deadline(ready, hours=-2, minutes=-5)
        said = refused(ready)
        assert "too late by 2\xa0hours, 5\xa0minutes" in said
        assert "The draft stays as it is" in said
        move_deadline(ready, seconds=-1)
        assert "too late by 1.0" in refused(ready)
        ready.refresh()
        assert ready.consortium.status == Consortium.Status.DRAFT

    def test_the_very_moment_of_the_deadline_is_too_late(self, ready: Draft, monkeypatch: pytest.MonkeyPatch) -> None:
        due_at = ready.call.deadlines.get().due_at
        monkeypatch.setattr(clock, "now", lambda: due_at)
        assert "too late by 0.000 seconds" in refused(ready)
        monkeypatch.setattr(clock, "now", lambda: due_at - timedelta(microseconds=1))
        assert ready.declare()

    @pytest.mark.parametrize("wrong", [timedelta(minutes=10), timedelta(minutes=-10)])
    def test_a_wrong_clock_of_the_web_machine_makes_no_difference(
        self, ready: Draft, monkeypatch: pytest.MonkeyPatch, wrong: timedelta
    ) -> None:
        right = timezone.now
        monkeypatch.setattr(timezone, "now", lambda: right() + wrong)
        move_deadline(ready, minutes=-5)
        assert "too late by 5\xa0minutes" in refused(ready)
        move_deadline(ready, minutes=5)
        assert ready.declare()


class TestSeveral:
    """Whether an organisation may be in several declarations of a call."""

    def _other(self, draft: Draft) -> Consortium:
        """Another consortium of the same call, declared, with Joined in it; Fourth leads."""
        lead, owner, _editor = organisation("Fourth")
        made = Consortium.objects.create(call=draft.call, name="The others", summary={"en": "x"})
        first = Member.objects.create(consortium=made, organisation=lead, status="joined", is_lead=True)
        second = Member.objects.create(consortium=made, organisation=draft.joined.organisation, status="joined")
        versions.renew(made)
        for member, by in ((first, owner), (second, draft.people[Role.MEMBER_OWNER])):
            draft_of = Draft(draft.call, made, first, second, second, {Role.LEAD_OWNER: by})
            draft_of.sign(member, Role.LEAD_OWNER)
        declaring.declare(made, by=owner)
        return made

    def test_without_the_rule_it_may(self, ready: Draft) -> None:
        self._other(ready)
        assert ready.declare()

    def test_with_the_rule_it_is_refused_and_named(self, ready: Draft) -> None:
        other = self._other(ready)
        none = setting.numbers(ready.call)
        setting.set_rules(ready.call, none | {"several": False}, seen=none, by=ready.people[Role.NOBODY])
        assert "Joined is in the declared consortium “The others”" in refused(ready)
        membership.leave(
            other, other.members.get(organisation=ready.joined.organisation), by=ready.people[Role.MEMBER_OWNER]
        )
        assert ready.declare()

    def test_what_the_reader_may_not_know_is_not_named(self, ready: Draft) -> None:
        self._other(ready)
        none = setting.numbers(ready.call)
        setting.set_rules(ready.call, none | {"several": False}, seen=none, by=ready.people[Role.NOBODY])
        ready.joined.organisation.status = "hidden"
        ready.joined.organisation.save()
        said = refused(ready)
        assert "Joined is in another declaration" in said
        assert "The others" not in said


class TestWithdrawing:
    def test_it_is_a_draft_again_and_all_hear_of_it(self, ready: Draft) -> None:
        receipt = ready.declare()
        lead = ready.people[Role.LEAD_OWNER]
        assert declaring.withdraw(ready.consortium, by=lead)
        assert not declaring.withdraw(ready.consortium, by=lead)
        assert mailed("declaration_withdrawn") == ALL
        ready.refresh()
        assert ready.consortium.status == Consortium.Status.DRAFT
        said = told(receipt)
        assert not said.stands
        assert "withdrawn" in said.standing

    def test_declared_again_there_is_a_new_receipt_and_the_old_one_says_so(self, ready: Draft) -> None:
        first = ready.declare()
        declaring.withdraw(ready.consortium, by=ready.people[Role.LEAD_OWNER])
        second = ready.declare()
        assert first.number != second.number
        said = told(first)
        assert (said.stands, said.replaced_by) == (False, second.number)
        assert "took its place" in said.standing
        assert told(second).stands

    def test_not_after_the_deadline(self, ready: Draft) -> None:
        receipt = ready.declare()
        move_deadline(ready, hours=-3)
        with pytest.raises(RefusedError, match="too late by 3"):
            declaring.withdraw(ready.consortium, by=ready.people[Role.LEAD_OWNER])
        assert told(receipt).stands

    def test_an_old_page_sent_again_undoes_nothing_that_came_since(self, ready: Draft) -> None:
        lead = ready.people[Role.LEAD_OWNER]
        first = declaring.declare(ready.consortium, by=lead, seen="")
        declaring.withdraw(ready.consortium, by=lead, seen=first.number)
        assert declaring.declare(ready.consortium, by=lead, seen="") == first, "that page was sent before"
        assert not Declaration.objects.standing().exists()
        second = declaring.declare(ready.consortium, by=lead, seen=first.number)
        assert not declaring.withdraw(ready.consortium, by=lead, seen=first.number)
        assert told(second).stands


class TestVoid:
    @pytest.mark.parametrize("is_late", [False, True])
    def test_who_leaves_voids_it_and_all_hear_what_to_do(self, ready: Draft, is_late: bool) -> None:
        receipt = ready.declare()
        if is_late:
            move_deadline(ready, hours=-3)
        assert membership.leave(ready.consortium, ready.joined, by=ready.people[Role.MEMBER_OWNER])
        assert not membership.leave(ready.consortium, ready.joined, by=ready.people[Role.MEMBER_OWNER])
        assert mailed("declaration_void") == ALL
        assert mailed("sign_again") == {"owner@lead.example"}
        ready.refresh()
        assert ready.consortium.status == Consortium.Status.DRAFT
        said = told(receipt)
        assert not said.stands
        assert "void since" in said.standing
        mail = Message.objects.get(kind="consortia/declaration_void", to_email="owner@lead.example")
        words = render(mail, now=timezone.now()).text
        assert ("write to the centre" in words) == is_late
        assert ("declare again" in words) != is_late

    def test_two_members_that_become_one_void_it(self, ready: Draft) -> None:
        receipt = ready.declare()
        payload = receipt.payload
        (relation,) = [each for each in relations.relations() if each.related_model is Member]
        assert relations._giving_way[Member] is merging.give_way
        relations.move(relation, kept=ready.lead.organisation, gone=ready.joined.organisation)
        receipt.refresh_from_db()
        assert receipt.payload == payload
        assert "void since" in told(receipt).standing
        assert Entry.objects.filter(action="void_merged", note=receipt.number).exists()

    def test_a_partner_merged_into_a_profile_outside_stays_in_it(self, ready: Draft) -> None:
        receipt = ready.declare()
        (relation,) = [each for each in relations.relations() if each.related_model is Member]
        relations.move(relation, kept=organisation("Kept")[0], gone=ready.joined.organisation)
        assert told(receipt).stands
        assert "Joined" in receipt.payload

    def test_who_declared_is_erased_and_the_receipt_stays(self, ready: Draft) -> None:
        receipt = ready.declare()
        ready.people[Role.LEAD_OWNER].delete()
        assert told(Receipt.objects.get()) == told(receipt)
        assert Entry.objects.get(action="declare").by is None

    def test_a_consortium_that_is_forgotten_leaves_its_receipt(self, ready: Draft) -> None:
        receipt = ready.declare()
        Consortium.objects.all().delete()
        said = attested.tell(json.loads(receipt.payload), Receipt.objects.get())
        assert (said.stands, said.standing) == (False, "Whether it still stands is not known here any more.")


def test_the_log_says_it(ready: Draft) -> None:
    receipt = ready.declare()
    declaring.withdraw(ready.consortium, by=ready.people[Role.LEAD_OWNER])
    found: Any = Entry.objects.order_by("-pk").values_list("action", "note")[:2]
    assert list(found) == [("withdraw_declaration", receipt.number), ("declare", receipt.number)]


def test_a_new_draft_has_none(db: Any) -> None:
    assert not new_draft().consortium.declarations.exists()


def test_my_page_tells_owners_of_the_lead_once_it_can_be_declared(draft: Draft) -> None:
    def is_told(role: Role) -> bool:
        return "Declare the partnership “Together”" in [task.text for task in tasks(draft.people[role], "en")]

    assert not is_told(Role.LEAD_OWNER), "not all have signed"
    draft.make_ready()
    assert is_told(Role.LEAD_OWNER)
    assert not is_told(Role.LEAD_EDITOR)
    assert not is_told(Role.MEMBER_OWNER)
    draft.declare()
    assert not is_told(Role.LEAD_OWNER)


def test_without_a_deadline_it_is_withdrawn_as_long_as_the_call_goes_on(ready: Draft) -> None:
    lead = ready.people[Role.LEAD_OWNER]
    ready.call.deadlines.update(governs="")
    ready.declare()
    ready.call.deadlines.update(due_at=timezone.now() - timedelta(days=2))
    with pytest.raises(RefusedError, match="The call is over"):
        declaring.withdraw(ready.consortium, by=lead)
    assert Declaration.objects.standing().exists()
