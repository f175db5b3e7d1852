"""Who acts for an organisation: invited by mail, changed, removed, gone; never without an owner."""

from datetime import timedelta

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.privacy import keeping
from accounts.users.models import User
from notifications.following import managing
from partners.members import links
from partners.members.inviting import OverError, WrongPersonError, accept, forget
from partners.members.models import LASTS, Invitation
from partners.organisations.models import Membership
from tests.factories.accounts import UserFactory
from tests.partners.people import House, address, house, mails, text
from tests.personas import signed_in

pytestmark = pytest.mark.django_db
__all__ = ["house"]

ASKED = {"email": "New@House.example", "role": "editor", "language": "nl"}


def _invited(house: House, **changed: str) -> Invitation:
    sent = ASKED | changed
    assert house.owners_client.post(address("invite", "house"), sent).status_code == 302
    return Invitation.objects.get(email=sent["email"].lower(), status="waiting")


def _link(invitation: Invitation) -> str:
    return address("invitation", links.token_of(invitation))


def test_an_invitation_leads_from_the_mail_to_the_organisation(house: House, client: Client) -> None:
    invitation = _invited(house)
    (mail,) = mails("invitation")
    assert (mail.to_email, mail.language) == ("new@house.example", "nl")
    assert mail.context["by"] == "Olu Owner"
    token = mail.context["accept_url"].rstrip("/").rpartition("/")[2]
    assert links.invitation_of(token) == invitation
    stranger = text(client.get(_link(invitation)))
    assert "new@house.example" in stranger
    assert "/accounts/login/?next=" in stranger
    user = UserFactory.create(email="new@house.example")
    new = signed_in(user)
    assert "Accept the invitation" in text(new.get(_link(invitation)))
    assert not user.memberships.exists(), "looking accepts nothing"
    assert new.post(_link(invitation)).status_code == 302
    assert user.memberships.get().role == Membership.Role.EDITOR
    # Sent once more: the same answer, and nothing twice.
    assert new.post(_link(invitation)).status_code == 302
    assert user.memberships.count() == 1


def test_somebody_else_is_told_what_to_do_and_cannot_accept(house: House) -> None:
    invitation = _invited(house)
    other = UserFactory.create(email="other@example.org")
    client = signed_in(other)
    page = text(client.get(_link(invitation)))
    assert "has not proved to hold that address" in page
    assert reverse("account_email") in page
    assert client.post(_link(invitation)).status_code == 403
    with pytest.raises(WrongPersonError):
        accept(invitation, by=other)
    assert not other.memberships.exists()
    # Once the address is proved to be theirs, the same link works.
    EmailAddress.objects.create(user=other, email="new@house.example", verified=True)
    assert client.post(_link(invitation)).status_code == 302
    assert other.memberships.exists()


def test_a_typed_address_is_no_proof(house: House) -> None:
    invitation = _invited(house)
    user = UserFactory.create(email="new@house.example", verified=False)
    assert signed_in(user).post(_link(invitation)).status_code == 403
    assert not user.memberships.exists()


@pytest.mark.parametrize("how", ["used", "taken back", "late", "forged", "replaced"])
def test_a_link_that_is_over_says_so_and_loses_nothing(house: House, how: str) -> None:
    invitation = _invited(house)
    link = _link(invitation)
    user = UserFactory.create(email="new@house.example")
    if how == "used":
        accept(invitation, by=user)
        user.memberships.all().delete()  # removed since; the old link brings nobody back
        other = UserFactory.create()
        answer = signed_in(other).get(link)
    else:
        if how == "taken back":
            withdraw = address("withdraw_invitation", "house", invitation.uuid)
            assert house.owners_client.get(withdraw).status_code == 200
            assert house.owners_client.post(withdraw).status_code == 302
        elif how == "late":
            Invitation.objects.update(sent_at=timezone.now() - LASTS - timedelta(minutes=1))
        elif how == "forged":
            link = address("invitation", "a.b-c_d")
        else:
            Invitation.objects.update(sent_at=timezone.now() - timedelta(days=1))
            assert _invited(house).uuid != invitation.uuid
        answer = signed_in(user).get(link)
    assert answer.status_code == (404 if how in {"forged", "replaced"} else 410)
    assert "does not work any more" in text(answer)
    assert signed_in(user).post(link).status_code == answer.status_code
    assert not user.memberships.exists()


def test_who_was_removed_does_not_come_back_by_the_used_link(house: House) -> None:
    invitation = _invited(house)
    user = UserFactory.create(email="new@house.example")
    accept(invitation, by=user)
    user.memberships.all().delete()
    invitation.refresh_from_db()
    with pytest.raises(OverError):
        accept(invitation, by=user)


