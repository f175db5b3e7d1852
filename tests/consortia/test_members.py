"""The interest of an organisation belongs to all its people: they see, change and withdraw it, and it is one."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connections
from django.db.models.functions import Now
from django.test import Client

from accounts.users.models import User
from calls.chain.models import Call, Deadline
from consortia.interest import links
from consortia.interest.models import Interest
from consortia.interest.registration import register_interest
from notifications.outbox.models import Message
from partners.claims.claiming import claim
from partners.claims.deciding import accept
from partners.merging.merging import merge
from partners.merging.plan import plan
from partners.organisations.models import Membership, Organisation
from tests.consortia.test_interests import address, answers, filled_in, in_a_week
from tests.factories.accounts import UserFactory
from tests.factories.consortia import InterestFactory
from tests.factories.partners import OrganisationFactory, public_call
from tests.partners.people import House, house
from tests.personas import signed_in
from tests.public_forms import Page

pytestmark = pytest.mark.django_db
__all__ = ["house"]


@pytest.fixture
def call() -> Call:
    return public_call(due_at=in_a_week(), title="Together")


def registered(call: Call, house: House, **changed: Any) -> Interest:
    """The owner sent the form."""
    sent = {"organisation": house.organisation.pk, "email": house.owner.email, "organisation_name": "", "sector": ""}
    house.owners_client.post(address("interest", call.pk), filled_in(**sent | changed))
    return Interest.objects.get(status="confirmed")


def change_page(client: Client, interest: Interest) -> dict[str, Any]:
    return Page(client.get(address("change_interest", interest.uuid)).content.decode()).sent


def test_every_member_sees_it_changes_it_and_withdraws_it(call: Call, house: House) -> None:
    interest = registered(call, house)
    opened = house.editors_client.get(address("interest", call.pk))
    assert opened["Location"] == address("change_interest", interest.uuid)
    page = house.editors_client.get(opened["Location"]).content.decode()
    assert "We bring a building." in page
    assert house.owner.email not in page
    sent = change_page(house.editors_client, interest) | {"role": "lead", "offers": "We bring a boat."}
    assert house.editors_client.post(address("change_interest", interest.uuid), sent).status_code == 302
    interest.refresh_from_db()
    assert (interest.role, interest.offers, interest.contact_name) == ("lead", "We bring a boat.", "Coordinator")
    told = Message.objects.filter(kind="consortia/interest_received")
    assert {message.to_email for message in told} == {house.owner.email}
    undo = f'href="{address("change_interest", interest.uuid)}">Interest of'
    assert undo not in house.owners_client.get("/en/my/").content.decode()
    house.editors_client.post(address("withdraw_own_interest", interest.uuid))
    interest.refresh_from_db()
    assert interest.status == "withdrawn"
    assert undo in house.owners_client.get("/en/my/").content.decode(), "the way back stands on my page"
    again = house.editors_client.get(address("interest", call.pk)).content.decode()
    assert "We bring a boat." in again, "registering again undoes it"
    sent = Page(again).sent
    assert sent["email"] == house.editor.email
    house.editors_client.post(address("interest", call.pk), sent | {"rendered": filled_in()["rendered"]})
    assert Interest.objects.get(status="confirmed").offers == "We bring a boat."


def test_however_many_members_send_the_form_it_is_one(call: Call, house: House) -> None:
    first = registered(call, house)
    sent = filled_in(organisation=house.organisation.pk, email=house.editor.email, contact_name="Edi Editor")
    for _time in range(2):
        assert house.editors_client.post(address("interest", call.pk), sent).status_code == 302
    interest = Interest.objects.get()
    assert (interest.pk, interest.email) == (first.pk, house.owner.email)
    assert interest.contact_name == "Coordinator", "the mails still go there"
    assert Message.objects.count() == 1


def test_other_answers_about_what_stands_are_refused_and_nothing_is_overwritten(call: Call, house: House) -> None:
    """Neither by the name in the list nor by the name that is typed."""
    first = registered(call, house)
    for organisation, client, email in (
        (house.organisation.pk, house.editors_client, house.editor.email),
        ("", house.owners_client, house.owner.email),
    ):
        sent = filled_in(organisation=organisation, email=email, offers="Words to keep.", role="partner")
        refused = client.post(address("interest", call.pk), sent)
        assert refused.status_code == 409
        page = refused.content.decode()
        assert "House of Ideas has already shown interest in this call. Nothing was overwritten" in page
        assert "Words to keep." in page
        assert address("change_interest", first.uuid) in page
    interest = Interest.objects.get()
    assert (interest.role, interest.offers) == ("either", "We bring a building.")
    assert Message.objects.count() == 1


def test_what_waits_for_a_typed_address_gives_way_to_who_proved_theirs(call: Call, house: House) -> None:
    sent = {"organisation": house.organisation.pk, "organisation_name": "", "sector": ""}
    house.owners_client.post(address("interest", call.pk), filled_in(**sent, email="typo@example.org"))
    waits = Interest.objects.get()
    assert waits.status == "pending"
    house.editors_client.post(address("interest", call.pk), filled_in(**sent, email=house.editor.email))
    assert Interest.objects.get(status="confirmed").email == house.editor.email
    assert links.interest_to_confirm(links.confirm_token(waits)) is None


def test_the_database_keeps_one_that_stands(call: Call, house: House) -> None:
    InterestFactory.create(call=call, organisation=house.organisation, status="withdrawn")
    InterestFactory.create(call=call, organisation=house.organisation)
    InterestFactory.create(call=public_call(), organisation=house.organisation)
    with pytest.raises(IntegrityError, match="one_of_an_organisation_stands"):
        InterestFactory.create(call=call, organisation=house.organisation, status="pending")


def test_strangers_find_nothing(call: Call, house: House, client: Client, partner: Client) -> None:
    interest = registered(call, house)
    for name in ("change_interest", "withdraw_own_interest"):
        assert partner.post(address(name, interest.uuid)).status_code == 404
        assert "/accounts/login/" in client.post(address(name, interest.uuid))["Location"]
    interest.refresh_from_db()
    assert interest.status == "confirmed"


def test_who_no_longer_acts_for_it_finds_it_no_more(call: Call, house: House) -> None:
    """Though the mails went to them."""
    interest = registered(call, house)
    house.membership_of(house.owner).delete()
    assert house.owners_client.get(address("change_interest", interest.uuid)).status_code == 404
    assert "Together" not in house.owners_client.get("/en/my/").content.decode()
    assert house.editors_client.get(address("change_interest", interest.uuid)).status_code == 200


def test_a_member_becomes_the_contact(call: Call, house: House) -> None:
    """What they had under the same name goes into it."""
    interest = registered(call, house)
    before = InterestFactory.create(
        call=call, email=house.editor.email, organisation_name="house of ideas", status="withdrawn"
    )
    sent = change_page(house.editors_client, interest) | {"is_contact": "on"}
    house.editors_client.post(address("change_interest", interest.uuid), sent)
    interest.refresh_from_db()
    assert (interest.email, interest.contact_name, interest.user) == (house.editor.email, "Edi Editor", house.editor)
    assert Message.objects.latest("pk").to_email == house.editor.email
    before.refresh_from_db()
    assert (before.status, before.merged_into) == ("withdrawn", interest)


def test_nobody_overwrites_unseen_what_somebody_else_changed(call: Call, house: House) -> None:
    interest = registered(call, house)
    path = address("change_interest", interest.uuid)
    mine, theirs = change_page(house.owners_client, interest), change_page(house.editors_client, interest)
    house.owners_client.post(path, mine | {"offers": "A boat."})
    refused = house.editors_client.post(path, theirs | {"offers": "A bridge."})
    assert refused.status_code == 422
    page = refused.content.decode()
    assert "Somebody changed it while you were writing" in page
    assert "A boat." in page
    interest.refresh_from_db()
    assert interest.offers == "A boat."
    house.editors_client.post(path, Page(page).sent)
    interest.refresh_from_db()
    assert interest.offers == "A bridge."
    number = Message.objects.count()
    house.editors_client.post(path, Page(page).sent)
    assert Message.objects.count() == number, "sent twice it is one change"


def test_after_the_deadline_it_can_only_be_withdrawn(call: Call, house: House) -> None:
    interest = registered(call, house)
    sent = change_page(house.owners_client, interest) | {"offers": "Something new."}
    assert "Change the answers" in house.owners_client.get("/en/my/").content.decode()
    Deadline.objects.filter(call=call).update(due_at=Now() - timedelta(seconds=1))
    late = house.owners_client.post(address("change_interest", interest.uuid), sent)
    assert late.status_code == 409
    assert "Something new." in late.content.decode()
    page = house.owners_client.get("/en/my/").content.decode()
    assert "Change the answers" not in page
    assert address("withdraw_own_interest", interest.uuid) in page
    house.owners_client.post(address("withdraw_own_interest", interest.uuid))
    interest.refresh_from_db()
    assert interest.status == "withdrawn"


def test_whoever_knows_the_address_takes_it_away_from_no_organisation(call: Call, house: House, client: Client) -> None:
    sent = {"organisation": house.organisation.pk, "organisation_name": "", "sector": ""}
    house.owners_client.post(address("interest", call.pk), filled_in(**sent, email="desk@house.example"))
    client.post(address("interest", call.pk), filled_in(email="desk@house.example"))
    assert Interest.objects.get().organisation == house.organisation


def by_mail(call: Call, **changed: Any) -> Interest:
    return InterestFactory.create(
        call=call, **{"email": "new@house.example", "organisation_name": "HOUSE of ideas"} | changed
    )


def accepted(organisation: Organisation) -> User:
    user = UserFactory.create(email="new@house.example")
    accept(claim(organisation, by=user, position="Director"), how="phone", by=UserFactory.create())
    return user


def test_an_accepted_claim_brings_the_interests_made_by_mail(call: Call) -> None:
    organisation = OrganisationFactory.create(name="House of Ideas")
    made, other_name = by_mail(call), by_mail(call, organisation_name="Hall of Ideas")
    of_others, gone = by_mail(call, email="other@house.example"), by_mail(public_call(), status="withdrawn")
    namesake = OrganisationFactory.create(name="House of Ideas")
    theirs = by_mail(public_call(), organisation=namesake)
    user = accepted(organisation)
    for interest in (made, other_name, of_others, gone, theirs):
        interest.refresh_from_db()
    assert theirs.organisation == namesake
    assert (made.organisation, made.user) == (organisation, user)
    assert [each.organisation for each in (other_name, of_others, gone)] == [None] * 3
    assert "Change the answers" in signed_in(user).get("/en/my/").content.decode()


def test_where_the_organisation_shows_interest_already_that_goes_on(call: Call) -> None:
    organisation = OrganisationFactory.create(name="House of Ideas")
    stands = InterestFactory.create(call=call, organisation=organisation)
    made = by_mail(call)
    accepted(organisation)
    made.refresh_from_db()
    assert (made.status, made.merged_into) == ("merged", stands)
    assert links.interest_to_withdraw(links.withdraw_token(made)) == stands


def test_what_counts_goes_on_before_what_waits(call: Call, house: House) -> None:
    """However two interests come to be those of one organisation, and whichever was there first."""
    waits = {"status": "pending", "confirmed_at": None}
    claimed = OrganisationFactory.create(name="House of Ideas")
    first = InterestFactory.create(call=call, organisation=claimed, **waits)
    counts = by_mail(call)
    accepted(claimed)
    gone = OrganisationFactory.create(name="The Old House")
    second = InterestFactory.create(call=call, organisation=house.organisation, **waits)
    merged = InterestFactory.create(call=call, organisation=gone)
    merge(house.organisation, gone, seen=plan(house.organisation, gone).digest, by=UserFactory.create())
    for waiting, counting, organisation in ((first, counts, claimed), (second, merged, house.organisation)):
        waiting.refresh_from_db()
        counting.refresh_from_db()
        assert (waiting.status, waiting.merged_into) == ("merged", counting)
        assert (counting.status, counting.organisation) == ("confirmed", organisation)


def test_two_organisations_that_become_one_keep_one_interest_and_lose_none(call: Call, house: House) -> None:
    gone = OrganisationFactory.create(name="The Old House")
    stands = InterestFactory.create(call=call, organisation=house.organisation)
    theirs, elsewhere = (InterestFactory.create(call=each, organisation=gone) for each in (call, public_call()))
    merge(house.organisation, gone, seen=plan(house.organisation, gone).digest, by=UserFactory.create())
    theirs.refresh_from_db()
    elsewhere.refresh_from_db()
    assert (theirs.status, theirs.merged_into, theirs.organisation) == ("merged", stands, house.organisation)
    assert (elsewhere.status, elsewhere.organisation) == ("confirmed", house.organisation)


def test_who_acts_for_two_organisations_registers_each(call: Call, house: House) -> None:
    other = OrganisationFactory.create(name="Other House")
    Membership.objects.create(organisation=other, user=house.owner)
    registered(call, house)
    page = house.owners_client.get(address("interest", call.pk), {"another": "1"}).content.decode()
    assert "House of Ideas has already shown interest in this call." in page
    sent = filled_in(organisation=other.pk, email=house.owner.email, organisation_name="", sector="")
    house.owners_client.post(address("interest", call.pk), sent)
    assert {each.organisation for each in Interest.objects.standing()} == {house.organisation, other}


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("set_up_anew")
def test_ten_members_at_once_are_one_interest() -> None:
    call = Call.objects.create(title="The call")
    organisation = OrganisationFactory.create()
    people = [UserFactory.create() for _each in range(10)]
    for user in people:
        Membership.objects.create(organisation=organisation, user=user)
    said = answers(organisation_name=organisation.name, sector=organisation.sector)
    ready = threading.Barrier(len(people))

    def send(user: User) -> int:
        ready.wait(timeout=30)
        try:
            return register_interest(call, **said | {"email": user.email}, organisation=organisation, by=user).pk
        finally:
            connections["default"].close()

    with ThreadPoolExecutor(len(people)) as pool:
        assert len(set(pool.map(send, people))) == 1
    assert Interest.objects.get().status == "confirmed"
