"""What somebody writes on the contact page goes to the mailbox that answers for the page it is about."""

import hashlib
from typing import Any

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest
from wagtail.models import Page

from accounts.throttling import allow_visitor
from hub.models.site import Contact, SiteSettings
from notifications import outbox

HOUR = 3600


def subject_page(number: int | None) -> Page | None:
    """The page a question is about, as long as anybody may see it."""
    page = Page.objects.live().public().filter(pk=number).first() if number else None
    return page.specific if page else None


def contact_of(page: Page | None) -> Contact | None:
    """Who answers for a page: its own contact, else the one of the call or event whose words it is."""
    if page is None:
        return None
    facts = getattr(page, "call", None) or getattr(page, "event", None)
    return getattr(page, "contact", None) or getattr(facts, "contact", None)


def mailbox(*pages: Page | None) -> str:
    """The first mailbox that answers for one of these pages, else the centre's own."""
    for page in pages:
        contact = contact_of(page)
        if contact:
            return contact.email
    site = SiteSettings.objects.first()
    return site.contact_email if site else ""


def too_often(request: HttpRequest) -> bool:
    """Five messages an hour are enough for a person."""
    return not allow_visitor(request, "contact", limit=5, per=HOUR)


@transaction.atomic
def send(*, to: str, about: Page | None, language: str, message: dict[str, Any]) -> bool:
    """Writes the mail to the outbox; the same words a second time change nothing."""
    words = {name: message[name] for name in ("name", "email", "subject", "message")}
    key = hashlib.sha256(repr((to, about and about.pk, sorted(words.items()))).encode()).hexdigest()
    context = words | {
        "reply_to": words["email"],
        "page_title": about.title if about else "",
        "page_url": f"{settings.SITE_URL}{about.url}" if about else "",
    }
    return outbox.queue(
        "hub/contact_message", to=to, language=language, context=context, dedupe_key=f"contact:{key}", about="contact"
    )
