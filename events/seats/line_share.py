"""How many seats of an event one line to the internet takes before each further one asks for a click in a mail.

An office or a class signs up from behind one address of the internet, and so does a robot with made-up addresses. So
nobody is turned away: beyond the share a seat is reserved, and the link in the mail makes it theirs. What nobody
confirms within `RESERVED_FOR` is free again; a line that let that happen gets its further seats by the click alone, so
it keeps nobody from a seat a second time.
"""

from datetime import datetime, timedelta

from django.db import connection
from django.utils.crypto import salted_hmac

from events.agenda.models import Event

# Of an event with few seats half is for others.
MOST = 30
RESERVED_FOR = timedelta(hours=24)
_ASKED = """
SELECT count(*), count(*) FILTER (WHERE reserved_until <= statement_timestamp())
FROM events_registration WHERE event_id = %(event)s AND line = %(line)s
"""


def digest(event: Event, source: str) -> str:
    """A line as we keep it until the event is over: the same for the same event, and nothing beyond that."""
    return salted_hmac("events.line_share", f"{event.pk} {source}", algorithm="sha256").hexdigest() if source else ""


def share(event: Event) -> int:
    """So many seats go to one line without a question."""
    seats = event.total_seats
    return MOST if seats is None else min(MOST, (seats + 1) // 2)


def reserved_until(event: Event, line: str) -> datetime | None:
    """Until when a seat asked for from this line is kept for a click; None: it needs none.

    Call it while the event's row is locked, with its standing. What was proved by a click has no line any more and does
    not count.
    """
    if not line:
        return None
    with connection.cursor() as cursor:
        cursor.execute(_ASKED, {"event": event.pk, "line": line})
        number, lapsed = cursor.fetchone()
    if number < share(event):
        return None
    return event.read_at if lapsed else event.read_at + RESERVED_FOR
