"""Finds profiles that may be one organisation: by the domain of their websites, and by names that resemble.

A number in a register belongs to one profile at a time, so no two share one. Comparing one name with all others takes
the database a few milliseconds, so only names that were not compared yet are: new ones, and those that changed.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import combinations
from typing import Any

from django.contrib.postgres.aggregates import ArrayAgg
from django.db import connection, transaction
from django.db.models import Count, F, Q

from partners.duplicates.models import ComparedName, LikelyPair
from partners.organisations import domains
from partners.organisations.domains import DOMAIN
from partners.organisations.models import Organisation

# The likeliest so many wait for staff; once these are decided, the others follow.
MOST = 5_000
# Names that resemble less are mostly those of two: “City of Ghent” and “City of Genk” have 0.5.
SAME_NAME = 0.65
# A website that more profiles have is that of a platform or of a whole government.
MOST_AT_HOME = 4
# Two beats happen; the number only has to differ from those of other periodic tasks.
_LOCK = 7_300_022

_RESEMBLING = """
SELECT DISTINCT least(one.id, other.id), greatest(one.id, other.id), similarity(one.plain_name, other.plain_name)
FROM partners_organisation AS one
JOIN partners_organisation AS other ON other.id <> one.id AND other.plain_name %% one.plain_name
WHERE one.id = ANY(%s)
ORDER BY 3 DESC, 1, 2
LIMIT %s
"""
_KNOWN = """
SELECT least(one.id, other.id), greatest(one.id, other.id), similarity(one.plain_name, other.plain_name)
FROM partners_likelypair AS pair
JOIN partners_organisation AS one ON one.id = pair.first_id
JOIN partners_organisation AS other ON other.id = pair.second_id
WHERE other.plain_name %% one.plain_name
"""

Pair = tuple[int, int]
Facts = tuple[bool, float]


@transaction.atomic
def find() -> int:
    """Keep the pairs as they are now; what staff decided stays. Returns how many wait. A second run at once waits."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
        cursor.execute("SELECT set_config('pg_trgm.similarity_threshold', %s, TRUE)", [str(SAME_NAME)])
    known = {_pair(row.first_id, row.second_id): row for row in LikelyPair.objects.all()}
    decided = {pair for pair, row in known.items() if row.two_at}
    new = _not_compared()
    most = MOST + len(known)
    resembling = _resembling(new, most)
    likeness = dict(_known() + resembling)
    found = {pair: facts for pair, facts in _likely(likeness).items() if pair not in decided}
    best = dict(sorted(found.items(), key=lambda each: each[1], reverse=True)[:MOST])
    _keep(best, {pair: row for pair, row in known.items() if pair not in decided})
    # What found no place is looked for again next time.
    again = {one for one, _other in found.keys() - best.keys()}
    _remember(new if len(resembling) < most else {}, without=again)
    return len(best)


def _keep(best: dict[Pair, Facts], waiting: dict[Pair, LikelyPair]) -> None:
    LikelyPair.objects.filter(pk__in=[row.pk for pair, row in waiting.items() if pair not in best]).delete()
    new = [_row(pair, *facts) for pair, facts in best.items() if pair not in waiting]
    LikelyPair.objects.bulk_create(new, ignore_conflicts=True)
    changed = [row for pair, row in waiting.items() if pair in best and _take(row, *best[pair])]
    LikelyPair.objects.bulk_update(changed, ["same_domain", "likeness"])


def _likely(likeness: dict[Pair, float]) -> dict[Pair, Facts]:
    """By pair, whether they share a domain and how much their names resemble each other."""
    found: dict[Pair, Facts] = dict.fromkeys(_at_one_domain(), (True, 0.0))
    return found | {pair: (pair in found, how_much) for pair, how_much in likeness.items()}


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


def _not_compared() -> dict[int, str]:
    """The plain names, by key, that were not compared with the others yet."""
    same = Q(compared__plain_name=F("plain_name"))
    return dict(Organisation.objects.order_by().exclude(same).values_list("pk", "plain_name"))


def _remember(new: dict[int, str], *, without: Collection[int]) -> None:
    """That these were compared as they were read: who is renamed meanwhile is compared again."""
    ComparedName.objects.filter(organisation__in=without).delete()
    rows = [ComparedName(organisation_id=key, plain_name=name) for key, name in new.items() if key not in without]
    ComparedName.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["organisation"], update_fields=["plain_name"], batch_size=5_000
    )


def _known() -> list[tuple[Pair, float]]:
    """Of the pairs that are kept, those whose names still resemble each other."""
    return _measured(_KNOWN, [])


def _resembling(new: Iterable[int], most: int) -> list[tuple[Pair, float]]:
    """The names that resemble one of these most."""
    return _measured(_RESEMBLING, [list(new), most])


def _measured(statement: str, values: Sequence[Any]) -> list[tuple[Pair, float]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
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
