"""Where questions about a practice go: a mailbox that the portal never shows."""

from hub.site.models import SiteSettings
from practices.practice.models.practice import Practice


def mailbox(practice: Practice) -> str:
    """The practice's own mailbox, else its owner's, else the centre's, if any."""
    return own_mailbox(practice) or centre_mailbox()


def own_mailbox(practice: Practice) -> str:
    """The practice's own mailbox, else its owner's, if any."""
    owner = practice.owner if practice.owner_id else None
    return practice.contact_email or (owner.email if owner else "")


def centre_mailbox() -> str:
    """The centre's, if it has one: it answers where nobody else does."""
    site = SiteSettings.objects.first()
    return site.contact_email if site else ""
