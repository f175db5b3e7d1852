import time
from urllib.parse import urlencode

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from django.contrib.auth.models import Group
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from pytest_django import Settings
from wagtail.documents import get_document_model
from wagtail.models import Collection, CollectionViewRestriction, PageViewRestriction

from accounts.users.models import User
from hub.pages.models import HomePage, StandardPage
from notifications.outbox.models import Message
from tests.accounts.mails import code_in
from tests.factories.accounts import PASSWORD
from tests.personas import give_second_factor, signed_in


@pytest.fixture(autouse=True)
def _fresh_limits() -> None:
    cache.clear()


def admin_addresses() -> list[str]:
    """Every address of the admin that takes no argument."""
    found: list[str] = []

    def walk(patterns: list[URLPattern | URLResolver], prefix: str) -> None:
        for pattern in patterns:
            address = prefix + str(pattern.pattern).lstrip("^").rstrip("$")
            if isinstance(pattern, URLResolver):
                walk(pattern.url_patterns, address)
            elif not set("<>()[]?\\*") & set(address):
                found.append("/" + address)

    walk(get_resolver().url_patterns, "")
    return sorted({address for address in found if address.startswith("/admin/") and address != "/admin/login/"})


@pytest.mark.django_db
def test_every_admin_address_refuses_staff_without_a_second_factor(
    administrator: Client, administrator_user: User
) -> None:
    Authenticator.objects.filter(user=administrator_user).delete()
    addresses = admin_addresses()
    assert len(addresses) > 40
    for address in addresses:
        response = administrator.get(address)
        assert response.status_code == 302, address
        assert response["Location"] == "/accounts/2fa/", address


@pytest.mark.django_db
def test_every_admin_address_asks_a_session_that_has_not_shown_the_factor(administrator_user: User) -> None:
    client = signed_in(administrator_user, with_factor=False)
    for address in admin_addresses():
        response = client.get(address)
        assert response.status_code == 302, address
        assert response["Location"] == f"/accounts/2fa/reauthenticate/?{urlencode({'next': address})}", address


@pytest.mark.django_db
def test_staff_who_showed_their_second_factor_get_in(administrator: Client) -> None:
    assert administrator.get("/admin/").status_code == 200


@pytest.fixture
def secret(administrator_user: User) -> str:
    """What the administrator's authenticator app keeps."""
    Authenticator.objects.filter(user=administrator_user).delete()
    secret = totp.generate_totp_secret()
    totp.TOTP.activate(administrator_user, secret)
    return secret


