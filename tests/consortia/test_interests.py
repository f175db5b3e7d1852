"""Interest in a call: in time, once, confirmed by who holds the address, withdrawn for good."""

import html
import re
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core import signing
from django.db import IntegrityError, connections
from django.db.models.functions import Now
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from accounts.public_forms.spam import SALT
from accounts.users.models import User
from calls.chain.models import Call, Deadline
from consortia.coverage.coverage import coverage
from consortia.interest import links
from consortia.interest.models import Interest
from consortia.interest.registration import InterestClosedError, confirm, is_open, register_interest, withdraw
from consortia.members.undoing import let_stand_again
from hub.vocabularies.models import Term
from notifications.delivery.rendering import render
from notifications.outbox.models import Message
from tests.factories.consortia import InterestFactory
from tests.factories.partners import MembershipFactory, OrganisationFactory, public_call, term

pytestmark = pytest.mark.django_db


def address(name: str, *args: Any) -> str:
    with translation.override("en"):
        return reverse(f"consortia:{name}", args=args)


def in_a_week() -> Any:
    return timezone.now() + timedelta(days=7)


def answers(**changed: Any) -> dict[str, Any]:
    return {
        "organisation_name": "House of Ideas",
        "sector": term("sector", "citizens"),
        "contact_name": "Coordinator",
        "email": "ideas@example.org",
        "language": "en",
        "consent_wording": "Agreed.",
        "tracks": [term("track", code) for code in track_codes()[:2]],
        **changed,
    }


def track_codes() -> list[str]:
    return list(Term.objects.of("track").values_list("code", flat=True))


def filled_in(**changed: Any) -> dict[str, Any]:
    return {
        "organisation_name": "House of Ideas",
        "sector": "citizens",
        "contact_name": "Coordinator",
        "email": "Ideas@example.org",
        "role": "either",
        "tracks": track_codes()[:2],
        "offers": "We bring a building.",
        "rendered": signing.dumps(int(time.time()) - 10, salt=SALT),
        "website": "",
        **changed,
    }


def test_a_visitor_registers_confirms_and_withdraws(client: Client) -> None:
    call = public_call(due_at=in_a_week())
    response = client.post(address("interest", call.pk), filled_in())
    assert response.headers["Location"] == address("interest_sent", call.pk)
    interest = Interest.objects.get()
    assert (interest.status, interest.email, interest.tracks.count()) == ("pending", "ideas@example.org", 2)
    assert list(Message.objects.values_list("kind", flat=True)) == ["consortia/confirm_interest"]

    mail = render(Message.objects.get(), now=timezone.now()).text
    [link] = re.findall(r"http://localhost:8000(/en/partners/interest/confirm/\S+)", mail)
    assert "Is this right?" in client.get(link).content.decode()
    interest.refresh_from_db()
    assert interest.status == "pending", "a GET confirms nothing"
    for _time in range(2):
        assert "Your interest counts." in client.post(link, follow=True).content.decode()
    interest.refresh_from_db()
    assert interest.status == "confirmed"
    receipt = Message.objects.get(kind="consortia/interest_received")
    assert "House of Ideas" in render(receipt, now=timezone.now()).html

    link_out = address("withdraw_interest", links.withdraw_token(interest))
    assert client.get(link_out).status_code == 200
    assert client.post(link_out, follow=True).status_code == 200
    interest.refresh_from_db()
    assert interest.status == "withdrawn"
    assert client.post(link).status_code == 404, "a used link does not bring it back"
    interest.refresh_from_db()
    assert interest.status == "withdrawn"


def test_who_holds_the_address_gets_the_receipt_at_once(partner: Client, partner_user: User) -> None:
    call = public_call(due_at=in_a_week())
    response = partner.post(address("interest", call.pk), filled_in(email="partner@example.org"))
    assert response.headers["Location"] == address("interest_registered", call.pk)
    interest = Interest.objects.get()
    assert (interest.status, interest.user) == ("confirmed", partner_user)
    assert list(Message.objects.values_list("kind", flat=True)) == ["consortia/interest_received"]


def test_somebody_elses_address_must_be_confirmed_even_when_signed_in(partner: Client) -> None:
    call = public_call(due_at=in_a_week())
    partner.post(address("interest", call.pk), filled_in(email="somebody@example.org"))
    interest = Interest.objects.get()
    assert (interest.status, interest.user) == ("pending", None)


def test_a_member_chooses_the_organisation(partner: Client, partner_user: User) -> None:
    mine = MembershipFactory.create(user=partner_user).organisation
    others = OrganisationFactory.create()
    call = public_call(due_at=in_a_week())
    page = partner.get(address("interest", call.pk)).content.decode()
    assert mine.name in page
    assert others.name not in page
    refused = partner.post(address("interest", call.pk), filled_in(organisation=others.pk))
    assert refused.status_code == 200
    assert not Interest.objects.exists()
    partner.post(address("interest", call.pk), filled_in(organisation=mine.pk, organisation_name="", sector=""))
    interest = Interest.objects.get()
    assert (interest.organisation, interest.organisation_name) == (mine, mine.name)
    assert interest.sector == mine.sector


