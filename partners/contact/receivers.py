"""Who hear of a message to an organisation: mailboxes that the portal never shows."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Q, QuerySet

from accounts.users import addresses
from accounts.users.models import User
from hub.site.models import SiteSettings
from partners.organisations.models import Membership, Organisation

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
    if found := members(organisation):
        return found
    site = SiteSettings.objects.first()
    return [Receiver(site.contact_email, settings.LANGUAGE_CODE)] if site and site.contact_email else []


def members(organisation: Organisation, *, role: str = "", besides: int | None = None) -> list[Receiver]:
    """Who act for it, owners first; with a `role` only those who have it, and `besides` one other of them."""
    theirs = Membership.objects.filter(organisation=organisation)
    if role:
        theirs = theirs.filter(Q(role=role) | Q(user=besides))
    found = _reached().filter(memberships__in=theirs).order_by("-memberships__role", "pk")[:MOST_RECEIVERS]
    return [Receiver(user.email, user.mail_language) for user in found]


def members_of_each(organisations: Iterable[int]) -> dict[int, list[Receiver]]:
    """The same for many, by their keys, in one query."""
    theirs = Membership.objects.filter(organisation__in=organisations, user__in=_reached()).order_by("-role", "user_id")
    found: dict[int, list[Receiver]] = {}
    for organisation, email, language in theirs.values_list("organisation_id", "user__email", "user__language"):
        receivers = found.setdefault(organisation, [])
        if len(receivers) < MOST_RECEIVERS:
            receivers.append(Receiver(email, language or settings.LANGUAGE_CODE))
    return found


def with_members(organisations: Iterable[int]) -> set[int]:
    """Of these, by their keys, those that have such a member."""
    theirs = Membership.objects.filter(organisation__in=organisations, user__in=_reached())
    return set(theirs.values_list("organisation_id", flat=True))


def _reached() -> QuerySet[User]:
    """Who hears what is written to them: of an address that nobody proved, nobody knows whose it is."""
    return addresses.with_proved_name(User.objects.filter(is_active=True))
