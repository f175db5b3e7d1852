"""Tells who follows a search what was published since: each practice once per follower.

Until when the followers of a search were told is kept with the search, and moves in the transaction that writes their
mails. So a second beat, a worker that is killed or a run that comes late change nothing.
"""

import logging
import time
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Max, Min
from django.http import QueryDict
from django.utils.translation import gettext_noop

from notifications.delivery import sending
from notifications.outbox import broadcast, outbox
from notifications.outbox.models import Message
from notifications.subscriptions.models import Subscription
from practices.following.models import SavedSearch
from practices.following.saved_searches import followed_now, still_asks
from practices.library.filters import PracticeFilterSet
from practices.practice.models.practice import Practice
from practices.practice.terms import Terms

logger = logging.getLogger(__name__)

KIND = "practices/new"
# Two beats happen; the number only has to differ from those of other periodic tasks.
_LOCK = 7_300_020
# The moment of a publication is written before its transaction ends: nothing younger than this is told of, so that
# nothing is passed over. It also spares followers what an editor takes back at once.
SETTLING = timedelta(minutes=10)
USEFUL_FOR = timedelta(days=7)
# A mail shows fewer; the others stand in for those that are taken down before it leaves.
MOST_NAMED = 50
# The rest waits for the next run, which starts with it.
ENOUGH = 60.0

# One row per follower who confirmed before at least one of the practices appeared, and with those practices only.
_RECEIVERS = """
WITH fresh AS (
    SELECT * FROM unnest(%(practices)s::bigint[], %(moments)s::timestamptz[]) AS published(practice, moment)
)
SELECT email, language, follower.id AS subscription, %(topic)s AS about, %(key)s || ':' || follower.id AS dedupe_key,
       jsonb_build_object('search', %(search)s::text, 'practices', to_jsonb(heard.newest), 'count', heard.count)
           AS context,
       statement_timestamp() AS due_at, %(expires_at)s::timestamptz AS expires_at
FROM {FOLLOWERS} AS follower
CROSS JOIN LATERAL (
    SELECT count(*) AS count,
           (array_agg(practice ORDER BY moment DESC, practice DESC))[1:%(most)s] AS newest
    FROM fresh WHERE moment > follower.confirmed_at
) AS heard
WHERE follower.topic = %(topic)s AND heard.count > 0
"""
_GONE = gettext_noop("It is no longer public.")


def run(*, now: datetime) -> int:
    """What the periodic task does: tell the followers of each search. Returns the mails."""
    started = time.monotonic()
    until = now - SETTLING
    queued = 0
    for key in _waiting(until):
        if time.monotonic() - started > ENOUGH:
            break
        try:
            told = tell(key, until=until, now=now)
        except Exception:  # one search that fails must not keep the others from being told
            logger.exception("The followers of search %s could not be told", key)
            continue
        if told is None:
            break
        queued += told
    return queued


def _waiting(until: datetime) -> list[UUID]:
    """The followed searches whose followers have not heard of the newest publication, whatever they ask for."""
    published = Practice.objects.public().filter(first_published_at__lte=until)
    newest = published.aggregate(newest=Max("first_published_at"))["newest"]
    if newest is None:
        return []
    waiting = SavedSearch.objects.filter(followed_now(), told_until__lt=newest)
    return list(waiting.order_by("told_until", "pk").values_list("pk", flat=True))


@transaction.atomic
def tell(key: UUID, *, until: datetime, now: datetime) -> int | None:
    """Queue a mail to each follower of one search for whom there is something new; None while another run does so."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [_LOCK])
        if not cursor.fetchone()[0]:
            return None
    search = SavedSearch.objects.select_for_update().filter(pk=key, told_until__lt=until).first()
    if search is None:
        return 0
    queued = _queue(search, _found(search, until), now=now)
    SavedSearch.objects.filter(pk=key).update(told_until=until)
    return queued


def _found(search: SavedSearch, until: datetime) -> list[tuple[int, datetime]]:
    """What it finds of the practices that were first published since, each with its moment."""
    terms = Terms.load()
    # Nobody hears of what appeared before they followed; a search that nobody followed for long has much of that.
    first = Subscription.objects.active().to(search.topic).aggregate(first=Min("confirmed_at"))["first"]
    if first is None or not still_asks(search.query, terms):
        return []
    since = max(search.told_until, first)
    fresh = Practice.objects.public().filter(first_published_at__gt=since, first_published_at__lte=until)
    asked = QueryDict(f"{search.query}&sort=newest")
    # Who follows several words waits for something with all of them, whatever the page shows meanwhile.
    found = PracticeFilterSet(asked, queryset=fresh, terms=terms, exact=True).qs
    return list(found.values_list("pk", "first_published_at"))


def _queue(search: SavedSearch, found: list[tuple[int, datetime]], *, now: datetime) -> int:
    if not found:
        return 0
    facts: dict[str, Any] = {
        "search": str(search.pk),
        "topic": search.topic,
        # The beginning of the stretch of time that is told now; the next one begins where this one ends.
        "key": f"{search.topic}:{search.told_until.isoformat()}",
        "practices": [pk for pk, _moment in found],
        "moments": [moment for _pk, moment in found],
        "most": MOST_NAMED,
        "expires_at": now + USEFUL_FOR,
    }
    return broadcast.queue_all(KIND, _RECEIVERS, facts)


def withdraw_gone(only: Sequence[int]) -> int:
    """Take back those of these mails of whose practices none is public any more; looked at right before they leave."""
    mails = dict(Message.objects.filter(pk__in=list(only), kind=KIND).values_list("pk", "context__practices"))
    if not mails:
        return 0
    named = {practice for practices in mails.values() for practice in practices}
    public = set(Practice.objects.public().filter(pk__in=named).values_list("pk", flat=True))
    gone = [pk for pk, practices in mails.items() if public.isdisjoint(practices)]
    return outbox.withdraw_these(Message.objects.filter(pk__in=gone), reason=_GONE) if gone else 0


def connect() -> None:
    """Called once when Django starts."""
    sending.register_check(withdraw_gone)