@pytest.mark.parametrize("broken", [{"email": "nobody"}, {"tracks": []}, {"sector": "nothing"}, {"tracks": ["\x00"]}])
def test_a_refused_form_keeps_everything(client: Client, broken: dict[str, Any]) -> None:
    call = public_call(due_at=in_a_week())
    response = client.post(address("interest", call.pk), filled_in(**broken))
    page = response.content.decode()
    assert response.status_code == 200
    assert 'class="errors"' in page
    assert "We bring a building." in page
    assert 'value="House of Ideas"' in page
    assert not Interest.objects.exists()


def test_after_the_deadline_nothing_is_registered_and_nothing_typed_is_lost(client: Client) -> None:
    call = public_call(due_at=in_a_week())
    assert client.get(address("interest", call.pk)).status_code == 200
    Deadline.objects.filter(call=call).update(due_at=Now() - timedelta(seconds=1))
    response = client.post(address("interest", call.pk), filled_in())
    page = response.content.decode()
    assert response.status_code == 409
    assert "nothing was registered" in page
    assert "We bring a building." in page
    assert "Citizens" in page
    assert "What you can still do" in page
    assert not Interest.objects.exists()
    assert "Showing interest is closed" in client.get(address("interest", call.pk)).content.decode()
    with pytest.raises(InterestClosedError):
        register_interest(call, **answers())


def test_the_deadline_of_interest_goes_before_that_of_the_declaration() -> None:
    call = public_call(due_at=in_a_week(), governs="declaration")
    assert is_open(call)
    Deadline.objects.create(call=call, label="Interest", due_at=timezone.now(), governs="interest")
    assert not is_open(call)


@pytest.mark.parametrize("wrong", [timedelta(minutes=10), timedelta(minutes=-10)])
def test_a_wrong_clock_of_the_web_machine_closes_no_call_and_opens_none(
    monkeypatch: pytest.MonkeyPatch, wrong: timedelta
) -> None:
    call, right = public_call(due_at=in_a_week()), timezone.now
    Deadline.objects.filter(call=call).update(due_at=Now() + timedelta(minutes=5))
    monkeypatch.setattr(timezone, "now", lambda: right() + wrong)
    made = register_interest(call, **answers())
    withdraw(made)
    assert let_stand_again(made)
    Deadline.objects.filter(call=call).update(due_at=Now() - timedelta(minutes=5))
    withdraw(made)
    assert not let_stand_again(made)
    with pytest.raises(InterestClosedError):
        register_interest(call, **answers(organisation_name="Another"))


def test_a_withdrawn_call_takes_no_interest() -> None:
    call = public_call(due_at=in_a_week())
    Call.objects.filter(pk=call.pk).update(withdrawn_at=Now())
    with pytest.raises(InterestClosedError):
        register_interest(call, **answers())


def test_sending_again_mails_once_and_asks_about_the_last_words() -> None:
    call = public_call(due_at=in_a_week())
    register_interest(call, **answers())
    again = register_interest(
        call, **answers(email=" IDEAS@example.org ", organisation_name="HOUSE  of Ideas", role="lead")
    )
    assert Interest.objects.count() == 1
    assert Interest.objects.get().role == "lead"
    assert Message.objects.count() == 1
    confirm(again)
    register_interest(call, **answers(role="lead"))
    assert Message.objects.count() == 2, "nothing to tell"


@pytest.mark.parametrize(
    "spelling", ["ville de liege", "VILLE DE LIÈGE", "Ville  de\u00a0Lie\u0300ge", "Ville-de-Liège."]
)
def test_a_name_in_another_spelling_is_the_same_organisation(client: Client, spelling: str) -> None:
    call = public_call(due_at=in_a_week())
    for name in ("Ville de Liège", spelling):
        assert client.post(address("interest", call.pk), filled_in(organisation_name=name)).status_code == 302
    interest = Interest.objects.get()
    assert interest.organisation_name == " ".join(spelling.split())
    assert Message.objects.count() == 1
    confirm(interest)
    client.post(address("interest", call.pk), filled_in(organisation_name="Ville de Liège", role="lead"))
    assert (Interest.objects.get().proposed or {})["role"] == "lead", "other answers about the one that counts"
    for other in ({"organisation_name": "Ville de Liers"}, {"email": "other@example.org"}):
        client.post(address("interest", call.pk), filled_in(**other))
    client.post(address("interest", public_call(due_at=in_a_week()).pk), filled_in())
    assert Interest.objects.count() == 4


