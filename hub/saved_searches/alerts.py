"""Tells who follows a search what appeared since: each thing once per follower.

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
from django.db.models import Min, Q
from django.utils.translation import gettext_noop

from hub.saved_searches import lists
from hub.saved_searches.lists import SearchableList, still_asks
from hub.saved_searches.models import SavedSearch
from hub.saved_searches.topics import followed_now
from notifications.delivery import sending
from notifications.outbox import broadcast, outbox
from notifications.outbox.models import Message
from notifications.subscriptions.models import Subscription

logger = logging.getLogger(__name__)

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

# One row per follower who confirmed before at least one of the things appeared, and with those things only.
_RECEIVERS = """
WITH fresh AS (
    SELECT * FROM unnest(%(found)s::bigint[], %(moments)s::timestamptz[]) AS appeared(thing, moment)
)
SELECT email, language, follower.id AS subscription, %(topic)s AS about, %(key)s || ':' || follower.id AS dedupe_key,
       jsonb_build_object('search', %(search)s::text, 'found', to_jsonb(heard.newest), 'count', heard.count)
           AS context,
       statement_timestamp() AS due_at, %(expires_at)s::timestamptz AS expires_at
FROM {FOLLOWERS} AS follower
CROSS JOIN LATERAL (
    SELECT count(*) AS count,
           (array_agg(thing ORDER BY moment DESC, thing DESC))[1:%(most)s] AS newest
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
    """The followed searches whose followers have not heard of the newest entry of their list, whatever they ask for."""
    newest = {prefix: each.newest(until) for prefix, each in lists.known().items()}
    waiting = Q(pk__in=[])
    for prefix, moment in newest.items():
        if moment:
            waiting |= Q(prefix=prefix, told_until__lt=moment)
    found = SavedSearch.objects.filter(waiting, followed_now())
    return list(found.order_by("told_until", "pk").values_list("pk", flat=True))


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
    searchable = lists.known()[search.prefix]
    queued = _queue(searchable, search, _found(searchable, search, until), now=now)
    SavedSearch.objects.filter(pk=key).update(told_until=until)
    return queued


def _found(searchable: SearchableList, search: SavedSearch, until: datetime) -> list[tuple[int, datetime]]:
    """What it finds of what appeared since, each with its moment."""
    # Nobody hears of what appeared before they followed; a search that nobody followed for long has much of that.
    first = Subscription.objects.active().to(search.topic).aggregate(first=Min("confirmed_at"))["first"]
    if first is None or not still_asks(searchable, search.query):
        return []
    return searchable.appeared(search.query, max(search.told_until, first), until)


def _queue(searchable: SearchableList, search: SavedSearch, found: list[tuple[int, datetime]], *, now: datetime) -> int:
    if not found:
        return 0
    facts: dict[str, Any] = {
        "search": str(search.pk),
        "topic": search.topic,
        # The beginning of the stretch of time that is told now; the next one begins where this one ends.
        "key": f"{search.topic}:{search.told_until.isoformat()}",
        "found": [pk for pk, _moment in found],
        "moments": [moment for _pk, moment in found],
        "most": MOST_NAMED,
        "expires_at": now + USEFUL_FOR,
    }
    return broadcast.queue_all(searchable.kind, _RECEIVERS, facts)


def withdraw_gone(only: Sequence[int]) -> int:
    """Take back those of these mails of whose things none is public any more; looked at right before they leave."""
    searchables = {each.kind: each for each in lists.known().values()}
    rows = Message.objects.filter(pk__in=list(only), kind__in=searchables)
    mails: dict[str, dict[int, list[int]]] = {}
    for pk, kind, found in rows.values_list("pk", "kind", "context__found"):
        mails.setdefault(kind, {})[pk] = found
    gone: list[int] = []
    for kind, named in mails.items():
        public = searchables[kind].public({key for found in named.values() for key in found})
        gone += [pk for pk, found in named.items() if public.isdisjoint(found)]
    return outbox.withdraw_these(Message.objects.filter(pk__in=gone), reason=_GONE) if gone else 0


def connect() -> None:
    """Called once when Django starts."""
    sending.register_check(withdraw_gone)
