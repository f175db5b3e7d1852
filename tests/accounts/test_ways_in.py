"""One way in: walked from the router, in all languages, the only views that sign anybody in are allauth's."""

import inspect
from collections.abc import Iterator
from types import CodeType, FunctionType, ModuleType
from typing import Any

import pytest
from allauth.account.internal.flows import login as allauth_login
from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib import auth
from django.contrib.auth import forms as auth_forms
from django.contrib.auth import views as auth_views
from django.test import Client

from tests.accounts.routes import addresses
from tests.factories.accounts import PASSWORD, UserFactory

OPENERS = {
    auth.login,
    auth.authenticate,
    allauth_login.perform_login,
    allauth_login.resume_login,
    auth_forms.AuthenticationForm,
}
LANGUAGES = [code for code, _name in settings.LANGUAGES]


def signs_in(view: Any) -> bool:
    """Whether the code of this view, or what it names in the same package, opens a session for somebody."""
    todo: list[Any] = [view]
    seen: set[int] = set()
    while todo:
        thing = inspect.unwrap(todo.pop()) if callable(todo[-1]) else todo.pop()
        if id(thing) in seen:
            continue
        seen.add(id(thing))
        if isinstance(thing, type) and issubclass(thing, auth_views.LoginView | auth_views.PasswordResetConfirmView):
            return True
        for named in _named_in(thing):
            if named in OPENERS:
                return True
            if _is_own_code(named, of=view):
                todo.append(named)
    return False


def _named_in(thing: Any) -> Iterator[Any]:
    """Functions and classes that its code names, its own methods, and what its closure and class attributes hold."""
    if isinstance(thing, type):
        for cls in thing.__mro__[:-1]:
            yield from (value for value in vars(cls).values() if isinstance(value, FunctionType | type))
        return
    function = getattr(thing, "__func__", thing)
    yield from (cls for cls in (getattr(thing, "view_class", None), getattr(thing, "cls", None)) if cls is not None)
    if not isinstance(function, FunctionType):
        yield type(thing)
        return
    yield from (cell.cell_contents for cell in function.__closure__ or () if callable(cell.cell_contents))
    names = set(_names(function.__code__))
    named = [function.__globals__[name] for name in names & function.__globals__.keys()]
    for value in named:
        if isinstance(value, ModuleType):
            named += [
                found for name in names if (found := getattr(value, name, None)) is not None and found not in named
            ]
        elif isinstance(value, FunctionType | type):
            yield value


def _names(code: CodeType) -> Iterator[str]:
    yield from code.co_names
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from _names(constant)


def _is_own_code(thing: Any, *, of: Any) -> bool:
    """Whether to read on in it: the view's own package; what that calls elsewhere is judged by its name alone."""
    view = getattr(of, "view_class", None) or getattr(of, "cls", None) or inspect.unwrap(of)
    return str(getattr(thing, "__module__", "")).split(".")[0] == str(view.__module__).split(".")[0]


@pytest.mark.django_db
def test_only_views_of_allauth_sign_anybody_in() -> None:
    found = {}
    for address, view in addresses(LANGUAGES):
        if signs_in(view):
            found[address] = getattr(view, "view_class", inspect.unwrap(view)).__module__
    assert "/accounts/login/" in found, "the search finds what it looks for"
    assert "/accounts/login/code/confirm/" in found
    assert {address for address, module in found.items() if not module.startswith("allauth.")} == set()


def test_the_search_knows_a_second_way_in() -> None:
    def home_made(request: Any) -> None:
        auth.login(request, auth.authenticate(request))

    assert signs_in(home_made)
    assert signs_in(auth_views.LoginView.as_view())
    assert signs_in(auth_views.PasswordResetConfirmView.as_view())


@pytest.mark.django_db
def test_the_right_password_opens_a_session_at_no_address_but_the_sign_in_page() -> None:
    user = UserFactory.create()
    answers = dict.fromkeys(("login", "email", "username"), user.email) | {"password": PASSWORD}
    opened = set()
    for address in {view: address for address, view in addresses(LANGUAGES)}.values():
        client = Client(raise_request_exception=False)
        client.post(address, answers)
        if "_auth_user_id" in client.session:
            opened.add(address)
    assert opened == {"/accounts/login/"}


@pytest.mark.django_db
@pytest.mark.parametrize("language", [code for code, _name in settings.LANGUAGES])
def test_wagtails_own_sign_in_leads_to_ours(visitor: Client, language: str) -> None:
    answer = visitor.get(f"/{language}/_util/login/?next=/{language}/my/")
    assert (answer.status_code, answer["Location"]) == (302, f"/accounts/login/?next=/{language}/my/")


@pytest.mark.django_db
def test_an_address_that_nobody_proved_opens_nothing() -> None:
    user = UserFactory.create(verified=False)
    EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=False)
    client = Client()
    for language, _name in settings.LANGUAGES:
        client.post(f"/{language}/_util/login/", {"username": user.email, "password": PASSWORD})
    client.post("/accounts/login/", {"login": user.email, "password": PASSWORD})
    assert "_auth_user_id" not in client.session
