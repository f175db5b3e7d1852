"""A week before an offer or request is over its people hear of it, once, and renew it with one button."""

from datetime import date
from urllib.parse import urljoin

from django.conf import settings
from django.core import signing
from django.db import connection, transaction
from django.db.models import F
from django.urls import reverse
from django.utils.translation import override

from notifications.outbox.outbox import spoken
from partners.contact.receivers import members
from partners.exchange import emails
from partners.exchange.models import Notice
from partners.organisations.models import Membership

SALT = "partners.renew"
MOST_AT_ONCE = 200
# Two beats happen; the number only has to differ from those of other periodic tasks.
_LOCK = 7_300_051


@transaction.atomic
def run() -> int:
    """Safe to run at any time, twice, and several at once. Returns of how many it told."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [_LOCK])
        if not cursor.fetchone()[0]:
            return 0
    due = Notice.objects.ending().order_by("until", "pk").select_related("organisation")
    found = list(due.select_for_update(of=["self"], no_key=True)[:MOST_AT_ONCE])
    for notice in found:
        _tell(notice)
    Notice.objects.filter(pk__in=[notice.pk for notice in found]).update(warned_for=F("until"))
    return len(found)


def _tell(notice: Notice) -> None:
    """Its owners hear of it, and who made it while they act for the organisation."""
    for to in members(notice.organisation, role=Membership.Role.OWNER, besides=notice.made_by_id):
        with override(spoken(to.language)):
            path = reverse("exchange:renew_by_mail", args=[token_of(notice)])
        emails.over_soon(notice, to, renew_url=urljoin(settings.SITE_URL, path))


def token_of(notice: Notice) -> str:
    """It names the last day that the mail told of, so that the button renews once."""
    return signing.dumps([notice.pk, notice.until.isoformat()], salt=SALT)


def notice_of(token: str) -> tuple[Notice, date] | None:
    """It and the day that the mail told of; None for a forged link and for what is deleted."""
    try:
        key, until = signing.loads(token, salt=SALT)
    except signing.BadSignature:
        return None
    found = Notice.objects.with_facts().filter(pk=key).first()
    return (found, date.fromisoformat(until)) if found else None