def test_the_form_twice_is_one_invitation_and_one_mail(house: House) -> None:
    first, second = _invited(house), _invited(house)
    assert first.uuid == second.uuid
    assert len(mails("invitation")) == 1
    with time_machine.travel(timezone.now() + timedelta(hours=1)):
        assert _invited(house).uuid != first.uuid
    assert [mail.status for mail in mails("invitation")] == ["withdrawn", "queued"]
    assert Invitation.objects.count() == 1


def test_who_is_a_member_is_not_invited(house: House) -> None:
    answer = house.owners_client.post(address("invite", "house"), ASKED | {"email": "editor@house.example"})
    assert answer.status_code == 422
    assert "acts for the organisation already" in text(answer)
    assert not Invitation.objects.exists()


def test_an_invited_owner_who_is_an_editor_becomes_an_owner(house: House) -> None:
    EmailAddress.objects.create(user=house.editor, email="new@house.example", verified=True)
    accept(_invited(house, role="owner"), by=house.editor)
    assert house.membership_of(house.editor).role == Membership.Role.OWNER
    accept(_invited(house, email="new@house.example"), by=house.editor)
    assert house.membership_of(house.editor).role == Membership.Role.OWNER, "an editor's invitation takes nothing away"


def test_the_last_owner_names_another_first(house: House) -> None:
    own = house.membership_of(house.owner)
    asked = house.owners_client.get(address("leave", "house"))
    assert "You are the last owner." in text(asked)
    assert b"<button" not in asked.content.partition(b"<main")[2].partition(b"</main>")[0]
    for name, args, sent in (
        ("leave", ("house",), {}),
        ("remove", ("house", own.pk), {}),
        ("member", ("house", own.pk), {"role": "editor"}),
    ):
        answer = house.owners_client.post(address(name, *args), sent)
        assert answer.status_code in {409, 422}
        assert "Make somebody else an owner first" in text(answer)
    assert house.membership_of(house.owner).role == Membership.Role.OWNER
    other = house.membership_of(house.editor)
    assert house.owners_client.post(address("member", "house", other.pk), {"role": "owner"}).status_code == 302
    assert house.owners_client.post(address("leave", "house")).status_code == 302
    assert not house.owner.memberships.exists()
    (mail,) = mails("membership_changed")
    assert (mail.to_email, mail.context["now"]) == ("editor@house.example", "owner")


def test_who_is_removed_hears_of_it_and_finds_nothing_any_more(house: House) -> None:
    editor = house.membership_of(house.editor)
    assert house.editors_client.get(address("manage", "house")).status_code == 200
    assert house.owners_client.post(address("remove", "house", editor.pk)).status_code == 302
    assert [mail.context["now"] for mail in mails("membership_changed")] == [""]
    assert house.editors_client.get(address("manage", "house")).status_code == 404
    assert house.owners_client.post(address("remove", "house", editor.pk)).status_code == 404


def test_who_leaves_gets_no_mail(house: House) -> None:
    assert house.editors_client.get(address("leave", "house")).status_code == 200
    assert house.membership_of(house.editor)
    assert house.editors_client.post(address("leave", "house")).status_code == 302
    assert not house.editor.memberships.exists()
    assert not mails("membership_changed")


def test_an_editor_is_told_whom_to_ask(house: House) -> None:
    answer = house.editors_client.get(address("invite", "house"))
    assert answer.status_code == 403
    assert "Olu Owner" in text(answer)
    assert house.editors_client.post(address("invite", "house"), ASKED).status_code == 403
    assert not Invitation.objects.exists()
    page = text(house.editors_client.get(address("manage", "house")))
    assert "owner@house.example" not in page, "names suffice among colleagues"


def test_staff_may_name_an_owner_where_there_is_none(house: House, editor: Client, editor_user: User) -> None:
    own = house.membership_of(house.owner)
    assert editor.post(address("remove", "house", own.pk)).status_code == 302
    other = house.membership_of(house.editor)
    assert editor.post(address("member", "house", other.pk), {"role": "owner"}).status_code == 302
    assert house.membership_of(house.editor).role == Membership.Role.OWNER


def test_invitations_go_when_their_time_is_over_or_the_address_is_erased(house: House) -> None:
    _invited(house)
    _invited(house, email="second@house.example")
    managing.erase("New@house.example")
    assert [each.email for each in Invitation.objects.all()] == ["second@house.example"]
    forget()
    assert Invitation.objects.count() == 1
    Invitation.objects.update(sent_at=timezone.now() - keeping.of("invitations").span - timedelta(minutes=1))
    forget()
    assert not Invitation.objects.exists()


def test_many_members_cost_no_more_queries_than_two(house: House) -> None:
    counts = []
    for number in (2, 30):
        while house.organisation.memberships.count() < number:
            Membership.objects.create(organisation=house.organisation, user=UserFactory.create())
        house.owners_client.get(address("manage", "house"))
        with CaptureQueriesContext(connection) as asked:
            assert house.owners_client.get(address("manage", "house")).status_code == 200
        counts.append(len(asked))
    assert len(set(counts)) == 1, counts
    assert counts[0] <= 25
