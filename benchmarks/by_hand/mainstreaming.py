"""Reuse, stages and policy by hand: what fills a library with them, and statements for what pages show of them."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import connection

_PRACTICES = "practices_practice AS practice WHERE practice.id BETWEEN %(first)s AND %(last)s"
_TERM = "(SELECT array_agg(id ORDER BY position) FROM hub_term WHERE vocabulary = '{}')"
# Where it may have come to: an early stage first, at most the sixth; one day each, the last ones in this year.
FILLING = (
    f"""
    INSERT INTO practices_stagemove
        (practice_id, stage_id, "on", known, word, source_title, source_url, reason, superseded, place)
    SELECT practice.id, stage[1 + (practice.id + step) %% 6],
        current_date - 1 - ((practice.id * 37 %% 900 + (%(moves)s - step) * (200 + practice.id * 11 %% 700)))::int,
        'day', 'The city', 'A report', 'https://example.org/', '', false, 0
    FROM generate_series(1, %(moves)s) AS step, {_TERM.format("stage")} AS stages(stage), {_PRACTICES}
    """,
    f"""
    INSERT INTO practices_reuse (practice_id, uuid, organisation_id, adopter, country_id, place, state, reason, may_ask)
    SELECT practice.id, gen_random_uuid(), organisation.id,
        CASE WHEN organisation.id IS NULL THEN 'Town ' || practice.id || '-' || number ELSE '' END,
        country[1 + (practice.id + number) %% cardinality(country)], 'Place ' || number, 'waiting', '', false
    FROM generate_series(1, %(reuses)s) AS number, {_TERM.format("country")} AS countries(country),
        practices_practice AS practice
    LEFT JOIN (SELECT id, row_number() OVER (ORDER BY id) - 1 AS place FROM partners_organisation) AS organisation
        ON practice.id %% 2 = 0 AND organisation.place = practice.id %% (SELECT count(*) FROM partners_organisation)
    WHERE practice.id BETWEEN %(first)s AND %(last)s
    """,
    """
    INSERT INTO practices_reuseversion (
        reuse_id, number, at, since_year, outcome, came_of_it, why_stopped, language, taken_version, again,
        what_changed, adapted_when, planned, decided_by, changed, level, nature, fidelity, goals, circumstances
    )
    SELECT id, 1, now() - id * 7919 %% 1500000 * interval '1 minute', 2000 + id %% 26, outcome,
        'Neighbours meet more often than they did before.',
        CASE WHEN outcome IN ('stopped', 'failed') THEN 'The grant ended.' ELSE '' END,
        'en', '', '', '', '', '', '{}', '{}', '', '{}', '', '{}', ''
    FROM practices_reuse, unnest(ARRAY['works', 'works', 'part', 'stopped', 'failed', 'early'])
        WITH ORDINALITY AS outcomes(outcome, place)
    WHERE shown_id IS NULL AND outcomes.place = 1 + (practices_reuse.id * 7 + practice_id) %% 6
    """,
    """
    INSERT INTO practices_reusecheck (version_id, verdict, checked_as, reason)
    SELECT version.id, 'accepted', 'centre', '' FROM practices_reuseversion AS version
    JOIN practices_reuse AS reuse ON reuse.id = version.reuse_id WHERE reuse.shown_id IS NULL
    """,
    # The planner knows nothing of these rows yet, and triggers look each of them up.
    "ANALYZE practices_reuse, practices_reuseversion, practices_reusecheck",
    """
    UPDATE practices_reuse AS reuse SET shown_id = version.id, state = 'accepted'
    FROM practices_reuseversion AS version WHERE version.reuse_id = reuse.id AND reuse.shown_id IS NULL
    """,
    f"""
    INSERT INTO practices_policyhook (title, kind, level, place, website, status)
    SELECT 'Hook ' || practice.id, 'decree', level[1 + practice.id / %(hooks)s %% 4], 'Place', '', ''
    FROM (SELECT ARRAY['municipality', 'region', 'country', 'eu']) AS levels(level), {_PRACTICES}
        AND practice.id %% %(hooks)s = 1
    """,
    f"""
    INSERT INTO practices_hookpractice (hook_id, practice_id, sort_order)
    SELECT hook.id, practice.id, 0 FROM practices_policyhook AS hook, {_PRACTICES}
        AND hook.title = 'Hook ' || practice.id
    """,
    """
    INSERT INTO practices_hookstatus
        (hook_id, status, "on", known, word, source_title, source_url, reason, superseded, place)
    SELECT id, (ARRAY['idea', 'proposed', 'decided', 'in-force', 'ended'])[1 + id %% 5],
        current_date - 1 - (id * 37 %% 900)::int, 'day', 'The city', 'A report', 'https://example.org/', '', false, 0
    FROM practices_policyhook WHERE status = ''
    """,
)

_COUNTING = "NOT superseded AND stage_id IS NOT NULL"
_ON = f"""CASE WHEN stage_since IS NULL OR stage_since <= {{day}} THEN stage_id ELSE coalesce(
    (SELECT stage_id FROM practices_stagemove AS move WHERE practice_id = practice.id AND {_COUNTING}
        AND "on" <= {{day}} ORDER BY "on" DESC, place DESC LIMIT 1),
    (SELECT before_id FROM practices_stagemove AS move WHERE practice_id = practice.id AND {_COUNTING}
        ORDER BY "on", place LIMIT 1)
) END"""
_BY_STAGE = """
SELECT stage_id, count(*), count(*) FILTER (WHERE stage_id IS NOT NULL AND stage_since IS NULL)
FROM practices_practice WHERE live GROUP BY stage_id
"""
_HOOKED = """
FROM practices_hookpractice AS taken JOIN practices_policyhook AS hook ON hook.id = taken.hook_id
JOIN practices_practice AS practice ON practice.id = taken.practice_id
WHERE hook.status <> '' AND practice.live GROUP BY
"""
_AT_LEVELS = f"SELECT stage_id, level, count(DISTINCT practice_id) {_HOOKED} stage_id, level"
_AT_ANY = f"SELECT stage_id, count(DISTINCT practice_id) {_HOOKED} stage_id"
_FLOWS = f"""
SELECT was, became, count(*) FROM (
    SELECT {_ON.format(day="%(since)s")} AS was, {_ON.format(day="%(until)s")} AS became
    FROM practices_practice AS practice WHERE live
) AS each GROUP BY was, became
"""
_POLICY = "SELECT level, status, count(*) FROM practices_policyhook WHERE status <> '' GROUP BY level, status"
_MOVED = f"""
FROM practices_stagemove AS move JOIN practices_practice AS practice ON practice.id = move.practice_id
WHERE live AND {_COUNTING.replace("stage_id", "move.stage_id")} AND "on" > %(since)s AND "on" <= %(until)s
"""
_MOVES = f"""
SELECT move.id, move.stage_id, practice.slug, (
    SELECT stage_id FROM practices_stagemove AS earlier WHERE earlier.practice_id = move.practice_id AND {_COUNTING}
        AND (earlier."on", earlier.place) < (move."on", move.place) ORDER BY "on" DESC, place DESC LIMIT 1
) {_MOVED} ORDER BY move."on" DESC, move.place DESC LIMIT 5
"""
_STUCK = """
FROM practices_practice WHERE live AND stage_since IS NOT NULL AND (stage_id IS NULL OR stage_id <> (
    SELECT id FROM hub_term WHERE vocabulary = 'stage' ORDER BY position DESC LIMIT 1
))
"""
_SUMMARIES = (
    "SELECT practice_id, language, title, summary FROM practices_practicetext WHERE practice_id = ANY(%(keys)s)"
)


def tracker(since: date, until: date) -> dict[str, Any]:
    """The numbers and rows of the page."""
    days = {"since": since, "until": until}
    stages = [*(row[0] for row in _rows("SELECT id FROM hub_term WHERE vocabulary = 'stage' ORDER BY position")), None]
    by_stage = {stage: number for stage, number, _undated in _rows(_BY_STAGE)}
    _rows(_AT_LEVELS)
    _rows(_AT_ANY)
    flows = {(was, became): number for was, became, number in _rows(_FLOWS, **days)}
    policy = {(level, status): number for level, status, number in _rows(_POLICY)}
    moves = _rows(_MOVES, **days)
    stuck = _rows(f"SELECT id, slug {_STUCK} ORDER BY stage_since, id LIMIT 5")
    _rows(_SUMMARIES, keys=[row[0] for row in stuck])
    return {
        "by stage": [by_stage.get(stage, 0) for stage in stages],
        "flows": [[flows.get((was, became), 0) for became in stages] for was in stages],
        "policy": [
            [policy.get((level, status), 0) for status in ("idea", "proposed", "decided", "in-force", "ended")]
            for level in ("municipality", "region", "country", "eu")
        ],
        "moved": (_rows(f"SELECT count(*) {_MOVED}", **days)[0][0], [row[0] for row in moves]),
        "stuck": (_rows(f"SELECT count(*) {_STUCK}")[0][0], [row[1] for row in stuck]),
    }


_REUSE = """
FROM practices_reuse AS reuse JOIN practices_reuseversion AS version ON version.id = reuse.shown_id
LEFT JOIN partners_organisation AS organisation ON organisation.id = reuse.organisation_id
WHERE reuse.practice_id = %(key)s AND reuse.state IN ('waiting', 'accepted', 'returned')
    AND coalesce(organisation.status, 'listed') = 'listed'
