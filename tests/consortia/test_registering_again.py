"""What the form of a call offers to people whose organisations have shown interest, or withdrew it."""

from datetime import timedelta
from typing import Any

import pytest
from django.db.models.functions import Now

from calls.chain.models import Call, Deadline
from consortia.interest import links
from consortia.interest.models import Interest
from consortia.interest.registration import withdraw
from consortia.members.undoing import let_stand_again
from notifications.outbox.models import Message
from partners.organisations.models import Membership, Organisation
from tests.consortia.test_interests import address, filled_in, in_a_week
from tests.factories.consortia import InterestFactory
from tests.factories.partners import OrganisationFactory, public_call
from tests.partners.people import House, house

pytestmark = pytest.mark.django_db
__all__ = ["house"]


@pytest.fixture
def call() -> Call:
    return public_call(due_at=in_a_week(), title="Together")


@pytest.fixture
def other(house: House) -> Organisation:
    organisation: Organisation = OrganisationFactory.create(name="Other House")
    Membership.objects.create(organisation=organisation, user=house.owner)
    return organisation


def made(call: Call, organisation: Organisation, **facts: Any) -> Interest:
    interest: Interest = InterestFactory.create(
        call=call, organisation=organisation, organisation_name=organisation.name, **facts
    )
    return interest


def form(house: House, call: Call, **query: str) -> Any:
    answer = house.owners_client.get(address("interest", call.pk), query)
    assert answer.status_code == 200
    return answer


def test_what_stands_is_not_offered_and_where_all_stand_there_is_no_form(
    call: Call, house: House, other: Organisation
) -> None:
    made(call, house.organisation)
    answer = form(house, call)
    assert [str(label) for _key, label in answer.context["form"]["organisation"].field.widget.choices][1:] == [
        "Other House"
    ]
    assert answer.context["form"]["organisation"].value() == other.pk
    made(call, other)
    answer = form(house, call)
    page = answer.content.decode()
    assert answer.context["form"] is None
    assert page.count("has already shown interest in this call.") == 2
    assert "Register our interest" not in page
    assert "another=1" in page
    assert "organisation" not in form(house, call, another="1").context["form"].fields


def test_the_form_holds_only_what_the_same_organisation_said(call: Call, house: House, other: Organisation) -> None:
    first = made(call, house.organisation, status="withdrawn", offers="Of the house.")
    second = made(call, other, status="withdrawn", offers="Of the other.")
    page = form(house, call)
    assert page.context["form"]["organisation"].value() is None, "there are two to choose from"
    assert page.context["form"]["offers"].value() is None
    for interest, words in ((first, "Of the house."), (second, "Of the other.")):
        page = form(house, call, again=str(interest.uuid))
        assert page.context["form"]["organisation"].value() == interest.organisation_id
        assert page.context["form"]["offers"].value() == words
        assert f"The form holds what {interest.organisation_name} answered" in page.content.decode()
    strange = made(call, OrganisationFactory.create(), status="withdrawn", offers="Of strangers.")
    assert "Of strangers." not in form(house, call, again=str(strange.uuid)).content.decode()


def test_no_role_is_chosen_beforehand(call: Call, house: House) -> None:
    assert form(house, call).context["form"]["role"].value() is None


def test_one_press_withdraws_and_another_one_undoes_it(call: Call, house: House) -> None:
    interest = made(call, house.organisation, offers="A boat.", email=house.owner.email)
    place = address("change_interest", interest.uuid)
    answer = house.owners_client.post(address("withdraw_own_interest", interest.uuid))
    assert answer["Location"] == place
    page = house.owners_client.get(place).content.decode()
    assert "Withdrawn." in page
    assert "A boat." in page
    for _time in range(2):
        assert house.editors_client.post(place, {"undo": "yes"})["Location"] == place
    again = Interest.objects.get()
    assert (again.pk, again.status, again.uuid, again.offers) == (interest.pk, "confirmed", interest.uuid, "A boat.")
    assert links.interest_to_withdraw(links.withdraw_token(again)) == again
    house.owners_client.post(address("withdraw_own_interest", interest.uuid))
    kinds = list(Message.objects.order_by("pk").values_list("kind", flat=True))
    assert [kind.removeprefix("consortia/interest_") for kind in kinds] == ["withdrawn", "received", "withdrawn"]


def test_what_waited_for_its_mail_waits_again(call: Call, house: House) -> None:
    interest = made(call, house.organisation, status="pending", confirmed_at=None)
    withdraw(interest)
    assert let_stand_again(interest)
    assert (interest.status, Message.objects.count()) == ("pending", 0)


def test_nothing_is_undone_too_late_or_beside_another_one(call: Call, house: House) -> None:
    interest = made(call, house.organisation, status="withdrawn")
    instead = made(call, house.organisation)
    assert not let_stand_again(interest)
    withdraw(instead)
    Deadline.objects.filter(call=call).update(due_at=Now() - timedelta(seconds=1))
    assert not let_stand_again(interest)
    page = house.owners_client.get(address("change_interest", interest.uuid)).content.decode()
    assert 'name="undo"' not in page
    house.owners_client.post(address("change_interest", interest.uuid), {"undo": "yes"})
    assert not Interest.objects.standing().exists()


def test_what_is_sent_about_a_withdrawn_one_is_given_back(call: Call, house: House) -> None:
    interest = made(call, house.organisation, status="withdrawn")
    made(call, OrganisationFactory.create(name="Another"))
    late = house.owners_client.post(address("change_interest", interest.uuid), filled_in(offers="Words to keep."))
    assert late.status_code == 409
    assert "Words to keep." in late.content.decode()
