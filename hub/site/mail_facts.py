"""What the centre's mails say around their words, and the words of its own."""

from typing import Any

from hub.site.models import SiteSettings
from notifications.delivery import rendering


def site_facts() -> dict[str, Any]:
    """Name, tagline and funding statement in the active language."""
    settings = SiteSettings.objects.first() or SiteSettings()
    return {
        "name": settings.name,
        "tagline": str(settings.tagline),
        "funding_statement": settings.get_funding_display(),
        "disclaimer": str(settings.disclaimer),
        "address": settings.address,
    }


def connect() -> None:
    """Called once when Django starts: mails learn the site's name."""
    rendering.register_site(site_facts)
