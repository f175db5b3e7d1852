"""The public figures of the portal and the parts of one of them, as somebody would ask for them by hand."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

# What several figures count of one table is counted in one go.
_PRACTICES = """
SELECT count(*), count(*) FILTER (WHERE assessed_on <= %(day)s AND assessment_due_on > %(day)s),
    count(*) FILTER (WHERE evidence_id = ANY (SELECT id FROM hub_term WHERE vocabulary = 'evidence' AND code >= '3')),
    count(*) FILTER (WHERE coalesce(checked_on, (last_published_at AT TIME ZONE 'Europe/Brussels')::date)
        BETWEEN (%(day)s::date - interval '2 years')::date + 1 AND %(day)s),
    count(*) FILTER (WHERE stage_id = ANY (SELECT id FROM hub_term WHERE vocabulary = 'stage' AND code >= '4')),
    count(*) FILTER (WHERE id = ANY (
        SELECT practice_id FROM practices_hookpractice AS of JOIN practices_policyhook AS hook ON hook.id = of.hook_id
        WHERE hook.status IN ('decided', 'in-force')
    ))
FROM practices_practice WHERE live AND first_published_at < %(end)s
"""
_ORGANISATIONS = """
SELECT count(*), count(*) FILTER (WHERE verified_at < %(end)s)
FROM partners_organisation WHERE status = 'listed' AND created_at < %(end)s
"""
_REUSES = """
SELECT count(*), count(*) FILTER (
    WHERE EXISTS (SELECT 1 FROM practices_reusefigure WHERE version_id = shown_id)
        AND EXISTS (SELECT 1 FROM practices_reusesource WHERE version_id = shown_id)
) FROM practices_reuse AS reuse JOIN practices_practice AS practice ON practice.id = practice_id
LEFT JOIN partners_organisation AS organisation ON organisation.id = organisation_id
WHERE reuse.state = ANY (%(shown)s) AND shown_id IS NOT NULL AND practice.live AND reuse.created_at < %(end)s
    AND (organisation_id IS NULL OR organisation.status = 'listed')
"""
_MOVES = """
SELECT count(*) FROM practices_stagemove AS move JOIN practices_practice AS practice ON practice.id = practice_id
WHERE move.stage_id IS NOT NULL AND NOT superseded AND "on" <= %(day)s AND live
"""
_HOOKS = """
SELECT count(*) FROM (
    SELECT DISTINCT ON (hook_id) status FROM practices_hookstatus
    WHERE status > '' AND NOT superseded AND "on" <= %(day)s ORDER BY hook_id, "on" DESC, place DESC
) AS last WHERE status = %(in_force)s
"""
_TERM = """
SELECT term.code, count(*) FROM practices_practice AS practice JOIN hub_term AS term ON term.id = practice.{column}
WHERE live AND first_published_at < %(end)s GROUP BY term.code
"""
_TERMS = """
SELECT term.code, count(DISTINCT practice.id) FROM practices_practice AS practice
JOIN practices_practice_terms AS has ON has.practice_id = practice.id
JOIN hub_term AS term ON term.id = has.term_id AND term.vocabulary = %(vocabulary)s
WHERE live AND first_published_at < %(end)s GROUP BY term.code
"""


def figures(day: date, end: datetime, *, shown: Sequence[str], in_force: str) -> dict[str, tuple[int, ...]]:
    """By the codes of the measures: how many, and of how many where the figure is a share."""
    asked = {"day": day, "end": end, "shown": list(shown), "in_force": in_force}
    practices, assessed, works, true, sustained, in_policy = _rows(_PRACTICES, asked)[0]
    organisations, verified = _rows(_ORGANISATIONS, asked)[0]
    reuses, with_figures = _rows(_REUSES, asked)[0]
    return {
        "practices": (practices,),
        "practices_assessed": (assessed, practices),
        "practices_shown_to_work": (works, practices),
        "practices_still_true": (true, practices),
        "practices_sustained": (sustained, practices),
        "practices_in_policy": (in_policy, practices),
        "organisations": (organisations,),
        "organisations_verified": (verified, organisations),
        "reuses": (reuses,),
        "reuses_with_figures": (with_figures, reuses),
        "stage_moves": _rows(_MOVES, asked)[0],
        "hooks_in_force": _rows(_HOOKS, asked)[0],
    }


def parts(end: datetime, columns: Sequence[str], vocabularies: Sequence[str]) -> dict[str, dict[str, int]]:
    """Practices by terms: those that each has one of, and those that it can have several of."""
    one = {name: dict(_rows(_TERM.format(column=f"{name}_id"), {"end": end})) for name in columns}
    return one | {name: dict(_rows(_TERMS, {"end": end, "vocabulary": name})) for name in vocabularies}


def _rows(statement: str, values: dict[str, Any]) -> list[Any]:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall()
