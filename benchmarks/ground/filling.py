"""Made-up practices in four languages, in a database of their own: `python -m benchmarks.ground.filling 100000`.

It is the same for the same number and seed: practice 7 of 1 000 is practice 7 of 100 000. Rows go in by COPY, through
the tables that editors write to, so that whatever the database derives from them is derived here as well. The command
keeps the database for whoever wants to look at it; the benchmarks drop theirs unless KEEP is set.
"""

import contextlib
import os
import random
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from multiprocessing import get_context
from typing import TYPE_CHECKING, Any

from benchmarks.ground.database import Database
from benchmarks.ground.describing import Facts, describe
from benchmarks.ground.writing import LANGUAGES, Writer, person_name, project_name

if TYPE_CHECKING:
    from django.db.models import Model

SEED = 2027
_CHUNK = 5_000
_PROCESSES = 2


@dataclass(frozen=True)
class Index:
    """A GIN index: how long it took to build, and its size in bytes."""

    name: str
    seconds: float
    size: int


def fill(first: int, last: int, *, seed: int = SEED) -> list[Index]:
    """Adds the practices with these numbers to a library that has none of them; tells what their indexes took."""
    from django.db import connection

    from hub.content_memory import content_version

    chunks = [range(start, min(start + _CHUNK, last + 1)) for start in range(first, last + 1, _CHUNK)]
    with connection.cursor() as cursor:
        processes = get_context("spawn").Pool(min(_PROCESSES, len(chunks)), _begin, [seed])
        with gin_indexes_left_out(cursor) as built, processes:
            processes.map(_copy, chunks, chunksize=1)
        cursor.execute("SELECT setval(pg_get_serial_sequence('practices_practice', 'id'), %s)", [last])
        cursor.execute("VACUUM ANALYZE")
    content_version.forget()
    return built


_GIN_INDEXES = """
SELECT indexname, indexdef FROM pg_indexes WHERE tablename LIKE 'practices\\_%' AND indexdef LIKE '% USING gin %'
"""


@contextlib.contextmanager
def gin_indexes_left_out(cursor: Any) -> Iterator[list[Index]]:
    """Drops the library's GIN indexes and builds them again at the end, faster than keeping them up to date."""
    cursor.execute(_GIN_INDEXES)
    found: list[tuple[str, str]] = cursor.fetchall()
    built: list[Index] = []
    for name, _definition in found:
        cursor.execute(f'DROP INDEX "{name}"')
    try:
        yield built
    finally:
        for name, definition in found:
            started = time.monotonic()
            cursor.execute(definition)
            seconds = time.monotonic() - started
            cursor.execute("SELECT pg_relation_size(%s)", [f'"{name}"'])
            built.append(Index(name, seconds, cursor.fetchone()[0]))


_own: list["_Filling"] = []


def _begin(seed: int) -> None:
    """What each process does first."""
    import django

    django.setup()
    _own.append(_Filling(seed))


def _copy(numbers: range) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        _own[0].copy(cursor.cursor, numbers)


@dataclass(frozen=True)
class _Made:
    """One practice on its way: its number, its facts, and what decides the rest of it."""

    number: int
    facts: Facts
    chance: random.Random


