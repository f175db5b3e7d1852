"""A typed address is no proof: what an account gets before and after its address is proved."""

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from accounts.signing_in import proving
from accounts.users import addresses
from accounts.users.models import User
from consortia.interest.models import Interest
from events.seats.models import Registration
from events.seats.registration import register
from notifications.outbox.models import Message
from notifications.subscriptions.models import Subscription
from practices.reconfirmation.owner_requests import receivers
from tests.accounts.mails import code_in
from tests.factories.accounts import PASSWORD, UserFactory
from tests.factories.consortia import InterestFactory
from tests.factories.events import EventFactory
from tests.factories.hub import CallFactory, add_news
from tests.factories.notifications import SubscriptionFactory
from tests.factories.partners import MembershipFactory
from tests.factories.practices import PracticeFactory
from tests.personas import give_second_factor, signed_in

VICTIM = "victim@example.org"
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _fresh_limits() -> None:
    cache.clear()


def sign_up(email: str = VICTIM) -> Client:
    """The browser of somebody who made an account with this address and did not confirm it."""
    client = Client()
    answers = {"email": email, "password1": PASSWORD, "first_name": "Some", "last_name": "Body"}
    assert client.post("/accounts/signup/", answers).status_code == 302
    return client


def last_code() -> str:
    return code_in(Message.objects.latest("pk"))


def is_in(client: Client) -> bool:
    return client.get("/en/my/").status_code == 200


def signs_in_with(password: str) -> bool:
    cache.clear()
    client = Client()
    client.post("/accounts/login/", {"login": VICTIM, "password": password})
    return is_in(client)


def sign_in_by_code() -> Client:
    cache.clear()
    client = Client()
    client.post("/accounts/login/code/", {"email": VICTIM})
    client.post("/accounts/login/code/confirm/", {"code": last_code()})
    return client


def test_the_password_of_who_signed_up_with_somebodys_address_does_not_open_their_account() -> None:
    attacker = sign_up()
    victim = sign_in_by_code()
    assert is_in(victim), "the holder of the mailbox is in, and stays"
    assert EmailAddress.objects.get(email=VICTIM).verified
    assert not User.objects.get(email=VICTIM).has_usable_password()
    assert not signs_in_with(PASSWORD)
    attacker.get("/accounts/confirm-email/")
    assert not is_in(attacker)


def test_a_sign_up_under_way_cannot_take_the_account_to_another_address() -> None:
    attacker = sign_up()
    sign_in_by_code()
    User.objects.update(last_login=None)  # as after choosing a new password, which signs nobody in
    answer = attacker.post("/accounts/confirm-email/", {"action": "change", "email": "attacker@example.org"})
    assert answer.status_code == 302
    assert User.objects.get().email == VICTIM
    assert not EmailAddress.objects.filter(email="attacker@example.org").exists()


def test_a_sign_up_under_way_leads_nowhere_from_another_account_either(partner_user: User) -> None:
    attacker = sign_up()
    sign_in_by_code()
    attacker.get("/accounts/login/")
    attacker.post("/accounts/login/", {"login": partner_user.email, "password": PASSWORD})
    assert is_in(attacker)
    assert attacker.get("/accounts/confirm-email/")["Location"] == "/accounts/email/"


def test_the_sign_ups_own_session_keeps_its_password() -> None:
    client = sign_up()
    client.post("/accounts/confirm-email/", {"code": last_code()})
    assert is_in(client)
    assert signs_in_with(PASSWORD)


def test_a_session_that_typed_the_password_keeps_it() -> None:
    sign_up()
    cache.clear()
    elsewhere = Client()
    elsewhere.post("/accounts/login/", {"login": VICTIM, "password": PASSWORD})
    elsewhere.post("/accounts/confirm-email/", {"code": last_code()})
    assert is_in(elsewhere)
    assert signs_in_with(PASSWORD)


def test_a_new_password_by_mail_ends_what_was_set_up_before_the_proof() -> None:
    attacker = sign_up()
    user = User.objects.get(email=VICTIM)
    give_second_factor(user)
    cache.clear()
    victim = Client()
    victim.post("/accounts/password/reset/", {"email": VICTIM})
    link = next(line for line in Message.objects.latest("pk").context["text"].split() if "/password/reset/key/" in line)
    page = victim.get(link.removeprefix("http://localhost:8000") if "localhost" in link else link, follow=True)
    victim.post(page.request["PATH_INFO"], {"password1": "another long sentence", "password2": "another long sentence"})
    assert not Authenticator.objects.filter(user=user).exists()
    attacker.post("/accounts/confirm-email/", {"action": "change", "email": "attacker@example.org"})
    assert User.objects.get().email == VICTIM
    assert not signs_in_with(PASSWORD)


