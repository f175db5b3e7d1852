"""Reminders before a moment: which are due is one statement, so that it holds for a hundred thousand receivers.

Nothing is planned ahead. Each minute the moments that have come are computed from the dates and the choices as they
are now; what the outbox has already is left out by its key. So a stopped clock, a second beat or a killed worker change
nothing: the next run does what is left to do.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext_noop

from notifications.outbox import broadcast

# The number in a mail's context that tells how near it is to its date; of several only the nearest goes.
NEARNESS = "hours"

_OVERTAKEN = gettext_noop("A reminder nearer to the date goes instead.")


def moment(*, at: str, hours: str, exact: str) -> str:
    """As SQL, when a reminder leaves: `hours` before the moment `at`.

    Offsets in whole days mean nine in the morning, Brussels, so many days before that day there; smaller ones mean
    exactly that many hours, or, unless `exact` holds, nine in the morning of the day itself where that is sooner.
    """
    day = f"({at} AT TIME ZONE 'Europe/Brussels')::date"
    before = f"{at} - make_interval(hours => {hours})"
    return f"""CASE WHEN {hours} %% 24 = 0
                THEN ({day} - {hours} / 24 + TIME '09:00') AT TIME ZONE 'Europe/Brussels'
                WHEN {exact} THEN {before}
                ELSE least(({day} + TIME '09:00') AT TIME ZONE 'Europe/Brussels', {before})
           END"""


@dataclass(frozen=True)
class Reminders:
    """The reminders of one kind of date.

    `due` selects what `broadcast.queue_all` writes, with `%(now)s` and a context that has `hours`; `still_true` is the
    SELECT of `broadcast.withdraw_unless`; both get what `facts` gives. `stale` says why one is taken back. Two beats
    happen: `lock` is a number that only has to differ from those of other periodic tasks.
    """

    kind: str
    lock: int
    due: str
    still_true: str
    stale: str
    facts: Callable[[], Mapping[str, Any]] = dict

    def run(self, *, now: datetime) -> int:
        """What the periodic task does: take back what is stale, queue what is due. Returns how many were queued."""
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [self.lock])
                if not cursor.fetchone()[0]:
                    return 0
            self.withdraw_stale()
            queued = self.queue_due(now=now)
            if queued:
                # While the mail server is away the next moment may come: one mail says what is left.
                broadcast.withdraw_overtaken(self.kind, nearness=NEARNESS, reason=_OVERTAKEN)
            return queued

    def queue_due(self, *, now: datetime) -> int:
        """Queue the reminders whose moment has come and whose date is still ahead."""
        return broadcast.queue_all(self.kind, self.due, {"now": now, **self.facts()}, nearness=NEARNESS)

    def withdraw_stale(self, only: Sequence[int] | None = None) -> int:
        """Take back those that are not true any more; `only` these if given."""
        return broadcast.withdraw_unless(self.kind, self.still_true, self.facts(), reason=self.stale, only=only)
