"""Colleagues: invited by mail, their address replaced everywhere, their second factor reset on record."""

from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
import time_machine
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import Group, Permission
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import timezone
from wagtail.models import ModelLogEntry

from accounts.colleagues import administration, inviting
from accounts.signing_in import proving
from accounts.users.models import User
from notifications.outbox.models import Message
from tests.accounts.mails import code_in
from tests.factories.accounts import PASSWORD, UserFactory
from tests.personas import give_second_factor, signed_in

pytestmark = pytest.mark.django_db
NEW = "colleague@example.org"
CHOSEN = "a password of their own"


@pytest.fixture(autouse=True)
def _fresh_limits() -> None:
    cache.clear()


def answers(**changes: Any) -> dict[str, Any]:
    editors = Group.objects.get(name="Editors")
    return {"email": NEW, "first_name": "Prince", "last_name": "", "groups": [editors.pk], "is_active": "on"} | changes


def invite(administrator: Client) -> User:
    assert administrator.post("/admin/users/new/", answers()).status_code == 302
    return User.objects.get(email=NEW)


def link() -> str:
    text = Message.objects.filter(to_email=NEW).latest("pk").context["text"]
    return urlsplit(next(word for word in text.split() if "://" in word)).path


def signs_in(email: str, password: str = PASSWORD) -> Client:
    cache.clear()
    client = Client()
    client.post("/accounts/login/", {"login": email, "password": password})
    return client


def is_in(client: Client) -> bool:
    return client.get("/en/my/").status_code == 200


def records(user: User) -> list[str]:
    return list(ModelLogEntry.objects.for_instance(user).values_list("action", flat=True))


def test_a_colleague_is_invited_and_chooses_password_and_language(administrator: Client, visitor: Client) -> None:
    page = administrator.get("/admin/users/new/").content.decode()
    assert "Invite a colleague" in page
    assert 'type="password"' not in page
    user = invite(administrator)
    assert (user.has_usable_password(), user.groups.count()) == (False, 1)
    assert administration.INVITED in records(user)
    address = link()
    assert visitor.get(address).status_code == 200
    assert visitor.post(address, {"language": "fr", "password": "short"}).status_code == 200
    browser = {"origin": "http://testserver"}
    answer = visitor.post(address, {"language": "fr", "password": CHOSEN}, headers=browser)
    assert (answer.status_code, answer["Location"]) == (302, "/accounts/login/?language=fr")
    user.refresh_from_db()
    assert (user.language, user.check_password(CHOSEN)) == ("fr", True)
    assert EmailAddress.objects.get(user=user).verified
    assert "_auth_user_id" not in visitor.session, "signing in is another page's work"
    assert is_in(signs_in(NEW, CHOSEN))


def test_an_invitation_without_a_role_is_not_sent(administrator: Client) -> None:
    answer = administrator.post("/admin/users/new/", answers(groups=[]))
    assert "Choose at least one role" in answer.content.decode()
    assert not User.objects.filter(email=NEW).exists()
    assert administrator.post("/admin/users/new/", answers(groups=[], is_superuser="on")).status_code == 302


def test_an_invitation_works_once_and_for_a_while(administrator: Client, visitor: Client) -> None:
    invite(administrator)
    address = link()
    with time_machine.travel(timezone.now() + timedelta(days=inviting.DAYS, minutes=1)):
        assert visitor.get(address).status_code == 410
    assert visitor.get(address + "x").status_code in {404, 410}
    visitor.post(address, {"language": "fr", "password": CHOSEN})
    assert visitor.get(address).status_code == 410
    assert visitor.post(address, {"language": "nl", "password": "something else entirely"}).status_code == 410
    assert User.objects.get(email=NEW).check_password(CHOSEN)


def test_an_invitation_sent_again_takes_the_place_of_the_first(administrator: Client, visitor: Client) -> None:
    user = invite(administrator)
    first = link()
    again = f"/admin/second-factors/{user.pk}/invite/"
    assert administrator.get(again).status_code == 405
    assert administrator.post(again).status_code == 302
    assert visitor.get(first).status_code == 410
    assert visitor.get(link()).status_code == 200
    assert Message.objects.filter(to_email=NEW).count() == 2
    visitor.post(link(), {"language": "fr", "password": CHOSEN})
    administrator.post(again)
    assert Message.objects.filter(to_email=NEW).count() == 2, "who is here is not invited any more"
    assert User.objects.get(email=NEW).check_password(CHOSEN)


def test_somebody_invited_is_not_forgotten_with_those_who_never_proved_an_address(administrator: Client) -> None:
    user = invite(administrator)
    user.groups.clear()
    User.objects.update(date_joined=timezone.now() - timedelta(days=3))
    proving.forget_unproved()
    assert User.objects.filter(email=NEW).exists()


