"""The people that tests speak of: visitor, partner, other partner, staff editor, administrator, each with a client."""

import time
from typing import Any

import pytest
from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.models import Group, update_last_login
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.backends.db import SessionStore
from django.test import Client

from accounts.users.models import User
from tests.factories.accounts import UserFactory

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def signed_in(user: User, *, with_factor: bool = True) -> Client:
    """A client of this person, who showed the second factor if there is one."""
    # Who has an account here reads English, in the admin too.
    client = Client(headers={"accept-language": user.language})
    # What signing in leaves behind, written in one go: thousands of tests begin with it.
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = BACKEND
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    _note_what_was_shown(session, user, with_factor=with_factor)
    session.save()
    client.cookies[settings.SESSION_COOKIE_NAME] = str(session.session_key)
    update_last_login(User, user)
    return client


def show_second_factor(client: Client, user: User, *, with_factor: bool = True) -> None:
    """Write into the session by what its owner signed in: the password, and the factor if there is one."""
    session = client.session
    _note_what_was_shown(session, user, with_factor=with_factor)
    session.save()


def _note_what_was_shown(session: SessionBase, user: User, *, with_factor: bool) -> None:
    factor = Authenticator.objects.filter(user=user).first()
    session[AUTHENTICATION_METHODS_SESSION_KEY] = [{"method": "password", "at": time.time(), "email": user.email}]
    if with_factor and factor:
        shown = {"method": "mfa", "at": time.time(), "id": factor.pk, "type": factor.type}
        session[AUTHENTICATION_METHODS_SESSION_KEY].append(shown)
    session[f"{AUTHENTICATION_METHODS_SESSION_KEY}_user"] = str(user.pk)


def give_second_factor(user: User) -> None:
    """Staff need one; its secret does not matter where nobody signs in with it."""
    Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={"secret": "not used"})


@pytest.fixture
def visitor() -> Client:
    """Anybody: no account, no session."""
    return Client()


@pytest.fixture
def monitor(settings: Any) -> Client:
    """A monitor that shows the token."""
    settings.METRICS_TOKEN = "a-token-of-monitors-in-tests"
    return Client(headers={"authorization": f"Bearer {settings.METRICS_TOKEN}"})


@pytest.fixture
def partner_user(db: Any) -> User:
    return UserFactory.create(email="partner@example.org", first_name="Partner", last_name="One")


@pytest.fixture
def other_user(db: Any) -> User:
    return UserFactory.create(email="other@example.org", first_name="Other", last_name="Partner")


@pytest.fixture
def editor_user(db: Any) -> User:
    """Staff of the centre: member of both of Wagtail's groups, with a second factor."""
    user = UserFactory.create(email="editor@example.org", first_name="Staff", last_name="Editor", is_staff=True)
    for name in ("Editors", "Moderators"):
        user.groups.add(Group.objects.get_or_create(name=name)[0])
    give_second_factor(user)
    return user


@pytest.fixture
def administrator_user(db: Any) -> User:
    user = UserFactory.create(
        email="admin@example.org", first_name="Site", last_name="Administrator", is_staff=True, is_superuser=True
    )
    give_second_factor(user)
    return user


@pytest.fixture
def partner(partner_user: User) -> Client:
    return signed_in(partner_user)


@pytest.fixture
def other_partner(other_user: User) -> Client:
    return signed_in(other_user)


@pytest.fixture
def editor(editor_user: User) -> Client:
    return signed_in(editor_user)


@pytest.fixture
def administrator(administrator_user: User) -> Client:
    return signed_in(administrator_user)