def test_the_database_keeps_one_per_organisation_whoever_writes() -> None:
    call = public_call()
    InterestFactory.create(call=call, email="ideas@example.org", organisation_name="Ville de Liège")
    with pytest.raises(IntegrityError, match="once_per_call_address_and_organisation"):
        InterestFactory.create(call=call, email="Ideas@example.org", organisation_name="ville de liege")


def test_other_answers_about_a_confirmed_interest_count_once_its_address_says_so(client: Client) -> None:
    call = public_call(due_at=in_a_week())
    confirm(register_interest(call, **answers()))
    for _time in range(3):
        sent = client.post(address("interest", call.pk), filled_in(role="lead", offers="We bring a boat."))
        assert sent["Location"] == address("interest_sent", call.pk)
    assert Interest.objects.get().role == "either"
    mail = Message.objects.get(kind="consortia/confirm_correction")
    link = mail.context["confirm_url"].removeprefix("http://localhost:8000")
    assert "We bring a boat." in client.get(link).content.decode()
    assert Interest.objects.get().offers == "", "a GET replaces nothing"
    assert client.post(link).status_code == 302
    interest = Interest.objects.get()
    assert (interest.role, interest.offers, interest.status) == ("lead", "We bring a boat.", "confirmed")
    assert interest.tracks.count() == 2
    assert Message.objects.filter(kind="consortia/interest_received").count() == 2
    assert client.post(link).status_code == 404
    assert client.get(link + "x").status_code == 404


def test_the_owner_of_the_address_replaces_answers_at_once(partner: Client) -> None:
    call = public_call(due_at=in_a_week())
    for role in ("either", "lead"):
        partner.post(address("interest", call.pk), filled_in(email="partner@example.org", role=role))
    assert Interest.objects.get().role == "lead"
    assert list(Message.objects.values_list("kind", flat=True)) == ["consortia/interest_received"] * 2


def test_a_link_that_had_time_to_get_lost_is_sent_again() -> None:
    call = public_call(due_at=in_a_week())
    first = register_interest(call, **answers())
    Interest.objects.update(created_at=Now() - timedelta(hours=2))
    second = register_interest(call, **answers())
    assert second.pk == first.pk
    assert Message.objects.count() == 2
    assert links.interest_to_confirm(links.confirm_token(first)) == second, "nobody else makes the first link useless"
    assert links.interest_to_confirm(links.confirm_token(second)) == second


def test_withdrawing_twice_mails_once_and_an_unconfirmed_one_hears_nothing() -> None:
    call = public_call(due_at=in_a_week())
    confirmed = InterestFactory.create(call=call)
    assert withdraw(confirmed)
    assert not withdraw(confirmed)
    assert Message.objects.filter(kind="consortia/interest_withdrawn").count() == 1
    withdraw(register_interest(call, **answers()))
    assert Message.objects.filter(kind="consortia/interest_withdrawn").count() == 1


def test_a_call_without_a_public_page_has_no_form(client: Client) -> None:
    hidden = Call.objects.create(title="Hidden")
    for number in (hidden.pk, 10**12, 10**30):
        assert client.get(address("interest", number)).status_code == 404


def test_forged_links_are_unknown(client: Client) -> None:
    for name in ("confirm_interest", "withdraw_interest"):
        assert client.get(address(name, "forged")).status_code == 404
    interest = InterestFactory.create(call=public_call())
    crossed = address("withdraw_interest", links.confirm_token(interest))
    assert client.post(crossed).status_code == 404


@pytest.mark.django_db(transaction=True)
def test_the_same_form_twenty_times_at_once_is_one_row_and_one_mail() -> None:
    # Tests with real transactions may find the database without vocabularies.
    sector, _made = Term.objects.get_or_create(vocabulary="sector", code="citizens", defaults={"label": "Citizens"})
    track, _made = Term.objects.get_or_create(vocabulary="track", code="finance", defaults={"label": "Finance"})
    call = Call.objects.create(title="The call")
    ready = threading.Barrier(20)

    def send(_index: int) -> int:
        ready.wait(timeout=30)
        try:
            return register_interest(call, **(typed | {"sector": sector, "tracks": [track]})).pk
        finally:
            connections["default"].close()

    typed: dict[str, Any] = {
        "organisation_name": "House of Ideas",
        "contact_name": "Coordinator",
        "email": "ideas@example.org",
        "language": "en",
        "consent_wording": "Agreed.",
    }
    with ThreadPoolExecutor(20) as pool:
        assert len(set(pool.map(send, range(20)))) == 1
    assert Interest.objects.count() == 1
    assert Message.objects.count() == 1


