"""What staff see of a call's consortia by hand: statements that find the same numbers, rows and people."""

from typing import Any

from django.db import connection

# What counts of it: organisations of the directory that stand in it, of consortia that show their names.
_COUNTING = """
FROM consortia_consortium AS consortium
JOIN consortia_member AS member ON member.consortium_id = consortium.id AND member.status IN ('invited', 'joined')
JOIN partners_organisation AS organisation ON organisation.id = member.organisation_id
    AND organisation.status = 'listed'
WHERE consortium.call_id = %(call)s
    AND (consortium.status = 'declared' OR consortium.status = 'draft' AND consortium.shown_to_centre <> 'number')
"""
_TERMS = f"""
SELECT consortium.status, 'track', used.term_id, count(DISTINCT consortium.id)
{_COUNTING.replace("WHERE", "JOIN consortia_member_tracks AS used ON used.member_id = member.id WHERE")}
GROUP BY 1, 3
UNION ALL
SELECT consortium.status, 'sector', organisation.sector_id, count(DISTINCT consortium.id) {_COUNTING} GROUP BY 1, 3
UNION ALL
SELECT consortium.status, 'place', coalesce(organisation.region_id, organisation.country_id),
    count(DISTINCT consortium.id) {_COUNTING} GROUP BY 1, 3
"""
_INTERESTED = """
FROM consortia_interest AS interest
LEFT JOIN partners_organisation AS organisation ON organisation.id = interest.organisation_id
WHERE interest.call_id = %(call)s AND interest.status = 'confirmed'
"""
_OF_INTERESTS = f"""
SELECT 'interest', 'track', given.track_id, count(*)
{_INTERESTED.replace("WHERE", "JOIN consortia_contribution AS given ON given.interest_id = interest.id WHERE")}
GROUP BY 3
UNION ALL
SELECT 'interest', 'sector', interest.sector_id, count(*) {_INTERESTED} GROUP BY 3
UNION ALL
SELECT 'interest', 'place', coalesce(organisation.region_id, organisation.country_id), count(*) {_INTERESTED}
    AND organisation.id IS NOT NULL GROUP BY 3
"""
_SIGNED = """EXISTS (
    SELECT FROM consortia_signoff AS signed
    WHERE signed.member_id = member.id AND signed.is_confirmed AND signed.version_id = (
        SELECT id FROM consortia_version AS version
        WHERE version.consortium_id = consortium.id ORDER BY number DESC LIMIT 1
    )
)"""
_ROWS = f"""
SELECT consortium.id, consortium.name, count(member.id), count(member.id) FILTER (WHERE NOT {_SIGNED})
FROM consortia_consortium AS consortium
LEFT JOIN consortia_member AS member
    ON member.consortium_id = consortium.id AND member.status IN ('invited', 'joined')
WHERE consortium.call_id = %(call)s AND consortium.status IN ('draft', 'declared')
GROUP BY consortium.id
ORDER BY consortium.status = 'draft' AND consortium.shown_to_centre = 'number',
    CASE WHEN consortium.status = 'declared' OR consortium.shown_to_centre <> 'number'
        THEN lower(consortium.name) END, consortium.id
LIMIT %(most)s
"""
_REMINDED = f"""
SELECT DISTINCT consortium.id, person.id
FROM consortia_consortium AS consortium
JOIN consortia_member AS member ON member.consortium_id = consortium.id AND member.status IN ('invited', 'joined')
JOIN partners_membership AS held ON held.organisation_id = member.organisation_id AND held.role = 'owner'
JOIN accounts_user AS person ON person.id = held.user_id AND person.is_active
JOIN account_emailaddress AS proved
    ON proved.user_id = person.id AND proved.email = person.email AND proved.verified
WHERE consortium.call_id = %(call)s AND consortium.status = 'draft' AND NOT {_SIGNED}
"""
_STAGES = {"interest": "interests", "draft": "drafts", "declared": "declared"}


def board(call: int) -> dict[tuple[str, str], dict[int, int]]:
    """By stage and facet: how many consortia have each term."""
    found: dict[tuple[str, str], dict[int, int]] = {}
    for status, facet, term, number in _asked(f"{_TERMS} UNION ALL {_OF_INTERESTS}", call=call):
        found.setdefault((_STAGES[status], facet), {})[term] = number
    return found


def rows(call: int, most: int) -> list[int]:
    """The keys of the first page."""
    return [row[0] for row in _asked(_ROWS, call=call, most=most)]


def reminded(call: int) -> set[tuple[int, int]]:
    """Who would get a mail about which consortium."""
    return set(_asked(_REMINDED, call=call))


def _asked(statement: str, **values: Any) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall()
