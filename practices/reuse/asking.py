"""A year after a report was accepted its author is asked how it went on, and again each year that says nothing new."""

from datetime import datetime

from django.db import connection, transaction

from practices.reuse import emails
from practices.reuse.checking import ASKED_AFTER
from practices.reuse.models.reuses import Reuse

# Many that were accepted on one day are asked bit by bit.
MOST_AT_ONCE = 200
# Two beats happen; the number only has to differ from those of other periodic tasks.
_LOCK = 7_300_071


@transaction.atomic
def run(*, now: datetime) -> int:
    """Safe to run at any time, twice, and several at once. Returns about how many it asked."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [_LOCK])
        if not cursor.fetchone()[0]:
            return 0
    due = Reuse.objects.due(now).order_by("ask_at", "pk").select_related("organisation", "practice", "shown__by")
    found = list(due.select_for_update(of=("self",), no_key=True)[:MOST_AT_ONCE])
    for reuse in found:
        emails.how_did_it_go(reuse, now)
    keys = [reuse.pk for reuse in found]
    Reuse.objects.filter(pk__in=keys).update(asked_at=now, ask_at=now + ASKED_AFTER)
    return len(found)
