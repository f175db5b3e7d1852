"""The models of all rooms, where Django looks for them; nothing else imports this."""

from partners.claims.models import Claim
from partners.duplicates.models import ComparedName, LikelyPair
from partners.exchange.models import Notice
from partners.members.models import FormerMembership, Invitation
from partners.organisations.models import EarlierOrganisationSlug, Membership, Organisation, OrganisationText
from partners.sheets.models import OrganisationImport

__all__ = [
    "Claim",
    "ComparedName",
    "EarlierOrganisationSlug",
    "FormerMembership",
    "Invitation",
    "LikelyPair",
    "Membership",
    "Notice",
    "Organisation",
    "OrganisationImport",
    "OrganisationText",
]