def test_who_showed_interest_already_reads_so_on_the_form(client: Client, partner: Client, partner_user: User) -> None:
    call = public_call(due_at=in_a_week())
    organisation = OrganisationFactory.create(name="House of Ideas", sector="academia")
    MembershipFactory.create(user=partner_user, organisation=organisation)
    first = partner.get(address("interest", call.pk))
    assert "has already shown interest" not in first.content.decode()
    assert first.context["form"]["organisation"].value() == organisation.pk
    assert first.context["form"]["sector"].value() == "academia"
    assert "We send a link there" not in first.content.decode()
    InterestFactory.create(call=call, organisation=organisation, organisation_name=organisation.name)
    again = partner.get(address("interest", call.pk), follow=True).content.decode()
    assert "House of Ideas is interested" in again
    another = partner.get(address("interest", call.pk), {"another": "1"}).content.decode()
    assert "House of Ideas has already shown interest in this call." in another
    visitor = client.get(address("interest", call.pk)).content.decode()
    assert "has already shown interest" not in visitor
    assert "We send a link there" in visitor


def test_my_page_shows_what_comes_next_and_lets_withdraw(partner: Client, partner_user: User) -> None:
    call = public_call(due_at=in_a_week(), title="Together")
    own = InterestFactory.create(call=call, email=partner_user.email, organisation_name="House of Ideas")
    InterestFactory.create(call=call, organisation_name="Somebody else")
    page = partner.get("/en/my/").content.decode()
    assert "Together" in page
    assert "Declare" in page
    assert "Somebody else" not in page
    path = address("withdraw_own_interest", own.uuid)
    assert f'action="{path}"' in page
    assert partner.get(path).status_code == 405
    assert "is withdrawn" in partner.post(path, follow=True).content.decode()
    own.refresh_from_db()
    assert own.status == Interest.Status.WITHDRAWN
    after = partner.get("/en/my/").content.decode()
    assert f'action="{path}"' not in after
    assert "Interest of House of Ideas: see it, or undo" in after
    partner.post(path)
    assert Message.objects.filter(kind="consortia/interest_withdrawn").count() == 1


def test_who_holds_the_address_shows_interest_in_more_than_three_calls(partner: Client) -> None:
    for _each in range(4):
        form = address("interest", public_call(due_at=in_a_week()).pk)
        assert partner.post(form, filled_in(email="partner@example.org")).status_code == 302


def test_a_link_to_confirm_expires_and_one_press_mails_another(client: Client) -> None:
    call = public_call(due_at=in_a_week())
    interest = register_interest(call, **answers())
    path = address("confirm_interest", links.confirm_token(interest))
    with time_machine.travel(timezone.now() + links.CONFIRM_WITHIN + timedelta(minutes=1)):
        page = client.get(path)
        assert page.status_code == 410
        assert "Nothing is lost" in page.content.decode()
        assert Message.objects.count() == 1, "looking mails nothing"
        for _time in range(3):
            assert client.post(path)["Location"] == address("interest_sent", call.pk)
        interest.refresh_from_db()
        assert interest.status == Interest.Status.PENDING, "an old link confirms nothing"
        latest = Message.objects.latest("pk")
        assert Message.objects.count() == 2
        fresh = latest.context["confirm_url"].removeprefix("http://localhost:8000")
        client.post(fresh)
        interest.refresh_from_db()
        assert interest.status == Interest.Status.CONFIRMED
        assert client.get(path).status_code == 404, "what is confirmed needs no new link"


def test_a_forged_or_withdrawn_one_gets_no_new_link(client: Client) -> None:
    interest = register_interest(public_call(due_at=in_a_week()), **answers())
    path = address("confirm_interest", links.confirm_token(interest))
    withdraw(interest)
    for dead in (path, path.replace("confirm/", "confirm/x")):
        assert client.get(dead).status_code == client.post(dead).status_code == 404
    assert Message.objects.count() == 1


@pytest.mark.parametrize(("language", "words"), [("nl", "Het centrum"), ("fr", "Le centre"), ("en", "The centre")])
def test_the_wording_that_was_shown_is_kept_with_language_and_time(client: Client, language: str, words: str) -> None:
    call = public_call(due_at=in_a_week())
    path = address("interest", call.pk)
    with translation.override(language):
        path = reverse("consortia:interest", args=[call.pk])
    shown = " ".join(client.get(path).content.decode().split())
    client.post(path, filled_in())
    interest = Interest.objects.get()
    assert interest.consent_wording.startswith(words)
    assert interest.consent_wording in html.unescape(shown)
    assert interest.language == language
    assert abs((timezone.now() - interest.created_at).total_seconds()) < 60


def test_the_page_of_a_call_counts_the_confirmed_ones() -> None:
    call = public_call()
    InterestFactory.create(call=call)
    InterestFactory.create(call=call, status="pending", confirmed_at=None)
    assert coverage(call).number == 1
