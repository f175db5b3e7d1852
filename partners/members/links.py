"""The signed address in the mail that invites somebody."""

from django.core import signing

from partners.members.models import Invitation

SALT = "partners.invitation"


def token_of(invitation: Invitation) -> str:
    return signing.dumps(invitation.uuid.hex, salt=SALT)


def invitation_of(token: str) -> Invitation | None:
    """Also one whose time is over: its page says so. None for a forged link and one that a later mail replaced."""
    try:
        name = signing.loads(token, salt=SALT)
    except signing.BadSignature:
        return None
    return Invitation.objects.select_related("organisation", "invited_by").filter(uuid=name).first()
