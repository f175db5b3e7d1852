"""What happens to one account at the same moment, from two sides."""

from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from allauth.account.models import EmailAddress
from django.utils import timezone

from accounts.colleagues import inviting
from accounts.signing_in import proving
from accounts.users.models import User
from notifications.outbox.models import Message
from tests.factories.accounts import UserFactory
from tests.meanwhile import while_uncommitted

pytestmark = pytest.mark.django_db(transaction=True)


def token_for(user: User) -> str:
    inviting.invite(user)
    text = Message.objects.get(to_email=user.email).context["text"]
    path = urlsplit(next(word for word in text.split() if "://" in word)).path
    return path.rstrip("/").rpartition("/")[2]


def test_an_invitation_is_of_who_was_first() -> None:
    """Colleagues share a mailbox, and both press the button."""
    user = UserFactory.create(verified=False)
    token = token_for(user)

    def accept(password: str) -> User | None:
        return inviting.accept(token, password=password, language="en")

    assert (
        while_uncommitted(lambda: accept("what the first one chose"), lambda: accept("what the other one chose"))
        is None
    )
    user.refresh_from_db()
    assert user.check_password("what the first one chose")


def test_who_proves_an_address_while_old_accounts_are_forgotten_keeps_theirs() -> None:
    user = UserFactory.create(verified=False, date_joined=timezone.now() - timedelta(days=3))
    EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=False)
    proved = EmailAddress.objects.filter(user=user)
    assert while_uncommitted(lambda: proved.update(verified=True), proving.forget_unproved) == 0
    assert User.objects.filter(pk=user.pk).exists()