def test_a_new_address_replaces_the_old_one_everywhere(administrator: Client, editor_user: User) -> None:
    old, secret = editor_user.email, editor_user.password
    at_work = signed_in(editor_user)
    with_code = Client()
    with_code.post("/accounts/login/code/", {"email": old})
    code = code_in(Message.objects.filter(to_email=old).latest("pk"))
    changed = answers(groups=list(editor_user.groups.values_list("pk", flat=True)))
    assert administrator.post(f"/admin/users/edit/{editor_user.pk}/", changed).status_code == 302
    editor_user.refresh_from_db()
    assert editor_user.email == NEW
    assert list(EmailAddress.objects.filter(user=editor_user).values_list("email", "verified")) == [(NEW, False)]
    assert not is_in(at_work), "open sessions end"
    with_code.post("/accounts/login/code/confirm/", {"code": code})
    with_code.post("/accounts/2fa/authenticate/", {"code": "123456"})
    assert not is_in(with_code), "a code that was under way leads nowhere"
    assert "account_login" not in with_code.session
    assert "account_login" not in signs_in(old).session, "the old address is nobody's"
    assert (editor_user.password, Authenticator.objects.filter(user=editor_user).count()) == (secret, 1)
    assert administration.ADDRESS_CHANGED in records(editor_user)
    told = Message.objects.filter(context__text__icontains=NEW).values_list("to_email", flat=True)
    assert set(told) == {old, NEW}


def test_the_new_address_is_proved_by_the_next_sign_in(administrator: Client, partner_user: User) -> None:
    signed_in(partner_user)  # has been here before
    administrator.post(f"/admin/users/edit/{partner_user.pk}/", answers(groups=[]))
    client = signs_in(NEW)
    assert not is_in(client)
    client.post("/accounts/confirm-email/", {"code": code_in(Message.objects.latest("pk"))})
    assert is_in(client)
    assert EmailAddress.objects.get(user=partner_user).verified


def test_the_address_of_another_account_is_refused(
    administrator: Client, partner_user: User, editor_user: User
) -> None:
    taken = answers(email=partner_user.email.upper())
    EmailAddress.objects.create(user=partner_user, email="second@example.org", verified=True)
    for page in (f"/admin/users/edit/{editor_user.pk}/", "/admin/users/new/"):
        assert administrator.post(page, taken).status_code == 200
        second = administrator.post(page, answers(email="Second@example.org"))
        assert second.context["form"].errors.as_data()["email"][0].code == "taken"
    editor_user.refresh_from_db()
    assert editor_user.email == "editor@example.org"
    assert EmailAddress.objects.filter(user=editor_user, verified=True).exists()


def test_a_name_without_a_new_address_changes_nothing_else(administrator: Client, editor_user: User) -> None:
    at_work = signed_in(editor_user)
    changed = answers(email=editor_user.email, groups=list(editor_user.groups.values_list("pk", flat=True)))
    administrator.post(f"/admin/users/edit/{editor_user.pk}/", changed)
    editor_user.refresh_from_db()
    assert str(editor_user) == "Prince"
    assert is_in(at_work)
    assert not Message.objects.exists()


def test_the_screen_shows_who_has_a_second_factor_and_resets_one(administrator: Client, editor_user: User) -> None:
    invite(administrator)
    at_work = signed_in(editor_user)
    page = administrator.get("/admin/second-factors/").content.decode()
    assert "editor@example.org" in page
    assert "Invited, not here yet" in page
    assert "partner@example.org" not in page
    reset = f"/admin/second-factors/{editor_user.pk}/reset/"
    assert reset in page
    assert administrator.get(reset).status_code == 200
    assert Authenticator.objects.filter(user=editor_user).exists(), "looking changes nothing"
    for _twice in range(2):
        assert administrator.post(reset).status_code == 302
    assert not Authenticator.objects.filter(user=editor_user).exists()
    assert not is_in(at_work)
    assert records(editor_user).count(administration.FACTOR_RESET) == 1
    assert Message.objects.filter(to_email=editor_user.email).count() == 1


def test_only_who_manages_accounts_sees_the_screen(editor: Client, administrator_user: User, editor_user: User) -> None:
    addresses = ["/admin/second-factors/", f"/admin/second-factors/{administrator_user.pk}/reset/"]
    assert [editor.post(address).status_code for address in addresses[1:]] == [302]
    assert Authenticator.objects.filter(user=administrator_user).exists()
    assert "second-factors" not in editor.get("/admin/").content.decode()
    editor_user.user_permissions.add(Permission.objects.get(codename="change_user"))
    manager = signed_in(User.objects.get(pk=editor_user.pk))
    assert manager.get(addresses[0]).status_code == 200
    manager.post(addresses[1])
    assert Authenticator.objects.filter(user=administrator_user).exists(), "an administrator's is for administrators"


def test_nobody_resets_their_own_factor_there(administrator: Client, administrator_user: User) -> None:
    administrator.post(f"/admin/second-factors/{administrator_user.pk}/reset/")
    assert Authenticator.objects.filter(user=administrator_user).exists()


def test_the_screen_has_pages_and_few_queries(administrator: Client, django_assert_max_num_queries: Any) -> None:
    group = Group.objects.get(name="Editors")
    for user in UserFactory.create_batch(55):
        user.groups.add(group)
        give_second_factor(user)
    with django_assert_max_num_queries(40):
        page = administrator.get("/admin/second-factors/").content.decode()
    assert page.count("/reset/") == 49
    assert administrator.get("/admin/second-factors/?p=2").content.decode().count("/reset/") == 6


