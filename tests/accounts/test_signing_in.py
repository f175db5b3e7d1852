import re
from unittest.mock import patch

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import ScryptPasswordHasher
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext

from accounts.signing_in import adapter
from accounts.users.models import User
from notifications.outbox.models import Message
from tests.accounts.mails import code_in
from tests.environment import BASE_DIR
from tests.factories.accounts import PASSWORD, UserFactory
from tests.meanwhile import while_uncommitted


@pytest.fixture(autouse=True)
def _fresh_limits() -> None:
    cache.clear()


@pytest.mark.django_db
def test_sign_in_with_a_password(visitor: Client) -> None:
    user = UserFactory.create()
    response = visitor.post("/accounts/login/", {"login": user.email.upper(), "password": PASSWORD})
    assert response.status_code == 302
    assert visitor.session["_auth_user_id"] == str(user.pk)


@pytest.mark.django_db
def test_sign_in_by_code(visitor: Client) -> None:
    user = UserFactory.create()
    assert visitor.post("/accounts/login/code/", {"email": user.email}).status_code == 302
    message = Message.objects.get(to_email=user.email)
    response = visitor.post("/accounts/login/code/confirm/", {"code": code_in(message)})
    assert response.status_code == 302
    assert visitor.session["_auth_user_id"] == str(user.pk)


@pytest.mark.django_db
def test_signing_up_confirms_the_address_by_code(visitor: Client) -> None:
    answers = {"email": "New@Example.org", "password1": PASSWORD, "first_name": "New", "last_name": "Person"}
    assert visitor.post("/accounts/signup/", answers).status_code == 302
    user = User.objects.get(email="new@example.org")
    assert user.language == "nl"
    message = Message.objects.get(to_email="new@example.org")
    visitor.post("/accounts/confirm-email/", {"code": code_in(message)})
    assert EmailAddress.objects.get(user=user).verified


@pytest.mark.django_db
def test_signing_up_does_not_tell_who_has_an_account() -> None:
    known = UserFactory.create(email="known@example.org")
    answers = {"password1": PASSWORD, "first_name": "Some", "last_name": "Body"}
    answer_known = Client().post("/accounts/signup/", {**answers, "email": known.email})
    answer_new = Client().post("/accounts/signup/", {**answers, "email": "unknown@example.org"})
    assert (answer_known.status_code, answer_known["Location"]) == (answer_new.status_code, answer_new["Location"])
    assert Message.objects.filter(to_email=known.email).count() == 1


@pytest.mark.django_db
def test_the_work_of_signing_up_does_not_tell_who_has_an_account() -> None:
    UserFactory.create(email="known@example.org")
    assert _tries_to_sign_up("known@example.org") == _tries_to_sign_up("unknown@example.org") == [(302, 1), (302, 1)]


def _tries_to_sign_up(email: str) -> list[tuple[int, int]]:
    """Status and number of passwords hashed, which is what takes the time, for the same form sent twice."""
    answers = {"email": email, "password1": PASSWORD, "first_name": "Some", "last_name": "Body"}
    tries = []
    for _each in range(2):
        with patch.object(ScryptPasswordHasher, "encode", autospec=True, return_value="hashed") as encode:
            status = Client().post("/accounts/signup/", answers).status_code
        tries.append((status, encode.call_count))
    return tries


@pytest.mark.django_db
def test_a_robot_that_fills_the_trap_gets_no_account(visitor: Client) -> None:
    answers = {"email": "robot@example.org", "password1": PASSWORD, "first_name": "R", "last_name": "B", "website": "x"}
    visitor.post("/accounts/signup/", answers)
    assert not User.objects.filter(email="robot@example.org").exists()


@pytest.mark.django_db
def test_guessing_passwords_stops_and_a_forged_proxy_header_does_not_help() -> None:
    user = UserFactory.create()
    for attempt in range(12):
        Client().post(
            "/accounts/login/",
            {"login": user.email, "password": "wrong"},
            headers={"x-forwarded-for": f"203.0.113.{attempt}"},
        )
    client = Client()
    client.post("/accounts/login/", {"login": user.email, "password": PASSWORD})
    assert "_auth_user_id" not in client.session


@pytest.mark.django_db
def test_wrong_passwords_from_elsewhere_lock_nobody_out() -> None:
    user = UserFactory.create()
    assert not _signs_in("198.51.100.66", user, "wrong")
    for _each in range(9):
        _signs_in("198.51.100.66", user, "wrong")
    assert not _signs_in("198.51.100.66", user, PASSWORD)
    assert _signs_in("203.0.113.7", user, PASSWORD)


