"""The library by hand for somebody who told their situation, and narrowed by what became of practices."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django.db import connection

if TYPE_CHECKING:
    from practices.context.situation import Situation
    from practices.practice.terms import Terms

_COSTS = {
    "under-10k": (0, 10_000),
    "10k-50k": (10_000, 50_000),
    "50k-250k": (50_000, 250_000),
    "250k-1m": (250_000, 1_000_000),
    "over-1m": (1_000_000, None),
}
_REACHES = ("neighbourhood", "municipality", "region", "country", "several-countries")
_NEWEST = "entry.published_at DESC NULLS LAST, entry.practice_id DESC"
_BY_FIT = """
SELECT practice_id FROM practices_libraryentry AS entry ORDER BY {points} DESC, {newest} LIMIT 20
"""
# What fits, and what of the rest does not, of each part that the reader told; {target} are an entry's keys of one part.
_TARGET = ("{target} && %(targets)s::int[]", "{target} <> '{{}}'")
_BUDGET = ("{cost} && %(enough)s::int[]", "{cost} && %(too_much)s::int[]")
_SECTORS = ("{sector} <> '{{}}' AND {sector} <@ %(sectors)s::int[]", "{sector} <> '{{}}'")
_TIME = ("months <= %(months)s", "months > %(months)s")
_REACH = ("{reach} && %(as_far)s::int[]", "{reach} && %(less_far)s::int[]")
_PLACE = """{country} && %(place)s::int[] OR {region} && %(place)s::int[] OR practice_id IN (
    SELECT practice_id FROM practices_practiceuse WHERE country_id = %(country)s
) OR practice_id IN (
    SELECT reuse.practice_id FROM practices_reuse AS reuse
    JOIN practices_reuseversion AS version ON version.id = reuse.shown_id
    LEFT JOIN partners_organisation AS organisation ON organisation.id = reuse.organisation_id
    WHERE reuse.country_id = %(country)s AND reuse.state IN ('waiting', 'accepted', 'returned')
        AND version.outcome IN ('works', 'part') AND coalesce(organisation.status, 'listed') = 'listed'
)"""
_ROWS = """
SELECT id, slug, original_language, kind_id, stage_id, evidence_id, cost_id, place, since, first_published_at, months
FROM practices_practice WHERE id = ANY(%(keys)s)
"""
_TEXTS = "SELECT practice_id, language, title, summary FROM practices_practicetext WHERE practice_id = ANY(%(keys)s)"
_TERMS = "SELECT practice_id, term_id FROM practices_practice_terms WHERE practice_id = ANY(%(keys)s)"
_USES = "SELECT practice_id, country_id FROM practices_practiceuse WHERE practice_id = ANY(%(keys)s)"
_ELSEWHERE = """
SELECT reuse.*, version.* FROM practices_reuse AS reuse
JOIN practices_reuseversion AS version ON version.id = reuse.shown_id WHERE reuse.practice_id = ANY(%(keys)s)
"""


def by_fit(situation: "Situation", terms: "Terms") -> list[int]:
    """The keys of the first page."""
    from practices.search.keys import PARTS, part

    points = ["0"]
    values: dict[str, Any] = {}
    parts = {name: part(name) for name in PARTS}

    def judged(condition: tuple[str, str], **named: Any) -> None:
        fits, rest = (each.format(**parts) for each in condition)
        points.append(f"CASE WHEN {fits} THEN 12 WHEN {rest} THEN -1 ELSE 0 END")
        values.update(named)

    if situation.targets:
        judged(_TARGET, targets=terms.ids("target", {*situation.targets, "everyone"}))
    if situation.budget is not None:
        budget = situation.budget
        enough = [band for band, (_lowest, highest) in _COSTS.items() if highest is not None and budget >= highest]
        too_much = [band for band, (lowest, _highest) in _COSTS.items() if budget < lowest]
        judged(_BUDGET, enough=terms.ids("cost", enough), too_much=terms.ids("cost", too_much))
    if situation.sectors:
        judged(_SECTORS, sectors=terms.ids("sector", situation.sectors))
    if situation.months is not None:
        judged(_TIME, months=situation.months)
    if situation.country:
        country = terms.ids("country", [situation.country])
        regions = [term.pk for term in terms.of("region").values() if term.parent_id in country]
        judged((_PLACE, "false"), place=[*country, *regions], country=country[0])
    if situation.reach:
        far = _REACHES.index(situation.reach)
        judged(_REACH, as_far=terms.ids("reach", _REACHES[far:]), less_far=terms.ids("reach", _REACHES[:far]))
    return [row[0] for row in _rows(_BY_FIT.format(points=" + ".join(points), newest=_NEWEST), **values)]


def page(situation: "Situation", terms: "Terms") -> Sequence[Any]:
    """What its rows say of these practices."""
    keys = by_fit(situation, terms)
    return [_rows(each, keys=keys) for each in (_ROWS, _TEXTS, _TERMS, _USES, _ELSEWHERE)]


def narrowed(chosen: Mapping[str, str], terms: "Terms") -> tuple[list[int], dict[str, dict[str, int]]]:
    """The keys of the first page, and how many each choice of what records tell would show."""
    from practices.search.keys import RECORDS, record_key

    wanted = {name: record_key(name, code) for name, code in chosen.items()}

    def where(*, but: str = "") -> str:
        return " AND ".join(["true", *(f"keys && ARRAY[{key}]" for name, key in wanted.items() if name != but)])

    listed = f"SELECT practice_id FROM practices_libraryentry AS entry WHERE {where()} ORDER BY {_NEWEST} LIMIT 20"
    keys = [row[0] for row in _rows(listed)]
    for statement in (_ROWS, _TEXTS, _TERMS):
        _rows(statement, keys=keys)
    counting = "SELECT key, count(*) FROM practices_libraryentry, unnest(keys) AS key WHERE {} GROUP BY key"
    counts = {name: dict(_rows(counting.format(where(but=name)))) for name in ["", *wanted]}
    return keys, {
        name: {
            code: number
            for code in choices.values
            if (number := counts[name if name in wanted else ""].get(record_key(name, code), 0))
        }
        for name, choices in RECORDS.items()
    }


def _rows(statement: str, **values: Any) -> Sequence[Any]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        found: Sequence[Any] = cursor.fetchall()
        return found
