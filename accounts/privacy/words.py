"""The words of keeping times: what a kind of record belongs to, the ground for keeping it, spans as people say them."""

from datetime import timedelta

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

YEAR = 365  # days


class Subject(TextChoices):
    """The headings of the privacy page, in their order."""

    EVENTS = "events", _("Events")
    PRACTICES = "practices", _("Practices")
    CALLS = "calls", _("Calls and consortia")
    ORGANISATIONS = "organisations", _("Organisations")
    LEARNING = "learning", _("Learning agenda and figures")
    MAIL = "mail", _("Mail and what you follow")
    ACCOUNTS = "accounts", _("Accounts and visits")
    PORTAL = "portal", _("The portal itself")


class Ground(TextChoices):
    """What allows it: GDPR, article 6(1), a, b, c, e and f."""

    CONSENT = "consent", _("your consent")
    SERVICE = "service", _("what you asked us for")
    LEGAL_DUTY = "legal duty", _("a legal duty")
    PUBLIC_TASK = "public task", _("a task in the public interest")
    LEGITIMATE_INTEREST = "legitimate interest", _("a legitimate interest")


def in_words(span: timedelta) -> str:
    """`5 years`, `400 days`, `1 hour`: in the largest unit that leaves no rest, in the reader's language."""
    if span.days and span.days % YEAR == 0:
        years = span.days // YEAR
        return ngettext("%(number)s year", "%(number)s years", years) % {"number": years}
    if span.days:
        return ngettext("%(number)s day", "%(number)s days", span.days) % {"number": span.days}
    hours = span.seconds // 3600
    return ngettext("%(number)s hour", "%(number)s hours", hours) % {"number": hours}
