"""The same practices in Datasette: a SQLite file with full-text search, indexes, and the same facets counted.

Its facets are narrowed by their own choice as well, its results come in no order of relevance, and it answers with
plain JSON: less than the page shows. It is asked inside this process, so no network is in the figures.
"""

import asyncio
import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from benchmarks.practices.questions import PAGE_SIZE, Question

_ONE_OF = ("kind", "stage", "evidence", "reach", "cost", "year")
_SEVERAL_OF = ("theme", "target", "scaling", "sector", "track", "sdg", "country", "region", "language")
_SETTINGS = {
    "facet_time_limit_ms": 600_000,
    "sql_time_limit_ms": 600_000,
    "suggest_facets": False,
    "default_page_size": PAGE_SIZE,
    "default_cache_ttl": 0,
}
_FACTS = """
SELECT practice.id, slug, first_published_at::text, {one_of}, since::text,
    (SELECT jsonb_object_agg(vocabulary, codes) FROM (
        SELECT term.vocabulary, jsonb_agg(term.code) AS codes FROM practices_practice_terms AS uses
        JOIN hub_term AS term ON term.id = uses.term_id WHERE uses.practice_id = practice.id GROUP BY 1) AS several),
    texts.languages, texts.title, texts.summary, texts.body
FROM practices_practice AS practice
CROSS JOIN LATERAL (
    SELECT jsonb_agg(language) AS languages, string_agg(title, ' ') AS title, string_agg(summary, ' ') AS summary,
        string_agg(concat_ws(' ', what, results, needs, steps), ' ') AS body
    FROM practices_practicetext WHERE practice_id = practice.id) AS texts
WHERE live
"""


class Datasette:
    """A library in a SQLite file, and Datasette in front of it."""

    def __init__(self, cursor: Any, folder: Path) -> None:
        from datasette.app import Datasette as Application

        path = folder / "library.db"
        path.unlink(missing_ok=True)
        with sqlite3.connect(path) as database:
            _write(database, _rows(cursor))
        database.close()
        self.size = path.stat().st_size
        self._loop = asyncio.new_event_loop()
        self._application = Application([str(path)], settings=_SETTINGS)
        self._loop.run_until_complete(self._application.invoke_startup())

    def ask(self, question: Question) -> int:
        """One page; returns how many practices fit."""
        answer = self._loop.run_until_complete(self._application.client.get(_address(question)))
        answer.raise_for_status()
        count: int = json.loads(answer.content)["filtered_table_rows_count"]
        return count

    def close(self) -> None:
        """Let go of the file."""
        self._loop.run_until_complete(self._loop.shutdown_default_executor())
        self._loop.close()


def _rows(cursor: Any) -> Iterator[tuple[Any, ...]]:
    one_of = ", ".join(f"(SELECT code FROM hub_term WHERE id = practice.{name}_id)" for name in _ONE_OF[:-1])
    cursor.execute(_FACTS.format(one_of=one_of))
    while rows := cursor.fetchmany(2_000):
        for row in rows:
            several = _loaded(row[-5]) or {}
            lists = [json.dumps(several.get(name, [])) for name in _SEVERAL_OF[:-1]]
            yield (*row[:-5], *lists, json.dumps(_loaded(row[-4])), *row[-3:])


def _loaded(value: Any) -> Any:
    # Django reads jsonb as it is written where no field says what it is.
    return json.loads(value) if isinstance(value, str) else value


def _write(database: sqlite3.Connection, rows: Iterator[tuple[Any, ...]]) -> None:
    columns = ["id", "slug", "published", *_ONE_OF, *_SEVERAL_OF, "title", "summary", "body"]
    database.execute(f"CREATE TABLE practices (id INTEGER PRIMARY KEY, {', '.join(columns[1:])})")
    database.executemany(f"INSERT INTO practices VALUES ({', '.join('?' * len(columns))})", rows)
    for column in ("published", "title", *_ONE_OF):
        database.execute(f"CREATE INDEX practices_{column} ON practices ({column})")
    database.execute(
        "CREATE VIRTUAL TABLE practices_fts USING fts5 (title, summary, body, content='practices', content_rowid='id', "
        "tokenize='porter unicode61 remove_diacritics 2')"
    )
    database.execute("INSERT INTO practices_fts (practices_fts) VALUES ('rebuild')")
    database.execute("ANALYZE")


def _address(question: Question) -> str:
    pairs = [("_size", str(PAGE_SIZE)), ("_facet_size", "max")]
    pairs += [("_sort", "title")] if question.sort == "title" else [("_sort_desc", "published")]
    pairs += [("_nocol", "body")]
    pairs += [("_search", question.words)] if question.words else []
    for name, code in question.chosen.items():
        pairs.append((f"{name}__arraycontains" if name in _SEVERAL_OF else name, code))
    pairs += [("_facet", name) for name in _ONE_OF] + [("_facet_array", name) for name in _SEVERAL_OF]
    return f"/library/practices.json?{urlencode(pairs)}"
