"""Signed addresses in mails to owners: each is for one person and one organisation in one consortium."""

from datetime import timedelta

from django.core import signing
from django.urls import reverse

from accounts.users.models import User
from consortia.consortium.models import Member

SALT = "consortia.sign_off"
LASTS = timedelta(days=60)


def token_of(member: Member, user: User) -> str:
    return signing.dumps([member.pk, user.pk], salt=SALT)


def address(member: Member, user: User) -> str:
    """Where this person signs, whether or not signed in."""
    return reverse("consortia:sign_by_mail", args=[token_of(member, user)])


def of_token(token: str) -> tuple[Member, User] | None:
    """None for a forged or old link, and once the organisation is out or the person's account is closed."""
    try:
        key, person = signing.loads(token, salt=SALT, max_age=LASTS)
    except signing.BadSignature:
        return None
    members = Member.objects.standing().select_related("organisation", "consortium__call")
    member = members.filter(pk=key, organisation__memberships__user=person).first()
    user = User.objects.filter(pk=person, is_active=True).first()
    return (member, user) if member and user else None
