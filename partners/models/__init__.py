from partners.models.interests import Interest, InterestQuerySet
from partners.models.organisations import (
    EarlierOrganisationSlug,
    Membership,
    Organisation,
    OrganisationQuerySet,
    OrganisationText,
)

__all__ = [
    "EarlierOrganisationSlug",
    "Interest",
    "InterestQuerySet",
    "Membership",
    "Organisation",
    "OrganisationQuerySet",
    "OrganisationText",
]
