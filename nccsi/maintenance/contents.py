"""What the database holds at one moment: the number of rows of each table, and a hash of them."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction

# How values are written as text, and so their hash, must not depend on who asks.
_SETTINGS = {
    "timezone": "UTC",
    "datestyle": "ISO, YMD",
    "intervalstyle": "iso_8601",
    "extra_float_digits": "1",
    "bytea_output": "hex",
}
_TABLES = """
    SELECT format('%I.%I', schemaname, tablename) FROM pg_tables
    WHERE schemaname NOT IN ('pg_catalog', 'information_schema') ORDER BY 1
"""
_CONTENT = """
    SELECT count(*), encode(sha256(convert_to(coalesce(string_agg(line, '' ORDER BY line), ''), 'UTF8')), 'hex')
    FROM (SELECT md5(t::text) AS line FROM {table} AS t) AS lines
"""

Tables = dict[str, dict[str, Any]]


@contextmanager
def one_moment() -> Iterator[str]:
    """Everything that is asked inside is as it was at one moment; other programs see it, too, by the name given."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        for name, value in _SETTINGS.items():
            cursor.execute("SELECT set_config(%s, %s, true)", [name, value])
        cursor.execute("SELECT pg_export_snapshot()")
        yield cursor.fetchone()[0]


def table_names() -> list[str]:
    """All tables that are not PostgreSQL's own, with their schema, quoted where they must be."""
    with connection.cursor() as cursor:
        cursor.execute(_TABLES)
        return [name for (name,) in cursor.fetchall()]


def tables() -> Tables:
    """The number of rows of each table and a hash of them, whatever their order; asked in `one_moment`."""
    found = {}
    with connection.cursor() as cursor:
        for name in table_names():
            cursor.execute(_CONTENT.format(table=name))
            rows, digest = cursor.fetchone()
            found[name] = {"rows": rows, "sha256": digest}
    return found


def different(one: Tables, other: Tables) -> list[str]:
    """The tables that are not the same in both."""
    return sorted(name for name in one.keys() | other.keys() if one.get(name) != other.get(name))
