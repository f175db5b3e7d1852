"""The models of all rooms, where Django looks for them; nothing else imports this."""

from partners.organisations.models import EarlierOrganisationSlug, Membership, Organisation, OrganisationText

__all__ = ["EarlierOrganisationSlug", "Membership", "Organisation", "OrganisationText"]
