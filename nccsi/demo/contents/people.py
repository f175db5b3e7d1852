"""The people of the demo: roles, no persons."""

from dataclasses import dataclass

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group

from accounts.users.models import User
from hub.installation.setting_up import EDITORS, MODERATORS
from nccsi.demo.logins import (
    ADMINISTRATOR,
    CHAIR,
    EDITOR,
    OTHER_PARTNER,
    OTHER_REVIEWER,
    PARTNER,
    PASSWORD,
    REVIEWER,
)
from nccsi.demo.reading.checking import check
from partners.claims import claiming
from partners.organisations.models import Membership, Organisation


@dataclass(frozen=True)
class Role:
    """Somebody who may sign in."""

    email: str
    name: str
    language: str
    is_staff: bool = False
    is_superuser: bool = False
    groups: tuple[str, ...] = ()
    # By the slugs of organisations: which one they own, edit, ask to manage.
    organisation: str = ""
    edits: str = ""
    claims: str = ""


ROLES = (
    Role(ADMINISTRATOR, "administrator", "nl", is_staff=True, is_superuser=True),
    Role(EDITOR, "editor", "nl", is_staff=True, groups=(EDITORS, MODERATORS)),
    Role(PARTNER, "partner", "nl", organisation="sociale-innovatiefabriek", edits="stad-gent"),
    Role(OTHER_PARTNER, "second partner", "en", organisation="genio", claims="rethink-ireland"),
    Role(CHAIR, "chair", "nl"),
    Role(REVIEWER, "reviewer", "nl"),
    Role(OTHER_REVIEWER, "second reviewer", "en"),
)


def load() -> int:
    """Adds those who are missing; organisations must be there already."""
    known = set(User.objects.filter(email__in=[role.email for role in ROLES]).values_list("email", flat=True))
    missing = [role for role in ROLES if role.email not in known]
    secret = make_password(PASSWORD) if missing else ""  # slow on purpose, so once
    for role in missing:
        _add(role, secret)
    return len(missing)


def person(email: str) -> User:
    """One of them."""
    return User.objects.get(email=email)


def _add(role: Role, secret: str) -> None:
    user = User(
        email=role.email,
        first_name="Demo",
        last_name=role.name,
        language=role.language,
        is_staff=role.is_staff,
        is_superuser=role.is_superuser,
        password=secret,
    )
    check(user)
    user.save()
    address = EmailAddress(user=user, email=role.email, verified=True, primary=True)
    check(address)
    address.save()
    user.groups.add(*Group.objects.filter(name__in=role.groups))
    _act_for(user, role.organisation, Membership.Role.OWNER)
    _act_for(user, role.edits, Membership.Role.EDITOR)
    if role.claims:
        asked = Organisation.objects.get(slug=role.claims)
        claiming.claim(asked, by=user, position="Project officer", message="An example: the centre decides about it.")


def _act_for(user: User, slug: str, as_what: str) -> None:
    if slug:
        membership = Membership(user=user, organisation=Organisation.objects.get(slug=slug), role=as_what)
        check(membership)
        membership.save()