class _Filling:
    """Makes rows and copies them in."""

    def __init__(self, seed: int) -> None:
        from hub.vocabularies.models import Term
        from practices.practice.models.practice import Practice
        from practices.practice.models.texts import PracticeText

        self.seed = seed
        self.writers = {language: Writer(language, seed) for language in LANGUAGES}
        self.terms = {(term.vocabulary, term.code): term.pk for term in Term.objects.all()}
        self.practices = _Table(Practice)
        self.uses = _Table(Practice.terms.through)
        self.texts = _Table(PracticeText)

    def copy(self, cursor: Any, numbers: range) -> None:
        """The practices with these numbers, which are their keys too: one statement for each table."""
        made = [_Made(number, *self._described(number)) for number in numbers]
        self.practices.copy(cursor, numbers, (self._practice(each) for each in made))
        uses = [
            {"practice_id": each.number, "term_id": self.terms[vocabulary, code]}
            for each in made
            for vocabulary, codes in each.facts.several_of.items()
            for code in codes
        ]
        self.uses.copy(cursor, self.uses.keys(cursor, len(uses)), uses)
        texts = sum(len(each.facts.languages) for each in made)
        self.texts.copy(cursor, self.texts.keys(cursor, texts), self._texts(made))

    def _described(self, number: int) -> tuple[Facts, random.Random]:
        chance = random.Random(self.seed * 1_000_000_007 + number)
        return describe(self.writers["en"].topics, chance), chance

    def _practice(self, made: "_Made") -> dict[str, object]:
        facts = made.facts
        return {
            "slug": f"made-up-{made.number}",
            "original_language": facts.languages[0],
            "live": True,
            "first_published_at": facts.published,
            "last_published_at": facts.published,
            "since": facts.since,
            # Of two in three it is known.
            "months": 1 + made.number * 7 % 36 if made.number % 3 else None,
            "place": facts.town,
            "checked_on": facts.published.date(),
        } | {f"{name}_id": self.terms[name, code] for name, code in facts.one_of.items()}

    def _texts(self, made: "Iterable[_Made]") -> Iterator[dict[str, object]]:
        """Long in the language of the place and, for every third, in the next one; short in the others."""
        for each in made:
            chance, facts = each.chance, each.facts
            name, person = project_name(chance), person_name(chance)
            long = 1 + (chance.random() < 1 / 3)
            for place, language in enumerate(facts.languages):
                writer = self.writers[language]
                words = writer.write(facts.topic, name, person, facts.town, long=place < long, chance=chance)
                yield {"practice_id": each.number, "language": language, **asdict(words)}


class _Table:
    """The table of a model, into which rows are copied; columns that a row leaves out get the model's default."""

    def __init__(self, model: "type[Model]") -> None:
        fields = [
            field
            for field in model._meta.concrete_fields
            if not field.generated and not field.has_db_default() and not field.primary_key
        ]
        self.name = model._meta.db_table
        self.columns = [field.column for field in fields]
        self.defaults = [field.get_default() for field in fields]

    def keys(self, cursor: Any, count: int) -> list[int]:
        """New keys from the table's own sequence."""
        cursor.execute(f"SELECT nextval(pg_get_serial_sequence('{self.name}', 'id')) FROM generate_series(1, {count})")
        return [row[0] for row in cursor.fetchall()]

    def copy(self, cursor: Any, keys: Sequence[int], rows: Iterable[dict[str, Any]]) -> None:
        """One statement for all rows."""
        columns = ", ".join(f'"{column}"' for column in ["id", *self.columns])
        with cursor.copy(f'COPY "{self.name}" ({columns}) FROM STDIN') as copy:
            for key, row in zip(keys, rows, strict=True):
                values = [
                    row.get(str(column), default) for column, default in zip(self.columns, self.defaults, strict=True)
                ]
                copy.write_row([key, *values])


def fill_here(count: str) -> None:
    """Fill this process's database and tell what it took."""
    import django

    django.setup()
    started = time.monotonic()
    built = fill(1, int(count))
    print(f"{int(count):,} practices in {time.monotonic() - started:.1f} s")
    for index in built:
        print(f"  {index.name}: built in {index.seconds:.1f} s, {index.size / 1e6:.1f} MB")


def main(arguments: list[str]) -> None:
    """A new database with so many practices."""
    if len(arguments) != 1 or not arguments[0].isdecimal():
        sys.exit("Say how many practices: python -m benchmarks.ground.filling 100000")
    os.environ["DEMO"] = os.environ.get("DEMO") or "true"
    with Database(keep=True) as database:
        database.call("benchmarks.ground.filling", "fill_here", arguments[0])


if __name__ == "__main__":
    main(sys.argv[1:])