@pytest.mark.django_db
def test_guessing_from_many_addresses_stops_as_well(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(adapter, "TRIES_PER_ACCOUNT", 3)
    user = UserFactory.create()
    for host in range(3):
        _signs_in(f"198.51.100.{host}", user, "wrong")
    assert not _signs_in("203.0.113.7", user, PASSWORD)


def _signs_in(address: str, user: User, password: str) -> bool:
    client = Client(REMOTE_ADDR=address)
    client.post("/accounts/login/", {"login": user.email, "password": password})
    return "_auth_user_id" in client.session


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["nl", "fr", "de", "en"])
def test_pages_without_a_language_in_their_address_follow_the_choice(visitor: Client, language: str) -> None:
    response = visitor.get(f"/accounts/login/?language={language}", follow=True)
    assert f'<html lang="{language}"' in response.content.decode()
    assert f'<html lang="{language}"' in visitor.get("/accounts/signup/").content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["nl", "fr", "de", "en"])
def test_who_is_sent_to_sign_in_reads_it_in_the_language_of_the_page(visitor: Client, language: str) -> None:
    with translation.override(language):
        page = reverse("accounts:my_page")
    visitor.defaults["HTTP_ACCEPT_LANGUAGE"] = "de" if language != "de" else "fr"
    response = visitor.get(page, follow=True)
    assert response.redirect_chain == [(f"/accounts/login/?next={page}", 302)]
    assert f'<html lang="{language}"' in response.content.decode()
    with translation.override(language):
        told = gettext("Sign in or make an account: you then come to the page that you asked for.")
    assert told in response.content.decode()
    assert told not in visitor.get("/accounts/login/").content.decode()
    other = visitor.get(f"/accounts/login/?next={page}&language=nl", follow=True).content.decode()
    assert '<html lang="nl"' in other, "another language can still be chosen there"

    """Addresses of accounts have none of their own, and the browser may prefer another than the page is in."""
    link = re.compile(r'\{% url "account_(?:login|signup)" %\}([^"]*)"')
    templates = (BASE_DIR / "templates").rglob("*.html")
    found = [(path.name, query) for path in templates for query in link.findall(path.read_text())]
    assert len(found) > 5
    assert [name for name, query in found if "language={{ LANGUAGE_CODE }}" not in query] == []


def test_each_link_to_sign_in_or_sign_up_says_in_which_language() -> None:
    """Addresses of accounts have none of their own, and the browser may prefer another than the page is in."""
    link = re.compile(r'\{% url "account_(?:login|signup)" %\}([^"]*)"')
    templates = (BASE_DIR / "templates").rglob("*.html")
    found = [(path.name, query) for path in templates for query in link.findall(path.read_text())]
    assert len(found) > 5
    assert [name for name, query in found if "language={{ LANGUAGE_CODE }}" not in query] == []


@pytest.mark.django_db
def test_an_unknown_language_is_ignored(visitor: Client) -> None:
    assert visitor.get("/accounts/login/?language=xx").status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/accounts/login/", "/accounts/signup/", "/accounts/password/reset/"])
def test_account_pages_stand_in_the_frame_of_the_portal(visitor: Client, address: str) -> None:
    page = visitor.get(f"{address}?language=en", follow=True).content.decode()
    assert 'hreflang="fr"' in page
    assert "testserver" not in page, "allauth's name for the site"


@pytest.mark.django_db
def test_signing_in_leads_on_in_the_language_of_the_visit(visitor: Client) -> None:
    user = UserFactory.create(language="nl")
    answers = {"login": user.email, "password": PASSWORD}
    assert 'href="/accounts/login/?language=fr"' in visitor.get("/fr/").content.decode()
    visitor.get("/accounts/login/?language=fr")
    assert visitor.post("/accounts/login/", answers)["Location"].startswith("/fr/")
    asked = Client().post("/accounts/login/?next=/en/search/", answers | {"next": "/en/search/"})
    assert asked["Location"] == "/en/search/"


@pytest.mark.django_db(transaction=True)
def test_a_second_click_on_signing_up_is_answered_like_the_first() -> None:
    form = {"email": "twice@example.org", "password1": PASSWORD, "first_name": "Jo", "last_name": "Peeters"}
    second = while_uncommitted(
        lambda: User.objects.create_user("twice@example.org", PASSWORD),
        lambda: Client().post(reverse("account_signup"), form),
    )
    assert (second.status_code, second["Location"]) == (302, reverse("account_email_verification_sent"))
    assert User.objects.filter(email="twice@example.org").count() == 1
