"""What search engines read about an organisation (schema.org)."""

from urllib.parse import urljoin

from django.conf import settings
from django.utils.safestring import SafeString

from hub.pages.structured_data import json_ld, part
from partners.organisations.models import Organisation, OrganisationText


def organisation_data(organisation: Organisation, text: OrganisationText | None) -> SafeString:
    """Organization with its own website as the thing it is the same as; its mailbox is not for robots."""
    return json_ld(
        "Organization",
        name=organisation.name,
        description=text.summary if text else "",
        url=urljoin(settings.SITE_URL, organisation.get_absolute_url()),
        sameAs=organisation.website,
        address=part("PostalAddress", addressCountry=organisation.country.code.upper()),
        identifier=organisation.enterprise_number or organisation.pic,
        knowsAbout=[str(term) for term in organisation.terms.all() if term.vocabulary in {"theme", "track"}],
        memberOf=[part("Organization", name=name) for name in organisation.network_names],
    )
