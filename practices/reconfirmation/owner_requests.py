"""Facts grow old: two years after somebody last vouched for a practice, its owner is asked whether it still holds."""

from datetime import date, datetime, timedelta
from urllib.parse import urljoin

from django.conf import settings
from django.core import signing
from django.db import connection, transaction
from django.db.models import F
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from accounts.users import addresses
from accounts.users.models import User
from hub.dates import brussels
from notifications.outbox.telling import address_key
from practices.practice.mailbox import mailbox
from practices.practice.models.practice import Practice, PracticeQuerySet
from practices.reconfirmation import emails
from practices.reconfirmation.models import ConfirmationRequest

MONTHS = 24
ASK_AGAIN_AFTER = timedelta(days=30)
SALT = "practices.reconfirm"
# Links of both mails work until long after a page says that nobody answered.
MAX_AGE = timedelta(days=400)
# A library that was imported with old dates is asked about bit by bit.
MOST_AT_ONCE = 200
# Two beats happen; the number only has to differ from those of other periodic tasks.
_LOCK = 7_300_031


def too_old(today: date) -> date:
    """What somebody vouched for on this day or before is to be asked about."""
    year, month = today.year - MONTHS // 12, today.month
    try:
        return today.replace(year=year)
    except ValueError:  # 29 February
        return date(year, month, 28)


def run(*, now: datetime) -> int:
    """Ask, and ask once more; safe to run at any time, twice, and several at once. Returns how many were asked."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [_LOCK])
            if not cursor.fetchone()[0]:
                return 0
        return _ask_first(now) + _ask_again(now)


def _old(now: datetime) -> PracticeQuerySet:
    """Published practices that nobody vouched for in two years, the longest ago first."""
    return Practice.objects.public().known_until(too_old(brussels.local(now).date())).order_by("last_known", "pk")


def _ask_first(now: datetime) -> int:
    asked = _old(now).filter(confirmation_requests__known_on=F("last_known"))
    practices = list(_old(now).exclude(pk__in=asked.order_by().values("pk")).select_related("owner")[:MOST_AT_ONCE])
    for practice in practices:
        known_on = practice.known_on
        if known_on:
            request = ConfirmationRequest.objects.create(practice=practice, known_on=known_on, asked_at=now)
            _mail(request, is_second=False)
    return len(practices)


def _ask_again(now: datetime) -> int:
    waiting = ConfirmationRequest.objects.unanswered().filter(
        asked_again_at=None, asked_at__lte=now - ASK_AGAIN_AFTER, practice__in=_old(now).order_by().values("pk")
    )
    requests = list(waiting.select_related("practice__owner").order_by("asked_at", "pk")[:MOST_AT_ONCE])
    current = [request for request in requests if request.practice.known_on == request.known_on]
    for request in current:
        _mail(request, is_second=True)
    ConfirmationRequest.objects.filter(pk__in=[request.pk for request in requests]).update(asked_again_at=now)
    return len(current)


def receivers(practice: Practice) -> dict[str, str]:
    """Addresses with their languages: the people of the organisation that answers for it, else its mailbox."""
    members = User.objects.filter(memberships__organisation=practice.owner_id or 0, is_active=True)
    found = {person.email: person.mail_language for person in addresses.with_proved_name(members)}
    if not found and (own_address := mailbox(practice)):
        own = practice.original_language
        found[own_address] = own if own in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
    return found


def _mail(request: ConfirmationRequest, *, is_second: bool) -> None:
    for email, language in receivers(request.practice).items():
        with override(language):
            path = reverse("practices:reconfirm", args=[token_of(request)])
        emails.confirmation_request(
            request.practice,
            to=email,
            language=language,
            known_on=request.known_on,
            confirm_url=urljoin(settings.SITE_URL, path),
            is_second=is_second,
            key=f"practices/reconfirm:{request.pk}:{2 if is_second else 1}:{address_key(email)}",
        )


def token_of(request: ConfirmationRequest) -> str:
    """What stands in the mails' links."""
    return signing.dumps(request.pk, salt=SALT)


def request_for(token: str) -> ConfirmationRequest | None:
    """None for a forged or old link, and for a practice that is not public any more."""
    try:
        key = signing.loads(token, salt=SALT, max_age=MAX_AGE)
    except signing.BadSignature:
        return None
    found = ConfirmationRequest.objects.filter(practice__in=Practice.objects.public(), pk=key)
    return found.select_related("practice__owner").first()


@transaction.atomic
def confirm(request: ConfirmationRequest) -> bool:
    """It still holds, as of today; False when that was said before, or somebody checked it meanwhile."""
    practice = Practice.objects.select_for_update(no_key=True).get(pk=request.practice_id)
    open_request = ConfirmationRequest.objects.unanswered().filter(pk=request.pk)
    if not open_request.update(answered_at=timezone.now()):
        return False
    if practice.known_on != request.known_on:
        return False
    today = brussels.local(timezone.now()).date()
    Practice.objects.filter(pk=practice.pk).update(checked_on=today)
    # Drafts carry the day along: one that is published later must not bring the old one back.
    for revision in practice.revisions.filter(pk__in={practice.latest_revision_id, practice.live_revision_id} - {None}):
        revision.content["checked_on"] = today.isoformat()
        revision.save(update_fields=["content"])
    return True
