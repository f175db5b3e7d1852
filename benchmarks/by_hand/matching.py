"""The two rankings by hand: one statement each that finds the same rows and adds up the same numbers.

The weights are written here once more, so that what is compared is the way of asking.
"""

from typing import TYPE_CHECKING, Any

from django.db import connection

if TYPE_CHECKING:
    from consortia.matching.side import Side
    from partners.matching.alike import Likeness

_COMPLETING = """
WITH brings AS (
    SELECT interest_id,
        sum(CASE WHEN track_id = ANY(%(sought)s) THEN 5 WHEN track_id = ANY(%(here)s) THEN 0 ELSE 3 END) AS worth
    FROM consortia_contribution GROUP BY interest_id
), seeks AS (
    SELECT interest_id, 4 * count(*) AS worth FROM consortia_interest_seeks
    WHERE term_id = ANY(%(here)s) OR term_id = %(sector)s GROUP BY interest_id
), has AS (
    SELECT organisation_id, 2 * count(*) FILTER (WHERE term_id = ANY(%(themes)s)) AS worth,
           bool_or(term_id = ANY(%(regions)s)) AS is_near
    FROM partners_organisation_terms WHERE term_id = ANY(%(themes)s) OR term_id = ANY(%(regions)s)
    GROUP BY organisation_id
)
SELECT interest.id
FROM consortia_interest AS interest
JOIN partners_organisation AS organisation ON organisation.id = interest.organisation_id
LEFT JOIN brings ON brings.interest_id = interest.id
LEFT JOIN seeks ON seeks.interest_id = interest.id
LEFT JOIN has ON has.organisation_id = organisation.id
WHERE interest.call_id = %(call)s AND interest.status = 'confirmed' AND interest.is_shown
    AND organisation.status = 'listed' AND organisation.id <> %(own)s
    AND NOT EXISTS (
        SELECT FROM consortia_introduction AS said WHERE said.call_id = %(call)s AND said.status = 'declined'
        AND (said.from_organisation_id, said.to_organisation_id)
            IN ((%(own)s, organisation.id), (organisation.id, %(own)s))
    )
ORDER BY coalesce(brings.worth, 0) + coalesce(seeks.worth, 0) + coalesce(has.worth, 0)
    + CASE WHEN interest.sector_id = ANY(%(sectors)s) THEN 5 WHEN interest.sector_id <> %(sector)s THEN 3 ELSE 0 END
    + CASE WHEN interest.role = ANY(%(roles)s) THEN 2 ELSE 0 END
    + CASE WHEN has.is_near OR organisation.region_id = ANY(%(regions)s) THEN 2 ELSE 0 END
    + CASE WHEN organisation.networks ?| %(networks)s THEN 1 ELSE 0 END
    + CASE WHEN organisation.country_id = %(country)s THEN 1 ELSE 0 END DESC, lower(organisation.name), interest.id
LIMIT %(most)s
"""

_ALIKE = """
WITH common AS (
    SELECT organisation_id, sum(CASE WHEN term_id = ANY(%(themes)s) THEN 4 ELSE 3 END) AS worth
    FROM partners_organisation_terms WHERE term_id = ANY(%(themes)s) OR term_id = ANY(%(others)s)
    GROUP BY organisation_id
), near AS (
    SELECT DISTINCT organisation_id FROM partners_organisation_terms WHERE term_id = ANY(%(regions)s)
)
SELECT organisation.id
FROM common JOIN partners_organisation AS organisation ON organisation.id = common.organisation_id
LEFT JOIN near ON near.organisation_id = organisation.id
WHERE organisation.status = 'listed' AND organisation.id <> %(own)s
ORDER BY common.worth
    + CASE WHEN near.organisation_id IS NOT NULL OR organisation.region_id = ANY(%(regions)s) THEN 2 ELSE 0 END
    + CASE WHEN organisation.networks ?| %(networks)s THEN 2 ELSE 0 END
    + CASE WHEN organisation.country_id = %(country)s THEN 1 ELSE 0 END
    + CASE WHEN organisation.sector_id <> %(sector)s THEN 1 ELSE 0 END DESC, lower(organisation.name), organisation.id
LIMIT %(most)s
"""


def completing(mine: "Side", most: int) -> list[int]:
    """The keys of the interests that complete one, in order."""
    values: dict[str, Any] = {
        "call": mine.interest.call_id,
        "own": mine.organisation.pk,
        "sought": [term.pk for term in mine.sought_tracks],
        "here": [term.pk for term in mine.tracks],
        "sectors": [term.pk for term in mine.sought_sectors],
        "sector": mine.sector.pk,
        "roles": sorted(mine.fitting_roles),
        "themes": [term.pk for term in mine.themes],
        "regions": [term.pk for term in mine.regions],
        "networks": mine.networks,
        "country": mine.country.pk,
        "most": most,
    }
    return _keys(_COMPLETING, values)


def alike(likeness: "Likeness", most: int) -> list[int]:
    """The keys of the organisations that resemble one, in order."""
    values: dict[str, Any] = {
        "own": likeness.pk,
        "themes": [term.pk for term in likeness.subjects["theme"]],
        "others": [term.pk for name in ("target", "track") for term in likeness.subjects[name]],
        "regions": [term.pk for term in likeness.regions],
        "networks": list(likeness.networks),
        "country": likeness.country.pk if likeness.country else None,
        "sector": likeness.sector.pk if likeness.sector else None,
        "most": most,
    }
    return _keys(_ALIKE, values)


def _keys(statement: str, values: dict[str, Any]) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return [row[0] for row in cursor.fetchall()]
