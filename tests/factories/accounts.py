from functools import cache
from typing import Any

import factory
from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password

from accounts.users.models import User

PASSWORD = "correct horse battery staple"


@cache
def hashed(password: str) -> str:
    """As everybody's is; most people of the tests have the same."""
    return make_password(password)


class UserFactory(factory.django.DjangoModelFactory[User]):
    """A person with a verified address."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    email = factory.Sequence(lambda n: f"person{n}@example.org")
    first_name = "Role"
    last_name = factory.Sequence(lambda n: f"Name {n}")
    language = "en"

    password = PASSWORD

    @classmethod
    def _adjust_kwargs(cls, **kwargs: Any) -> dict[str, Any]:
        return kwargs | {"password": hashed(kwargs["password"])}

    @factory.post_generation
    def verified(self: User, create: bool, extracted: bool | None, **kwargs: object) -> None:
        if extracted is not False:
            EmailAddress.objects.create(user=self, email=self.email, primary=True, verified=True)
