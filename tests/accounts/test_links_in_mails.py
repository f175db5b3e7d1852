"""Links in the mails about signing in lead to the portal, whatever the request says of where it was sent."""

from urllib.parse import urlsplit

import pytest
from allauth.account.models import EmailAddress
from django.conf import settings
from django.test import Client

from notifications.outbox.models import Message
from tests.factories.accounts import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db

ODD_HOST = f"{settings.SITE_HOST}:4444"
SIGN_UP = {"password1": PASSWORD, "first_name": "Some", "last_name": "Body"}


@pytest.fixture
def elsewhere() -> Client:
    """A browser whose requests name a port that the portal does not have."""
    return Client(HTTP_HOST=ODD_HOST)


def links() -> list[str]:
    return [word for message in Message.objects.all() for word in message.context["text"].split() if "://" in word]


@pytest.mark.parametrize(
    ("page", "fields", "leads_to"),
    [
        ("/accounts/password/reset/", {"email": "known@example.org"}, "/accounts/password/reset/key/"),
        ("/accounts/password/reset/", {"email": "nobody@example.org"}, "/accounts/signup/"),
        ("/accounts/login/code/", {"email": "nobody@example.org"}, "/accounts/signup/"),
        ("/accounts/signup/", {**SIGN_UP, "email": "known@example.org"}, "/accounts/password/reset/"),
    ],
)
def test_they_carry_the_address_of_the_portal(
    elsewhere: Client, page: str, fields: dict[str, str], leads_to: str
) -> None:
    user = UserFactory.create(email="known@example.org")
    EmailAddress.objects.update_or_create(user=user, email=user.email, defaults={"verified": True, "primary": True})
    assert elsewhere.post(page, fields).status_code == 302
    (link,) = links()
    assert link.startswith(f"{settings.SITE_URL}{leads_to}")
    assert "4444" not in link


def test_the_reset_link_works(elsewhere: Client) -> None:
    UserFactory.create(email="known@example.org")
    elsewhere.post("/accounts/password/reset/", {"email": "known@example.org"})
    (link,) = links()
    page = Client().get(urlsplit(link).path, follow=True)
    assert 'name="password1"' in page.content.decode()
