"""A question about a practice finds its way to a mailbox that the portal never shows."""

import hashlib

from django.conf import settings
from django.db import transaction

from hub.site.models import SiteSettings
from practices.page import emails
from practices.practice.models.practice import Practice


def mailbox(practice: Practice) -> str:
    """Where questions go: the practice's own mailbox, else its owner's, else the centre's, if any."""
    owner = practice.owner if practice.owner_id else None
    if practice.contact_email or (owner and owner.email):
        return practice.contact_email or owner.email  # type: ignore[union-attr]  # one of the two is there
    site = SiteSettings.objects.first()
    return site.contact_email if site else ""


@transaction.atomic
def ask(practice: Practice, *, name: str, email: str, organisation: str, question: str, language: str) -> bool:
    """Pass the question on; the same question sent twice is one mail. False when it was passed on before."""
    to = mailbox(practice)
    if not to:
        return False
    digest = hashlib.sha256("\0".join([email.lower(), question]).encode()).hexdigest()[:32]
    return emails.question(
        practice,
        to=to,
        language=practice.original_language if practice.original_language in dict(settings.LANGUAGES) else language,
        name=name,
        email=email,
        organisation=organisation,
        words=question,
        key=f"practices/question:{practice.pk}:{digest}",
    )
