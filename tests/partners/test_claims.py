"""Somebody asks to manage a profile or proposes one; likely duplicates are shown; staff decide and both hear of it."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.privacy import keeping
from accounts.users.models import User
from hub.site.models import SiteSettings
from partners.claims import claiming, deciding
from partners.claims.duplicates import suggestions
from partners.claims.models import Claim
from partners.organisations.models import Membership, Organisation
from tests.factories.accounts import UserFactory
from tests.factories.partners import OrganisationFactory, term
from tests.partners.people import House, address, house, mails, text
from tests.personas import signed_in

pytestmark = pytest.mark.django_db
__all__ = ["house"]

ASKED = {"position": "Coordinator", "message": "Ring me."}
NEW = {
    "name": "Atelier of Tomorrow",
    "website": "https://atelier.example/",
    "sector": "citizens",
    "country": "BE",
    "summary": "Repairs what is broken.",
    "position": "Founder",
}


@pytest.fixture(autouse=True)
def _centre(db: Any) -> None:
    SiteSettings.objects.update(contact_email="centre@example.org")


@pytest.fixture
def person() -> User:
    return UserFactory.create(email="person@house.example", first_name="Per", last_name="Son")


def _claimed(person: User, organisation: Organisation) -> Claim:
    assert signed_in(person).post(address("claim", organisation.slug), ASKED).status_code == 302
    return Claim.objects.get(user=person, organisation=organisation)


def _decide(editor: Client, claim: Claim, **sent: str) -> Any:
    return editor.post(reverse("partners_admin_decide_claim", args=[claim.pk]), sent)


def test_a_claim_is_accepted_and_both_hear_of_it(house: House, person: User, editor: Client) -> None:
    claim = _claimed(person, house.organisation)
    assert not claim.is_from_elsewhere
    assert [mail.to_email for mail in mails("claim_received")] == ["person@house.example"]
    (to_staff,) = mails("claim_to_staff")
    assert to_staff.to_email == "centre@example.org"
    assert to_staff.context["position"] == "Coordinator"
    assert "House of Ideas" in text(signed_in(person).get(reverse("accounts:my_page")))
    list_page = text(editor.get(reverse("wagtailsnippets_partners_claim:list")))
    assert "House of Ideas" in list_page
    refused = _decide(editor, claim, decision="accept")
    assert "Say by what you know that it is them." in text(refused)
    assert _decide(editor, claim, decision="accept", how="domain").status_code == 302
    assert house.membership_of(person).role == Membership.Role.OWNER
    house.organisation.refresh_from_db()
    assert house.organisation.verified_at is not None
    assert house.organisation.verified_how == "domain"
    assert len(mails("claim_accepted")) == 1
    assert _decide(editor, claim, decision="refuse", reason="Late").status_code == 302
    assert not mails("claim_refused"), "decided once"


def test_a_refusal_has_a_reason_that_the_person_reads(house: House, person: User, editor: Client) -> None:
    claim = _claimed(person, house.organisation)
    assert "Say why" in text(_decide(editor, claim, decision="refuse"))
    assert _decide(editor, claim, decision="refuse", reason="We could not reach you.").status_code == 302
    assert [mail.context["reason"] for mail in mails("claim_refused")] == ["We could not reach you."]
    assert not person.memberships.exists()
    # Asked again it is a new claim.
    assert signed_in(person).post(address("claim", "house"), ASKED).status_code == 302
    assert Claim.objects.waiting().count() == 1


def test_asked_twice_it_is_one_claim_and_one_mail(house: House, person: User) -> None:
    for _time in range(3):
        _claimed(person, house.organisation)
    assert Claim.objects.count() == 1
    assert len(mails("claim_to_staff")) == 1


@pytest.mark.parametrize(
    ("email", "elsewhere"),
    [
        ("a@house.example", False),
        ("a@mail.house.example", False),
        ("a@other.example", True),
        ("a@nothouse.example", True),
        ("a@gmail.com", True),
    ],
)
def test_another_domain_is_said_before_and_marked_for_staff(house: House, email: str, elsewhere: bool) -> None:
    somebody = UserFactory.create(email=email)
    page = text(signed_in(somebody).get(address("claim", "house")))
    assert ("is not at house.example" in page) is elsewhere
    assert _claimed(somebody, house.organisation).is_from_elsewhere is elsewhere


def test_a_member_is_led_to_the_organisation(house: House) -> None:
    answer = house.editors_client.get(address("claim", "house"))
    assert answer["Location"] == address("manage", "house")


def test_a_proposal_becomes_a_profile_of_the_directory(person: User, editor: Client, client: Client) -> None:
    mine = signed_in(person)
    asked = mine.post(address("propose"), NEW)
    assert asked.status_code == 422, "the address is at another domain, which is said first"
    assert "is at another domain than this website" in text(asked)
    assert not Organisation.objects.exists()
    assert mine.post(address("propose"), NEW | {"sure": "on"}).status_code == 302
    assert mine.post(address("propose"), NEW | {"sure": "on"}).status_code == 302
    organisation = Organisation.objects.get()
    assert (organisation.status, organisation.slug) == ("proposed", "atelier-of-tomorrow")
    assert client.get(address("organisation", organisation.slug)).status_code == 404
    claim = Claim.objects.get()
    assert claim.is_new
    assert claim.is_from_elsewhere
    assert _decide(editor, claim, decision="accept", how="phone").status_code == 302
    page = text(client.get(address("organisation", organisation.slug)))
    assert "Repairs what is broken." in page
    assert "a phone call" in page
    assert person.memberships.get().role == Membership.Role.OWNER


def test_a_slug_that_is_taken_gets_a_number(person: User) -> None:
    OrganisationFactory.create(slug="atelier-of-tomorrow", name="Something else", status="hidden")
    assert signed_in(person).post(address("propose"), NEW | {"sure": "on"}).status_code == 302
    assert Organisation.objects.filter(slug="atelier-of-tomorrow-2").exists()


def test_a_new_profile_does_not_take_the_earlier_address_of_another(person: User) -> None:
    renamed = OrganisationFactory.create(slug="atelier-of-tomorrow", name="Something else")
    renamed.slug = "something-else"
    renamed.save()
    assert signed_in(person).post(address("propose"), NEW | {"sure": "on"}).status_code == 302
    assert Organisation.objects.get(name=NEW["name"]).slug == "atelier-of-tomorrow-2"


def test_likely_duplicates_are_shown_with_and_without_javascript(person: User) -> None:
    there = OrganisationFactory.create(name="Atelier van Morgen", website="https://www.atelier.example/over-ons")
    mine = signed_in(person)
    answer = mine.get(address("similar"), {"name": "Atelir van Morgen"})
    assert "Atelier van Morgen" in text(answer)
    assert "<html" not in text(answer)
    asked = mine.post(address("propose"), NEW)
    assert asked.status_code == 422
    assert "Is it one of these?" in text(asked)
    assert address("claim", there.slug) in text(asked)
    assert mine.get(address("similar"), {"name": "\x00", "website": "http://["}).status_code == 200
    assert text(mine.get(address("similar"))).strip() == ""


def test_suggestions_are_five_at_most_the_surest_first_and_public() -> None:
    named = [OrganisationFactory.create(name=f"House of Ideas {number}") for number in range(7)]
    by_domain = OrganisationFactory.create(name="Quite different", website="http://house.example:8080/nl")
    by_number = OrganisationFactory.create(name="Nothing alike", enterprise_number="0202239951")
    OrganisationFactory.create(name="House of Ideas", status="proposed")
    OrganisationFactory.create(name="Hidden", status="hidden", website="https://house.example")
    found = suggestions(
        name="house of ideas", addresses=["me@house.example"], numbers={"enterprise_number": "BE 0202.239.951"}
    )
    assert [each.slug for each in found[:2]] == [by_number.slug, by_domain.slug]
    assert len(found) == 5
    assert {each.slug for each in found[2:]} <= {each.slug for each in named}
    assert suggestions(name="", addresses=["somebody@gmail.com"]) == []
    OrganisationFactory.create(name="Has no such domain", website="https://gmail.com")
    assert suggestions(name="", addresses=["somebody@gmail.com"]) == []


def test_suggestions_can_be_found_by_the_indexes() -> None:
    facts = {"sector": term("sector", "business"), "country": term("country", "BE"), "status": "listed"}
    Organisation.objects.bulk_create(
        Organisation(slug=f"firm-{n}", name=f"{n * 7919} Firm", website=f"https://firm{n}.example/", **facts)
        for n in range(500)
    )
    with CaptureQueriesContext(connection) as asked:
        assert suggestions(name="house of ideas", addresses=["me@firm7.example"])
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE partners_organisation")
        # So few rows are read faster without; whether the indexes fit what is asked is what counts here.
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_indexscan = off")
        cursor.execute(f"EXPLAIN {asked.captured_queries[-1]['sql']}")
        plan = "\n".join(row[0] for row in cursor.fetchall())
    assert "organisation_similar_name" in plan
    assert "organisation_website_domain" in plan


def test_a_claim_is_taken_back_and_the_proposal_with_it(person: User) -> None:
    mine = signed_in(person)
    mine.post(address("propose"), NEW | {"sure": "on"})
    claim = Claim.objects.get()
    assert mine.get(address("withdraw_claim", claim.pk)).status_code == 200
    assert Claim.objects.waiting().exists()
    assert signed_in(UserFactory.create()).post(address("withdraw_claim", claim.pk)).status_code == 404
    assert mine.post(address("withdraw_claim", claim.pk)).status_code == 302
    assert not Organisation.objects.exists()
    assert {mail.status for mail in mails("claim_to_staff")} == {"withdrawn"}


def test_one_person_cannot_fill_the_desk(person: User) -> None:
    for _number in range(claiming.MOST_WAITING):
        claiming.claim(OrganisationFactory.create(), by=person, position="x")
    answer = signed_in(person).post(address("claim", OrganisationFactory.create().slug), ASKED)
    assert answer.status_code == 422
    assert "wait for the centre already" in text(answer)
    assert answer.context["form"]["message"].value() == "Ring me."


def test_claims_go_a_year_after_the_decision_with_what_nobody_wanted(person: User, editor_user: User) -> None:
    signed_in(person).post(address("propose"), NEW | {"sure": "on"})
    refused = Claim.objects.get()
    deciding.refuse(refused, reason="No", by=editor_user)
    waiting = claiming.claim(OrganisationFactory.create(), by=person, position="x")
    claiming.forget()
    assert Claim.objects.count() == 2
    long_ago = timezone.now() - keeping.of("claims").span - timedelta(minutes=1)
    Claim.objects.exclude(pk=waiting.pk).update(decided_at=long_ago)
    claiming.forget()
    assert list(Claim.objects.all()) == [waiting]
    assert not Organisation.objects.filter(name=NEW["name"]).exists()


def test_claims_go_with_the_account(house: House, person: User) -> None:
    _claimed(person, house.organisation)
    person.delete()
    assert not Claim.objects.exists()


def test_only_the_centre_decides(house: House, person: User) -> None:
    claim = _claimed(person, house.organisation)
    for somebody in (Client(), signed_in(person), house.owners_client):
        assert _decide(somebody, claim, decision="accept", how="phone").status_code in {302, 403}
    claim.refresh_from_db()
    assert claim.status == "waiting"
