"""Tells people what is new about the subjects that they follow: one mail for each, everything in it once.

Until when followers heard of a source moves in the transaction that writes the mails: a second beat, a worker that is
killed or a run that comes late change nothing.
"""

import logging
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection, transaction
from django.utils.translation import gettext_noop

from hub.saved_searches.alerts import SETTLING
from hub.what_is_new import sources
from hub.what_is_new.models import SourceTold
from hub.what_is_new.sources import Appeared
from notifications.delivery import sending
from notifications.outbox import broadcast, outbox
from notifications.outbox.models import Message
from notifications.subscriptions import topics
from notifications.subscriptions.models import Subscription

logger = logging.getLogger(__name__)

KIND = "hub/what_is_new"
# Two beats happen; the number only has to differ from those of other periodic tasks.
_LOCK = 7_300_021
USEFUL_FOR = timedelta(days=7)
# A mail shows fewer; the others stand in for those that are taken down before it leaves.
MOST_NAMED = 50

# One row per address, with what appeared after it confirmed to follow one of the thing's topics, each thing once.
_RECEIVERS = """
WITH fresh AS (
    SELECT * FROM unnest(%(topics)s::text[], %(things)s::text[], %(moments)s::timestamptz[])
    AS appeared(topic, thing, moment)
), hits AS (
    SELECT follower.id, follower.email, lower(follower.email) AS address, follower.language, topic, thing, moment
    FROM {FOLLOWERS} AS follower JOIN fresh USING (topic) WHERE fresh.moment > follower.confirmed_at
), people AS (
    SELECT DISTINCT ON (address) address, id, email, language FROM hits ORDER BY address, id
), heard AS (
    SELECT address, count(*) AS count, (array_agg(thing ORDER BY moment DESC, thing))[1:%(most)s] AS newest
    FROM (SELECT DISTINCT address, thing, moment FROM hits) AS once GROUP BY address
), why AS (
    SELECT address, array_agg(DISTINCT topic) AS followed FROM hits GROUP BY address
)
SELECT email, language, people.id AS subscription, 'what-is-new' AS about,
       %(key)s || ':' || people.id AS dedupe_key,
       jsonb_build_object('things', to_jsonb(newest), 'count', count, 'followed', to_jsonb(followed)) AS context,
       statement_timestamp() AS due_at, %(expires_at)s::timestamptz AS expires_at
FROM people JOIN heard USING (address) JOIN why USING (address)
"""
_GONE = gettext_noop("It is no longer public.")


@transaction.atomic
def run(*, now: datetime) -> int:
    """What the periodic task does; returns the mails. While another run does so, nothing."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [_LOCK])
        if not cursor.fetchone()[0]:
            return 0
    until = now - SETTLING
    fresh: list[tuple[str, Appeared]] = []
    read = []
    for name, since in _told_until().items():
        if since >= until:
            continue
        try:
            with transaction.atomic():
                fresh += [(name, each) for each in _source(name).appeared(since, until)]
        except Exception:  # what one app cannot say must not keep the others from being told; it is asked again
            logger.exception("What is new of %s could not be read", name)
            continue
        read.append(name)
    queued = _queue(fresh, until=until, now=now)
    SourceTold.objects.filter(source__in=read).update(told_until=until)
    return queued


def _told_until() -> dict[str, datetime]:
    """By source; one that is new tells what appears from now on."""
    names = [each.name for each in sources.known()]
    rows = SourceTold.objects.filter(source__in=names)
    found = dict(rows.values_list("source", "told_until"))
    if len(found) < len(names):
        missing = [SourceTold(source=name) for name in names if name not in found]
        SourceTold.objects.bulk_create(missing, ignore_conflicts=True)
        found = dict(rows.values_list("source", "told_until"))
    return found


def _source(name: str) -> sources.Source:
    return next(each.source for each in sources.known() if each.name == name)


def _queue(fresh: Iterable[tuple[str, Appeared]], *, until: datetime, now: datetime) -> int:
    rows = [(topic, f"{name}:{each.key}", each.moment) for name, each in fresh for topic in sorted(each.topics)]
    open_to_all = _visible({topic for topic, _thing, _moment in rows})
    rows = [row for row in rows if row[0] in open_to_all]
    if not rows:
        return 0
    facts = {
        "topics": [topic for topic, _thing, _moment in rows],
        "things": [thing for _topic, thing, _moment in rows],
        "moments": [moment for _topic, _thing, moment in rows],
        "key": f"what-is-new:{until.isoformat()}",
        "most": MOST_NAMED,
        "expires_at": now + USEFUL_FOR,
    }
    return broadcast.queue_all(KIND, _RECEIVERS, facts)


def _visible(keys: set[str]) -> set[str]:
    """Those of these topics that somebody follows and a visitor may see: of what is hidden nothing is told."""
    followed = Subscription.objects.active().filter(topic__in=keys).order_by().values_list("topic", flat=True)
    return {*topics.resolve_all(followed.distinct(), settings.LANGUAGE_CODE)} if keys else set()


def withdraw_gone(only: Sequence[int]) -> int:
    """Take back those of these mails of whose things none is public any more; looked at right before they leave."""
    rows = Message.objects.filter(pk__in=list(only), kind=KIND)
    mails: dict[int, list[str]] = dict(rows.values_list("pk", "context__things"))
    if not mails:
        return 0
    shown = sources.found({thing for things in mails.values() for thing in things}, settings.LANGUAGE_CODE)
    public = {thing for items in shown.values() for thing, _item in items}
    gone = [pk for pk, things in mails.items() if public.isdisjoint(things)]
    return outbox.withdraw_these(Message.objects.filter(pk__in=gone), reason=_GONE) if gone else 0


def connect() -> None:
    """Called once when Django starts."""
    sending.register_check(withdraw_gone)
