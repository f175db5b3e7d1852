"""Finds profiles that may be one organisation: by the domain of their websites, and by names that resemble.

A number in a register belongs to one profile at a time, so no two share one.
"""

from collections.abc import Iterator
from itertools import combinations

from django.contrib.postgres.aggregates import ArrayAgg
from django.db import connection, transaction
from django.db.models import Count

from partners.duplicates.models import LikelyPair
from partners.organisations import domains
from partners.organisations.domains import DOMAIN
from partners.organisations.models import Organisation

# The likeliest so many wait for staff; once these are decided, the others follow.
MOST = 500
# Names that resemble less are mostly those of two: “City of Ghent” and “City of Genk” have 0.5.
SAME_NAME = 0.65
# A website that more profiles have is that of a platform or of a whole government.
MOST_AT_HOME = 4
# Two beats happen; the number only has to differ from those of other periodic tasks.
_LOCK = 7_300_022

_NAMES = """
SELECT one.id, other.id, similarity(one.plain_name, other.plain_name) AS likeness
FROM partners_organisation AS one
JOIN partners_organisation AS other ON other.id > one.id AND other.plain_name %% one.plain_name
ORDER BY likeness DESC, one.id, other.id
LIMIT %s
"""

Pair = tuple[int, int]


@transaction.atomic
def find() -> int:
    """Keep the pairs as they are now; what staff decided stays. Returns how many wait. A second run at once waits."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
    decided = {_pair(*keys) for keys in LikelyPair.objects.filter(two_at__isnull=False).values_list("first", "second")}
    found = {pair: facts for pair, facts in _likely(len(decided)).items() if pair not in decided}
    best = dict(sorted(found.items(), key=lambda each: each[1], reverse=True)[:MOST])
    known = {_pair(row.first_id, row.second_id): row for row in LikelyPair.objects.undecided()}
    LikelyPair.objects.filter(pk__in=[row.pk for pair, row in known.items() if pair not in best]).delete()
    new = [_row(pair, *facts) for pair, facts in best.items() if pair not in known]
    LikelyPair.objects.bulk_create(new, ignore_conflicts=True)
    changed = [row for pair, row in known.items() if pair in best and _take(row, *best[pair])]
    LikelyPair.objects.bulk_update(changed, ["same_domain", "likeness"])
    return len(best)


def _likely(more: int) -> dict[Pair, tuple[bool, float]]:
    """By pair, whether they share a domain and how much their names resemble each other."""
    found: dict[Pair, tuple[bool, float]] = dict.fromkeys(_at_one_domain(), (True, 0.0))
    for pair, likeness in _names(MOST + more):
        found[pair] = (pair in found, likeness)
    return found


def _at_one_domain() -> Iterator[Pair]:
    shared = (
        Organisation.objects.order_by()
        .exclude(website="")
        .values(domain=DOMAIN)
        .annotate(number=Count("pk"), keys=ArrayAgg("pk"))
        .filter(number__gt=1, number__lte=MOST_AT_HOME)
        .exclude(domain__in=domains.PUBLIC)
    )
    for keys in shared.values_list("keys", flat=True):
        yield from combinations(sorted(keys), 2)


def _names(most: int) -> list[tuple[Pair, float]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('pg_trgm.similarity_threshold', %s, TRUE)", [str(SAME_NAME)])
        cursor.execute(_NAMES, [most])
        return [((one, other), round(likeness, 3)) for one, other, likeness in cursor.fetchall()]


def _pair(one: int, other: int) -> Pair:
    return (one, other) if one < other else (other, one)


def _row(pair: Pair, same_domain: bool, likeness: float) -> LikelyPair:
    return LikelyPair(first_id=pair[0], second_id=pair[1], same_domain=same_domain, likeness=likeness)


def _take(row: LikelyPair, same_domain: bool, likeness: float) -> bool:
    """Whether something about it changed."""
    before = (row.same_domain, row.likeness)
    row.same_domain, row.likeness = same_domain, likeness
    return before != (same_domain, likeness)
