"""A message finds its way to the people of an organisation, and the sender gets a copy."""

import hashlib
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction

from accounts.users import addresses
from accounts.users.models import User
from hub.site.models import SiteSettings
from partners.contact import emails
from partners.organisations.models import Organisation

# Who hear of a message when there is no mailbox: owners first.
MOST_RECEIVERS = 20


@dataclass(frozen=True)
class Receiver:
    """A mailbox that the portal never shows."""

    email: str
    language: str


def receivers(organisation: Organisation) -> list[Receiver]:
    """The organisation's own mailbox, else its members, else the centre; nobody where there is none of these."""
    language = organisation.original_language
    if organisation.email:
        return [Receiver(organisation.email, language)]
    proved = addresses.with_proved_name(User.objects.filter(is_active=True, memberships__organisation=organisation))
    members = proved.order_by("-memberships__role", "pk")[:MOST_RECEIVERS]
    if found := [Receiver(user.email, user.mail_language) for user in members]:
        return found
    site = SiteSettings.objects.first()
    return [Receiver(site.contact_email, settings.LANGUAGE_CODE)] if site and site.contact_email else []


@transaction.atomic
def write(organisation: Organisation, *, name: str, email: str, message: str, language: str, by: User | None) -> None:
    """Pass the message on; sent twice it is one.

    The copy repeats the words only to who proved to hold the address: else anybody could send anything to anybody.
    """
    digest = hashlib.sha256("\0".join([email.lower(), message]).encode()).hexdigest()[:32]
    for receiver in receivers(organisation):
        emails.message(
            organisation,
            to=receiver.email,
            language=receiver.language,
            name=name,
            email=email,
            message=message,
            key=f"{digest}:{hashlib.sha256(receiver.email.encode()).hexdigest()[:16]}",
        )
    words = message if addresses.holds(by, email) else ""
    emails.copy(organisation, to=email, language=language, name=name, message=words, key=digest)