def current_code(secret: str, *, later: int = 0) -> str:
    return totp.format_hotp_value(totp.hotp_value(secret, int(time.time()) // 30 + later))


@pytest.mark.django_db
def test_signing_in_with_password_and_code_opens_the_admin(
    visitor: Client, administrator_user: User, secret: str
) -> None:
    visitor.post("/accounts/login/", {"login": administrator_user.email, "password": PASSWORD})
    assert "_auth_user_id" not in visitor.session, "the password alone opens nothing"
    visitor.post("/accounts/2fa/authenticate/", {"code": current_code(secret)})
    assert visitor.get("/admin/").status_code == 200


@pytest.mark.django_db
def test_a_factor_set_up_in_a_session_is_shown_in_it_once(administrator_user: User, secret: str) -> None:
    client = signed_in(administrator_user, with_factor=False)
    asked = client.get("/admin/reports/locked/?page=1", follow=True)
    assert asked.redirect_chain[-1][0].startswith("/accounts/2fa/reauthenticate/")
    assert asked.status_code == 200
    assert "show your second factor" in asked.content.decode()
    on = {"code": current_code(secret), "next": "/admin/reports/locked/?page=1"}
    answer = client.post("/accounts/2fa/reauthenticate/", on)
    assert (answer.status_code, answer["Location"]) == (302, "/admin/reports/locked/?page=1")
    assert client.get(answer["Location"]).status_code == 200


@pytest.mark.django_db
def test_the_password_again_is_no_second_factor(administrator_user: User) -> None:
    client = signed_in(administrator_user, with_factor=False)
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    assert client.get("/admin/")["Location"].startswith("/accounts/2fa/reauthenticate/")


@pytest.mark.django_db
def test_a_code_by_mail_is_no_second_factor(visitor: Client, administrator_user: User) -> None:
    Authenticator.objects.filter(user=administrator_user).delete()
    visitor.post("/accounts/login/code/", {"email": administrator_user.email})
    visitor.post("/accounts/login/code/confirm/", {"code": code_in(Message.objects.get())})
    assert "_auth_user_id" in visitor.session
    give_second_factor(administrator_user)
    assert visitor.get("/admin/")["Location"].startswith("/accounts/2fa/reauthenticate/")


@pytest.mark.django_db
def test_a_passkey_alone_leads_to_the_page_for_passkeys(administrator_user: User) -> None:
    Authenticator.objects.filter(user=administrator_user).update(type=Authenticator.Type.WEBAUTHN)
    client = signed_in(administrator_user, with_factor=False)
    assert client.get("/admin/")["Location"].startswith("/accounts/2fa/webauthn/reauthenticate/?")


@pytest.mark.django_db
def test_a_session_that_signed_in_by_passkey_gets_in(administrator_user: User) -> None:
    Authenticator.objects.filter(user=administrator_user).update(type=Authenticator.Type.WEBAUTHN)
    assert signed_in(administrator_user).get("/admin/").status_code == 200
    asked = Client().get("/accounts/2fa/webauthn/login/", headers={"x-requested-with": "XMLHttpRequest"}).json()
    options = asked["request_options"]["publicKey"]
    assert options["userVerification"] == "required", "the device must ask who holds it"


@pytest.mark.django_db
def test_a_factor_that_is_gone_no_longer_counts(administrator: Client, administrator_user: User) -> None:
    Authenticator.objects.filter(user=administrator_user).delete()
    give_second_factor(administrator_user)
    assert administrator.get("/admin/")["Location"].startswith("/accounts/2fa/reauthenticate/")


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address",
    [
        "",
        "totp/deactivate/",
        "webauthn/add/",
        "recovery-codes/",
        "recovery-codes/download/",
        "recovery-codes/generate/",
    ],
)
def test_who_has_a_factor_shows_it_before_changing_or_reading_any(partner_user: User, address: str) -> None:
    """Else a session that knows the password alone adds a factor of its own, or reads the codes, and shows that one."""
    give_second_factor(partner_user)
    client = signed_in(partner_user, with_factor=False)
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    looked = client.get(f"/accounts/2fa/{address}")
    way_back = urlencode({"next": f"/accounts/2fa/{address}"})
    assert looked["Location"] == f"/accounts/2fa/reauthenticate/?{way_back}"
    asked = client.post(f"/accounts/2fa/{address}")
    assert asked["Location"] == "/accounts/2fa/reauthenticate/?next=%2Faccounts%2F2fa%2F"
    assert Authenticator.objects.filter(user=partner_user).count() == 1
    assert signed_in(partner_user).get("/accounts/2fa/").status_code == 200


@pytest.mark.django_db
def test_rights_of_staff_count_nowhere_without_the_factor(editor_user: User, settings: Settings) -> None:
    settings.DEMO = False
    assert signed_in(editor_user).get("/styleguide/").status_code == 200
    assert signed_in(editor_user, with_factor=False).get("/styleguide/").status_code == 404
    editor_user.rights_withheld = True
    assert not editor_user.has_perm("practices.change_practice")
    assert not editor_user.has_module_perms("practices")


@pytest.mark.django_db
def test_what_is_private_to_a_group_of_staff_asks_for_the_factor_as_well(
    editor_user: User, administrator_user: User, partner: Client, partner_user: User
) -> None:
    group = Group.objects.get(name="Editors")
    home = HomePage.objects.get(locale__language_code="en")
    page = home.add_child(instance=StandardPage(title="Private", slug="private", locale=home.locale))
    restriction = PageViewRestriction.objects.create(page=page, restriction_type="groups")
    restriction.groups.add(group)
    collection = Collection.get_first_root_node().add_child(name="Private")
    on_files = CollectionViewRestriction.objects.create(collection=collection, restriction_type="groups")
    on_files.groups.add(group)
    document = get_document_model().objects.create(
        title="Private", file=ContentFile(b"text", name="private.txt"), collection=collection
    )
    for address in (page.url, document.url):
        for user in (editor_user, administrator_user):
            assert signed_in(user).get(address).status_code == 200
            asked = signed_in(user, with_factor=False).get(address)
            assert (asked.status_code, asked["Location"].split("?")[0]) == (302, "/accounts/2fa/reauthenticate/")
        assert partner.get(address, follow=True).status_code == 403, "and no circle by way of signing in"
        assert Client().get(address)["Location"].startswith("/accounts/login/")
    partner_user.groups.add(Group.objects.create(name="Partners"))
    restriction.groups.add(partner_user.groups.get())
    assert partner.get(page.url).status_code == 200, "a group without rights of staff needs no factor"


@pytest.mark.django_db
def test_the_demo_can_switch_it_off(administrator: Client, administrator_user: User, settings: Settings) -> None:
    settings.STAFF_SECOND_FACTOR = False
    Authenticator.objects.filter(user=administrator_user).delete()
    assert administrator.get("/admin/").status_code == 200


@pytest.mark.django_db
def test_wagtail_sends_to_our_sign_in(visitor: Client) -> None:
    response = visitor.get("/admin/")
    assert response.status_code == 302
    assert response["Location"].startswith("/accounts/login/")
    assert visitor.get("/admin/login/?next=/admin/")["Location"] == "/accounts/login/?next=/admin/"


@pytest.mark.django_db
@pytest.mark.parametrize("second_factor", [True, False])
def test_who_has_no_business_in_the_admin_is_told_so_and_not_sent_in_circles(
    partner: Client, settings: Settings, second_factor: bool
) -> None:
    settings.STAFF_SECOND_FACTOR = second_factor
    assert partner.get("/admin/", follow=True).status_code == 403


@pytest.mark.django_db
@pytest.mark.parametrize(
    "credential",
    ["[" * 3000, "[" * 3000 + "]" * 3000, "[]", "1", '{"id": 1}', '{"id": "x", "rawId": "x", "response": {}}', "no"],
)
def test_a_credential_that_no_browser_made_is_refused(visitor: Client, credential: str) -> None:
    answer = visitor.post("/accounts/2fa/webauthn/login/", {"credential": credential})
    assert answer.status_code in {200, 302, 400}
    assert "_auth_user_id" not in visitor.session