def test_factors_and_sessions_from_before_the_proof_end() -> None:
    user = UserFactory.create(email=VICTIM, verified=False)
    EmailAddress.objects.create(user=user, email=VICTIM, primary=True)
    open_before = signed_in(user)
    assert is_in(open_before)
    give_second_factor(user)
    User.objects.update(last_login=None)
    assert is_in(sign_in_by_code())
    assert not Authenticator.objects.filter(user=user).exists()
    assert not is_in(open_before)


def test_an_address_that_an_account_wants_to_add_is_not_its_own_before_the_proof(partner_user: User) -> None:
    """Else its holder, who signs in by code, would be led into an account that somebody else set up."""
    client = signed_in(partner_user)
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    client.post("/accounts/email/", {"action_add": "", "email": VICTIM})
    assert not EmailAddress.objects.filter(email=VICTIM).exists()
    Client().post("/accounts/login/code/", {"email": VICTIM})
    assert "/accounts/signup/" in Message.objects.latest("pk").context["text"], "no code, but the way to an account"
    assert not addresses.holds(partner_user, VICTIM)


def test_changing_ones_own_address_keeps_password_factors_and_session(partner_user: User) -> None:
    give_second_factor(partner_user)
    client = signed_in(partner_user)
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    client.post("/accounts/email/", {"action_add": "", "email": VICTIM})
    client.post("/accounts/confirm-email/", {"code": last_code()})
    partner_user.refresh_from_db()
    assert partner_user.email == VICTIM
    assert partner_user.has_usable_password()
    assert Authenticator.objects.filter(user=partner_user).exists()
    assert is_in(client)


def test_only_proved_addresses_join_anything_to_an_account() -> None:
    user = UserFactory.create(email=VICTIM, verified=False)
    EmailAddress.objects.create(user=user, email=VICTIM, primary=True)
    organisation = MembershipFactory.create(user=user).organisation
    add_news()
    SubscriptionFactory.create(email=VICTIM, status=Subscription.Status.ACTIVE, topic="news")
    seat = register(
        EventFactory.create(), name="Some Body", email=VICTIM, language="en", consent_wording="Yes.", by=user
    )
    interest = InterestFactory.create(
        email=VICTIM, user=user, call=CallFactory.create(), status=Interest.Status.CONFIRMED
    )
    practice = PracticeFactory.create(owner=organisation)
    client = signed_in(user)

    def shown() -> tuple[str, bool, bool]:
        page = client.get("/en/my/").content.decode()
        return page, str(seat.event.title) in page, interest in Interest.objects.of_person(user)

    assert seat.user is None
    page, *joined = shown()
    assert joined == [False, False]
    assert "News of the centre" not in page.split("<main")[1]
    assert VICTIM not in receivers(practice)
    assert not addresses.holds(user, VICTIM)
    EmailAddress.objects.update(verified=True)
    page, *joined = shown()
    assert joined == [True, True]
    assert "News of the centre" in page.split("<main")[1]
    assert VICTIM in receivers(practice)
    assert addresses.holds(user, VICTIM.upper())


def test_a_seat_for_somebody_else_is_not_the_senders(partner: Client, partner_user: User) -> None:
    event = EventFactory.create()
    for email in (VICTIM, partner_user.email):
        register(event, name="Some Body", email=email, language="en", consent_wording="Yes.", by=partner_user)
    owners = dict(Registration.objects.values_list("email", "user"))
    assert owners == {VICTIM: None, partner_user.email: partner_user.pk}


@pytest.mark.parametrize("hours", [23, 25])
def test_an_account_that_nobody_proved_goes_after_a_day(hours: int) -> None:
    sign_up()
    User.objects.update(date_joined=timezone.now() - timedelta(hours=hours))
    proving.forget_unproved()
    assert User.objects.exists() == (hours < 24)


def test_nobody_who_has_anything_goes_with_them() -> None:
    kept = [
        UserFactory.create(),
        UserFactory.create(verified=False, is_staff=True),
        UserFactory.create(verified=False, last_login=timezone.now()),
        MembershipFactory.create(user=UserFactory.create(verified=False)).user,
        InterestFactory.create(user=UserFactory.create(verified=False), call=CallFactory.create()).user,
    ]
    group_member = UserFactory.create(verified=False)
    group_member.groups.create(name="Anybody")
    UserFactory.create(verified=False)
    User.objects.update(date_joined=timezone.now() - timedelta(days=3))
    assert proving.forget_unproved() == 1
    assert set(User.objects.all()) == {*kept, group_member}
    assert proving.forget_unproved() == 0
