"""Signing: for the very text, void when it changes, told to who has to know; two at once; hidden, merged, removed."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from django.core import signing
from django.db import Error, connection, connections, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.privacy.keeping import erase_what_is_due
from consortia.consortium.actions import RefusedError, Role
from consortia.consortium.log import line
from consortia.consortium.models import Consortium, Entry, Member
from consortia.drafting import beginning, changing, membership, merging, workspace
from consortia.rules import as_read, setting
from consortia.sign_off import answering, links, text, versions
from consortia.sign_off.models import SignOff
from notifications.delivery.rendering import render
from notifications.outbox.models import Message
from partners.merging import relations
from partners.organisations.models import Membership
from tests.consortia.drafts.drafting import Draft, draft, mailed, new_draft, organisation
from tests.consortia.partnering import address
from tests.consortia.partnering import text as text_of
from tests.factories.accounts import UserFactory
from tests.factories.partners import term

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]
__all__ = ["draft"]


def _change(draft: Draft, name: str = "Further together", role: Role = Role.LEAD_EDITOR) -> None:
    held = Consortium.objects.get(pk=draft.consortium.pk)
    by = draft.people[role]
    changing.change_words(held, name=name, summary={"en": "x"}, seen=changing.seen_words(held), by=by)


def test_a_change_in_substance_voids_and_asks_those_again_who_had_signed(draft: Draft) -> None:
    draft.sign(draft.joined, Role.MEMBER_OWNER)
    assert draft.is_signed(draft.joined)
    _change(draft)
    assert not draft.is_signed(draft.joined)
    assert mailed("sign_again") == {"owner@joined.example"}
    _change(draft, "Further still")
    assert Message.objects.filter(kind="consortia/sign_again").count() == 1
    draft.sign(draft.joined, Role.MEMBER_OWNER)
    assert draft.is_signed(draft.joined)
    assert mailed("sign_again") == set()


def test_what_is_no_change_in_substance_voids_nothing(draft: Draft) -> None:
    draft.sign(draft.joined, Role.MEMBER_OWNER)
    draft.joined.organisation.name = "Renamed"
    draft.joined.organisation.save()
    versions.renew(draft.consortium)
    draft.sign(draft.invited, Role.INVITED_OWNER)
    assert draft.is_signed(draft.joined)
    assert draft.is_signed(draft.invited)
    assert mailed("consortium_confirmed") == {"owner@lead.example", "editor@lead.example"}
    assert mailed("sign_again") == set()


def test_another_text_than_the_one_read_is_not_signed(draft: Draft) -> None:
    number = versions.latest(draft.consortium).number
    _change(draft)
    with pytest.raises(answering.ChangedError):
        answering.confirm(draft.consortium, draft.invited, number=number, by=draft.people[Role.INVITED_OWNER])
    assert not SignOff.objects.filter(member=draft.invited).exists()


def test_who_is_invited_gets_a_link_of_their_own(draft: Draft) -> None:
    other, owner, editor = organisation("Fourth")
    membership.invite(draft.consortium, other, by=draft.people[Role.LEAD_EDITOR])
    assert mailed("consortium_invited") == {owner.email}
    mail = Message.objects.get(kind="consortia/consortium_invited")
    member = draft.consortium.members.get(organisation=other)
    token = mail.context["url"].rstrip("/").split("/")[-1]
    assert links.of_token(token) == (member, owner)
    assert mail.context["url"] in render(mail, now=timezone.now()).text
    membership.withdraw_invitation(draft.consortium, member, by=draft.people[Role.LEAD_OWNER])
    assert links.of_token(token) is None
    assert mailed("consortium_invited") == set()
    assert mailed("consortium_removed") == {owner.email, editor.email}


def test_who_declines_is_out_and_the_lead_reads_why(draft: Draft) -> None:
    answering.decline(draft.consortium, draft.invited, reason="No people.", by=draft.people[Role.INVITED_OWNER])
    assert mailed("consortium_declined") == {"owner@lead.example", "editor@lead.example"}
    found = [each["name"] for each in versions.latest(draft.consortium).text["members"]]
    assert found == ["Lead", "Joined"]
    membership.invite(draft.consortium, draft.invited.organisation, by=draft.people[Role.LEAD_OWNER])
    assert draft.status(draft.invited) == "invited"


def test_the_lead_goes_over_and_those_who_hear_of_the_end_are_all_others(draft: Draft) -> None:
    membership.hand_over(draft.consortium, draft.joined, by=draft.people[Role.LEAD_OWNER])
    assert mailed("consortium_handed_over") == {"owner@joined.example", "editor@joined.example"}
    with pytest.raises(RefusedError):
        beginning.give_up(draft.consortium, by=draft.people[Role.LEAD_OWNER])
    beginning.give_up(draft.consortium, by=draft.people[Role.MEMBER_OWNER])
    names = ("lead", "invited")
    assert mailed("consortium_given_up") == {f"{who}@{name}.example" for who in ("owner", "editor") for name in names}


@pytest.mark.django_db(transaction=True)
def test_two_owners_at_once_sign_once_and_two_editors_do_not_overwrite(set_up_anew: None) -> None:
    there = new_draft()
    second = UserFactory.create()
    Membership.objects.create(organisation=there.invited.organisation, user=second, role="owner")
    number = versions.latest(there.consortium).number
    seen = changing.seen_words(Consortium.objects.get(pk=there.consortium.pk))

    def sign(by: Any) -> bool:
        try:
            return answering.confirm(there.consortium, there.invited, number=number, by=by)
        finally:
            connections.close_all()

    def write(role: Role) -> str:
        try:
            by = there.people[role]
            changing.change_words(there.consortium, name=role, summary={"en": role}, seen=seen, by=by)
        except changing.ChangedError as changed:
            return changed.entry.organisation_name if changed.entry else "?"
        finally:
            connections.close_all()
        return ""

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(sign, [there.people[Role.INVITED_OWNER], second] * 2)) == [False, False, False, True]
        told = list(pool.map(write, [Role.LEAD_EDITOR, Role.MEMBER_EDITOR]))
    assert sorted(told) in (["", "Joined"], ["", "Lead"])
    assert Entry.objects.filter(action="change_words").count() == 1


def test_who_is_removed_sees_and_does_nothing_more(draft: Draft) -> None:
    membership.remove(draft.consortium, draft.joined, by=draft.people[Role.LEAD_OWNER])
    person = draft.people[Role.MEMBER_OWNER]
    assert not Consortium.objects.of_person(person).exists()
    with pytest.raises(RefusedError):
        draft.sign(draft.joined, Role.MEMBER_OWNER)
    assert mailed("consortium_removed") == {"owner@joined.example", "editor@joined.example"}


def test_a_link_of_before_opens_nothing_once_the_organisation_is_invited_anew(draft: Draft) -> None:
    lead, organisation = draft.people[Role.LEAD_OWNER], draft.invited.organisation
    old = links.token_of(draft.invited, draft.people[Role.INVITED_OWNER])
    membership.withdraw_invitation(draft.consortium, draft.invited, by=lead)
    assert membership.invite(draft.consortium, organisation, by=lead)
    assert links.of_token(old) is None
    answer = Client().get(address("sign_by_mail", old))
    assert answer.status_code == 404
    assert "This link does not work any more" in text_of(answer)
    mail = Message.objects.filter(kind="consortia/consortium_invited", to_email="owner@invited.example").latest("pk")
    assert Client().get(mail.context["url"]).status_code == 200
    assert links.of_token(signing.dumps([draft.invited.pk, 1], salt=links.SALT)) is None, "of another form"


def test_who_left_the_organisation_signs_no_more(draft: Draft) -> None:
    token = links.token_of(draft.invited, draft.people[Role.INVITED_OWNER])
    assert links.of_token(token)
    Membership.objects.filter(user=draft.people[Role.INVITED_OWNER]).delete()
    assert links.of_token(token) is None
    with pytest.raises(RefusedError):
        draft.sign(draft.invited, Role.INVITED_OWNER)


def test_a_hidden_organisation_neither_signs_nor_counts(draft: Draft) -> None:
    none = setting.numbers(draft.call)
    setting.set_rules(draft.call, none | {"organisations": 3}, seen=none, by=draft.people[Role.NOBODY])
    lead = draft.people[Role.LEAD_OWNER]
    assert [(each.has, each.lack) for each in workspace.facts(draft.consortium, lead)["checks"]] == [(3, "")]
    draft.invited.organisation.status = "hidden"
    draft.invited.organisation.save()
    with pytest.raises(RefusedError):
        draft.sign(draft.invited, Role.INVITED_OWNER)
    (check,) = workspace.facts(draft.consortium, lead)["checks"]
    assert (check.has, check.is_met, check.lack) == (2, False, "One more is needed.")


def test_rules_that_somebody_changed_meanwhile_are_not_overwritten(draft: Draft) -> None:
    none = setting.numbers(draft.call)
    staff = draft.people[Role.NOBODY]
    assert setting.set_rules(draft.call, none | {"countries": 3}, seen=none, by=staff)
    assert not setting.set_rules(draft.call, none | {"countries": 3}, seen=none, by=staff)
    with pytest.raises(as_read.ChangedError):
        setting.set_rules(draft.call, none | {"countries": 2}, seen=none, by=staff)


def test_the_page_costs_the_same_however_many_are_in_it(draft: Draft) -> None:
    def cost() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            workspace.facts(Consortium.objects.select_related("call").get(pk=draft.consortium.pk), person)
        return len(queries)

    person = draft.people[Role.LEAD_OWNER]
    before = cost()
    for number in range(5):
        other = organisation(f"More{number}")[0]
        made = Member.objects.create(consortium=draft.consortium, organisation=other)
        made.tracks.add(term("track", "training"))
    assert cost() == before


def test_a_merged_organisation_goes_on_and_keeps_its_signature(draft: Draft) -> None:
    draft.sign(draft.joined, Role.MEMBER_OWNER)
    kept = organisation("Kept")[0]
    _merge(draft.joined, kept)
    versions.renew(draft.consortium)
    assert Member.objects.get(pk=draft.joined.pk).organisation == kept
    assert draft.is_signed(draft.joined)


def test_of_two_that_become_one_the_lead_stays(draft: Draft) -> None:
    draft.sign(draft.joined, Role.MEMBER_OWNER)
    _merge(draft.lead, draft.joined.organisation)
    stays = Member.objects.get(consortium=draft.consortium, is_lead=True)
    assert stays == draft.joined
    assert [track.code for track in stays.tracks.all()] == ["training"]
    assert not draft.is_signed(draft.joined)
    assert line(draft.consortium.entries.latest("pk")).text == "The profiles of Joined and Lead became one."


def _merge(gone: Member, kept: Any) -> None:
    (relation,) = [each for each in relations.relations() if each.related_model is Member]
    assert relations._giving_way[Member] is merging.give_way
    relations.move(relation, kept=kept, gone=gone.organisation)


def test_nobody_edits_the_log_and_it_goes_with_its_consortium(draft: Draft) -> None:
    entries = draft.consortium.entries
    for against in (lambda: entries.update(note="x"), lambda: entries.all().delete()):
        with pytest.raises(Error), transaction.atomic():
            _now(against)
    draft.people[Role.LEAD_OWNER].delete()
    assert entries.filter(action="begin", by=None).exists()
    Consortium.objects.update(changed_at=timezone.now() - timedelta(days=731))
    _now(erase_what_is_due)
    assert not Entry.objects.exists()


def _now(act: Callable[[], Any]) -> None:
    """What the database would say at the end of the transaction."""
    act()
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_changes_are_told_in_sentences(draft: Draft) -> None:
    before = text.canonical(draft.consortium)
    _change(draft)
    membership.hand_over(draft.consortium, draft.joined, by=draft.people[Role.LEAD_OWNER])
    now = text.canonical(Consortium.objects.get(pk=draft.consortium.pk))
    said = text.changes(before, now)
    assert said == ["The name was “Together”.", "The summary changed.", "Joined leads now."]
