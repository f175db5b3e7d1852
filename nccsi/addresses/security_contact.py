"""Where people report a weakness of the portal: `/.well-known/security.txt` (RFC 9116)."""

from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from hub.contact.models import ContactPage
from hub.languages.reading_order import BRIDGE, nearest_page
from hub.site.models import SiteSettings
from hub.site.visibility import visible

# The format asks for less than a year; each answer counts anew.
HOLDS = timedelta(days=360)


@require_safe
def security_txt(request: HttpRequest) -> HttpResponse:
    """Who to write to, in which languages, and until when that holds."""
    expires = (timezone.now() + HOLDS).strftime("%Y-%m-%dT00:00:00Z")
    lines = [
        f"Contact: {_contact()}",
        f"Expires: {expires}",
        f"Preferred-Languages: {', '.join(code for code, _name in settings.LANGUAGES)}",
        f"Canonical: {settings.SITE_URL}/.well-known/security.txt",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


def _contact() -> str:
    """The form, which keeps the mailbox out of robots' reach; else the mailbox, else the portal itself."""
    page = nearest_page(visible(ContactPage.objects.all()), BRIDGE)
    if page:
        return f"{settings.SITE_URL}{page.url}"
    site = SiteSettings.objects.first()
    return f"mailto:{site.contact_email}" if site and site.contact_email else f"{settings.SITE_URL}/"
