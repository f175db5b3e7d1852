import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from pytest_django import Settings

from accounts.models import User


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
    administrator: Client, administrator_user: User, settings: Settings
) -> None:
    settings.STAFF_SECOND_FACTOR = True
    Authenticator.objects.filter(user=administrator_user).delete()
    addresses = admin_addresses()
    assert len(addresses) > 40
    for address in addresses:
        response = administrator.get(address)
        assert response.status_code == 302, address
        assert response["Location"] == "/accounts/2fa/", address


@pytest.mark.django_db
def test_staff_with_a_second_factor_get_in(administrator: Client, settings: Settings) -> None:
    settings.STAFF_SECOND_FACTOR = True
    assert administrator.get("/admin/").status_code == 200


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
