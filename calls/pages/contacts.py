"""Whom mails about a call name for questions: whom its page names."""

from collections.abc import Callable

from django.utils.translation import get_language

from calls.chain.models import Call
from calls.pages.models import CallPage
from hub.contact.in_mails import told
from hub.contact.models import Contact
from notifications.outbox import contacts


def contact_by(lookup: str) -> Callable[[int], contacts.Contact | None]:
    """Who answers for the call that is found by this key of it or of something that belongs to it."""

    def find(key: int) -> contacts.Contact | None:
        calls = Call.objects.filter(**{lookup: key}).values("pk")
        pages = CallPage.objects.live().filter(call__in=calls, locale__language_code=get_language())
        if page := pages.filter(contact__isnull=False).select_related("contact").first():
            return told(page.contact)
        return told(Contact.objects.filter(pk__in=Call.objects.filter(pk__in=calls).values("contact")).first())

    return find


def connect() -> None:
    """Called once when Django starts."""
    for fact, lookup in (("call", "pk"), ("deadline", "deadlines"), ("question", "questions")):
        contacts.register(fact, contact_by(lookup))
