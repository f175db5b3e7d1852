"""Two people behind one invitation: a mailbox that colleagues share, and both press the button."""

from urllib.parse import urlsplit

import pytest

from accounts.colleagues import inviting
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


def test_the_account_is_of_who_was_first() -> None:
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
