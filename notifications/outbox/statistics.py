"""What became of the mails about a fact: the figures that staff see beside it."""

from collections.abc import Iterable
from typing import TypedDict

from django.db import connection

# The half-open range of the pattern operators is what an index on `about` can find whatever the database's collation:
# ";" follows ":" in it.
_FIGURES = """
SELECT fact.about, count(message.id) AS due,
       count(*) FILTER (WHERE status = 'sent') AS sent,
       count(*) FILTER (WHERE status = 'failed') AS failed,
       count(*) FILTER (WHERE status = 'withdrawn') AS withdrawn,
       count(*) FILTER (WHERE status IN ('queued', 'sending')) AS waiting
FROM unnest(%(facts)s::text[]) AS fact(about)
LEFT JOIN notifications_message AS message
    ON message.about = fact.about
    OR (message.about ~>=~ (fact.about || ':') AND message.about ~<~ (fact.about || ';'))
GROUP BY fact.about
"""


class Figures(TypedDict):
    """How many mails about one fact there were, and how many of them are in each state."""

    due: int
    sent: int
    failed: int
    withdrawn: int
    waiting: int


def figures(about_prefixes: Iterable[str]) -> dict[str, Figures]:
    """The figures of each fact and its parts, in one query: `deadline:7` takes `deadline:7:v2` along."""
    with connection.cursor() as cursor:
        cursor.execute(_FIGURES, {"facts": sorted(set(about_prefixes))})
        return {
            about: Figures(due=due, sent=sent, failed=failed, withdrawn=withdrawn, waiting=waiting)
            for about, due, sent, failed, withdrawn, waiting in cursor.fetchall()
        }
