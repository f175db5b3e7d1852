"""Signed addresses in mails to owners: each is for one person and one invitation of an organisation."""

from datetime import timedelta

from django.core import signing
from django.urls import reverse

from accounts.users.models import User
from consortia.consortium.models import Member

SALT = "consortia.sign_off"
LASTS = timedelta(days=60)


def token_of(member: Member, user: User) -> str:
    return signing.dumps([member.pk, member.invitation, user.pk], salt=SALT)


def address(member: Member, user: User) -> str:
    """Where this person signs, whether or not signed in."""
    return reverse("consortia:sign_by_mail", args=[token_of(member, user)])


def of_token(token: str) -> tuple[Member, User] | None:
    """None for a forged or old link, and once the person's account is closed or the organisation is out.

    Invited anew, it is asked by a new mail: the links of the time before stay closed.
    """
    try:
        key, invitation, person = signing.loads(token, salt=SALT, max_age=LASTS)
    except (signing.BadSignature, ValueError):
        return None
    members = Member.objects.standing().select_related("organisation", "consortium__call")
    member = members.filter(pk=key, invitation=invitation, organisation__memberships__user=person).first()
    user = User.objects.filter(pk=person, is_active=True).first()
    return (member, user) if member and user else None
