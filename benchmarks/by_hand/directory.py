"""The directory and the likely duplicates by hand: statements that find the same rows and count the same."""

from typing import Any

from django.db import connection

FACETS = ("sector", "country", "region", "track", "theme", "target")
_ON_THE_ROW = ("sector", "country", "region")

_PAGE = """
SELECT organisation.id, count(*) OVER () FROM partners_organisation AS organisation
WHERE status = 'listed' AND {narrowed} ORDER BY lower(name), id LIMIT %(most)s
"""
_BY_COLUMN = """
SELECT term.code, count(*) FROM partners_organisation AS organisation
JOIN hub_term AS term ON term.id = organisation.{facet}_id WHERE status = 'listed' AND {narrowed} GROUP BY term.code
"""
_BY_TERM = """
SELECT term.code, count(*) FROM partners_organisation AS organisation
JOIN partners_organisation_terms AS has ON has.organisation_id = organisation.id
JOIN hub_term AS term ON term.id = has.term_id
WHERE term.vocabulary = '{facet}' AND status = 'listed' AND {narrowed} GROUP BY term.code
"""
_NARROWED = {
    "country": "organisation.country_id = %(country)s",
    "theme": "organisation.id IN (SELECT organisation_id FROM partners_organisation_terms WHERE term_id = %(theme)s)",
}
_RESEMBLING = """
SELECT slug FROM partners_organisation WHERE status = 'listed' AND plain_name %% %(words)s
ORDER BY similarity(plain_name, %(words)s) DESC, id LIMIT %(most)s
"""


def directory(asked: dict[str, int], most: int) -> object:
    """The first page of a country's organisations on a theme, how many there are, and each facet's counts."""
    rows = _rows(_PAGE.format(narrowed=" AND ".join(_NARROWED.values())), {**asked, "most": most})
    counts = {facet: dict(_rows(_counting(facet), asked)) for facet in FACETS}
    return [key for key, _number in rows], rows[0][1] if rows else 0, counts


def resembling(words: str, most: int) -> object:
    """The addresses of those whose name resembles these words most."""
    return [slug for (slug,) in _rows(_RESEMBLING, {"words": words, "most": most})]


def _counting(facet: str) -> str:
    """A facet's counts ignore what is chosen of itself."""
    narrowed = " AND ".join(sql for name, sql in _NARROWED.items() if name != facet)
    return (_BY_COLUMN if facet in _ON_THE_ROW else _BY_TERM).format(facet=facet, narrowed=narrowed)


def _rows(sql: str, values: dict[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall()
