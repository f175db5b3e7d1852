"""The mails to people who act for an organisation, or are asked to. Each only writes to the outbox."""

from urllib.parse import urljoin
from uuid import uuid4

from django.conf import settings
from django.urls import reverse
from django.utils.translation import override

from accounts.users.models import User
from notifications.outbox import outbox
from partners.members import links
from partners.members.models import LASTS, Invitation
from partners.organisations.models import Organisation


def invitation(invitation: Invitation) -> bool:
    """Who asks whom to act for which organisation, and the link to accept; False when too much waits there already."""
    with override(invitation.language):
        link = urljoin(settings.SITE_URL, reverse("partners:invitation", args=[links.token_of(invitation)]))
        role = str(invitation.get_role_display())
    return outbox.queue(
        "partners/invitation",
        to=invitation.email,
        language=invitation.language,
        context={
            "organisation": invitation.organisation.name,
            "by": str(invitation.invited_by.get_full_name()) if invitation.invited_by else "",
            "role": role,
            "days": LASTS.days,
            "accept_url": link,
        },
        dedupe_key=f"partners/invitation:{invitation.uuid}",
        about=f"organisation:{invitation.organisation_id}:invitation:{invitation.pk}",
        expires_at=invitation.ends_at,
    )


def membership_changed(user: User, organisation: Organisation, *, now: str) -> None:
    """What somebody else decided: `now` is the role, or empty for who no longer acts for the organisation."""
    outbox.queue(
        "partners/membership_changed",
        to=user.email,
        language=user.mail_language,
        context={"organisation": organisation.name, "now": now, "name": user.get_full_name()},
        dedupe_key=f"partners/membership_changed:{uuid4()}",
        about=f"organisation:{organisation.pk}:member:{user.pk}",
    )