def test_one_name_is_enough(partner: Client, partner_user: User, visitor: Client) -> None:
    sign_up = {"email": "one@example.org", "password1": PASSWORD, "first_name": "Sukarno"}
    assert visitor.post("/accounts/signup/", sign_up).status_code == 302
    user = User.objects.get(email="one@example.org")
    assert (str(user), user.get_full_name()) == ("Sukarno", "Sukarno")
    details = {"first_name": "Prince", "last_name": "", "language": "en"}
    assert partner.post("/en/my/details/", details).status_code == 302
    assert "Signed in as Prince." in partner.get("/en/my/").content.decode()
    assert partner.post("/en/my/details/", details | {"first_name": ""}).status_code == 200
    partner_user.refresh_from_db()
    assert partner_user.first_name == "Prince"


class TestWhoManagesWhom:
    """Each pair of who asks and whose account it is: the address, the second factor, opening and shutting."""

    ROLES = ("editor", "manager", "administrator")
    ALLOWED = frozenset(
        {
            ("manager", "editor"),
            ("manager", "another manager"),
            ("administrator", "editor"),
            ("administrator", "manager"),
            ("administrator", "another administrator"),
        }
    )
    EVERY = tuple(
        (asks, owner)
        for asks in ROLES
        for owner in ("editor", "manager", "administrator", f"another {asks}")
        if asks != owner or f"another {asks}" != owner
    )

    @pytest.fixture
    def people(self, editor_user: User, administrator_user: User) -> dict[str, User]:
        editors = Group.objects.get(name="Editors")
        made = {"editor": editor_user, "administrator": administrator_user}
        for name in ("manager", "another manager", "another editor", "another administrator"):
            made[name] = UserFactory.create(is_superuser="administrator" in name)
            made[name].groups.add(editors)
            give_second_factor(made[name])
            if "manager" in name:
                made[name].user_permissions.add(Permission.objects.get(codename="change_user"))
        return {name: User.objects.get(pk=user.pk) for name, user in made.items()}

    @pytest.mark.parametrize(("asks", "owner"), EVERY)
    def test_the_rule(self, people: dict[str, User], asks: str, owner: str) -> None:
        allowed = (asks, owner) in self.ALLOWED
        by, user = people[asks], people[owner]
        assert administration.may_manage(user, by=by) is allowed
        old, user.email = user.email, NEW
        if allowed:
            administration.replace_address(user, old=old, by=by)
            return
        with pytest.raises(PermissionDenied):
            administration.replace_address(user, old=old, by=by)
        assert EmailAddress.objects.filter(email=old).exists()

    @pytest.mark.parametrize(("asks", "owner"), EVERY)
    def test_the_pages(self, people: dict[str, User], asks: str, owner: str) -> None:
        allowed = (asks, owner) in self.ALLOWED
        client, user = signed_in(people[asks]), people[owner]
        old, was_administrator = user.email, user.is_superuser
        changed = answers(first_name="Renamed", is_superuser="on" if was_administrator else "")
        client.post(f"/admin/users/edit/{user.pk}/", changed)
        client.post(f"/admin/second-factors/{user.pk}/reset/")
        client.post(f"/admin/bulk/accounts/user/set_active_state/?id={user.pk}", {"mark_as_active": "False"})
        user.refresh_from_db()
        assert user.is_superuser is was_administrator
        assert user.email == (NEW if allowed else old)
        assert Authenticator.objects.filter(user=user).exists() is not allowed
        assert user.is_active is not allowed

    def test_a_manager_makes_nobody_an_administrator(self, people: dict[str, User]) -> None:
        client = signed_in(people["manager"])
        people["manager"].user_permissions.add(Permission.objects.get(codename="add_user"))
        client.post(f"/admin/users/edit/{people['editor'].pk}/", answers(is_superuser="on", is_active=""))
        people["editor"].refresh_from_db()
        assert (people["editor"].is_superuser, people["editor"].is_active) == (False, False)
        assert client.post("/admin/users/new/", answers(email="x@example.org", is_superuser="on")).status_code == 302
        assert not User.objects.get(email="x@example.org").is_superuser
        administrator = signed_in(people["administrator"])
        administrator.post("/admin/users/new/", answers(email="y@example.org", is_superuser="on"))
        assert User.objects.get(email="y@example.org").is_superuser

    def test_the_page_says_why_an_address_is_shut(self, people: dict[str, User]) -> None:
        manager, pk = signed_in(people["manager"]), people["administrator"].pk
        assert "Only administrators change this" in manager.get(f"/admin/users/edit/{pk}/").content.decode()
        own = manager.get(f"/admin/users/edit/{people['manager'].pk}/").content.decode()
        assert "on the page of your account" in own
        client = signed_in(people["administrator"])
        form: Any = client.get(f"/admin/users/edit/{people['editor'].pk}/").context["form"]
        assert not any(field.disabled for field in form.fields.values())
