"""Whom the portal's mails name for questions: whom the contact page writes to, unless an app knows somebody nearer."""

from django.utils.translation import get_language

from hub.contact.models import Contact, ContactPage
from hub.site.models import SiteSettings
from notifications.outbox import contacts


def told(contact: Contact | None) -> contacts.Contact | None:
    """A contact as mails name it, in the active language."""
    return contacts.Contact(str(contact), contact.email) if contact else None


def _of_site() -> contacts.Contact | None:
    pages = ContactPage.objects.live().filter(locale__language_code=get_language(), contact__isnull=False)
    if page := pages.select_related("contact").first():
        return told(page.contact)
    site = SiteSettings.objects.first()
    return contacts.Contact(site.name, site.contact_email) if site and site.contact_email else None


def connect() -> None:
    """Called once when Django starts."""
    contacts.register_site(_of_site)