"""
_LINE = f"""
SELECT reuse.uuid, reuse.adopter, reuse.place, reuse.country_id, reuse.region_id, organisation.name, version.* {_REUSE}
ORDER BY version.since_year DESC, version.since_month DESC NULLS LAST, reuse.id DESC LIMIT 8
"""
_OVER = f"""
SELECT reuse.uuid, reuse.adopter, reuse.place, organisation.name, version.* {_REUSE}
    AND version.outcome IN ('stopped', 'failed') ORDER BY version.at DESC, reuse.id DESC LIMIT 3
"""
_MOVES_OF = f"""
SELECT * FROM practices_stagemove WHERE practice_id = %(key)s AND {_COUNTING} ORDER BY "on", place
"""
_HOOKS_OF = """
SELECT hook.*, (
    SELECT to_jsonb(step) FROM practices_hookstatus AS step WHERE step.hook_id = hook.id AND NOT superseded
        AND step.status <> '' ORDER BY "on" DESC, place DESC LIMIT 1
) FROM practices_policyhook AS hook JOIN practices_hookpractice AS taken ON taken.hook_id = hook.id
WHERE taken.practice_id = %(key)s AND hook.status <> '' ORDER BY hook.status_since DESC, hook.id DESC
"""
_ORGANISATIONS_OF = """
SELECT organisation.name, organisation.slug FROM practices_hookorganisation AS part
JOIN partners_organisation AS organisation ON organisation.id = part.organisation_id
WHERE part.hook_id = ANY(%(hooks)s)
"""


def practice(key: int) -> tuple[Sequence[Any], Sequence[Any], Sequence[Any]]:
    """What the page of a practice tells of its reuse, its history and policy."""
    _rows(f"SELECT version.outcome, count(*) {_REUSE} GROUP BY 1", key=key)
    line = _rows(_LINE, key=key)
    _rows(_OVER, key=key)
    _rows(f"SELECT reuse.country_id, count(*) {_REUSE} GROUP BY 1", key=key)
    _rows(f"SELECT reuse.region_id, count(*) {_REUSE} GROUP BY 1", key=key)
    hooks = _rows(_HOOKS_OF, key=key)
    _rows(_ORGANISATIONS_OF, hooks=[row[0] for row in hooks])
    return line, _rows(_MOVES_OF, key=key), hooks


def told(key: int) -> tuple[list[str], list[int], set[int]]:
    """Which rows these are."""
    line, moves, hooks = practice(key)
    return [str(row[0]) for row in line], [row[0] for row in moves], {row[0] for row in hooks}


def _rows(statement: str, **values: Any) -> Sequence[Any]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        found: Sequence[Any] = cursor.fetchall()
        return found
