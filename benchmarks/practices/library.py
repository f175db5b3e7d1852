"""The library with 1 000, 10 000 and 100 000 practices: whole pages, beside three other ways to get at the same rows.

Each page is asked for in forty ways and made anew each time, as for somebody with a session; what the portal remembers
of its content it may remember, as it does for any reader. Beside it stand (a) the bare SQL that only finds the rows of
that page, (b) one COUNT per option, the naive way to the numbers on the page, and (c) Datasette with full-text search
and the same facets; of (b) and (c) as many as thirty seconds reach. SIZES=1000,10000 asks for fewer; KEEP=1 keeps the
database.
"""

import math
import os
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from benchmarks.ground.database import Database
from benchmarks.ground.filling import Index, fill
from benchmarks.ground.measured import Measured
from benchmarks.pages import session_cookie
from benchmarks.practices.questions import Question, questions

SIZES = "1000,10000,100000"
BESIDE_SECONDS = 30.0
GROWING = "theme and country"
COLUMNS = {
    "page": "page",
    "counted": "found+counted",
    "sql": "(a) SQL",
    "naive": "(b) counts",
    "other": "(c) Datasette",
}


def main() -> None:
    """Measure in a process and a database of their own."""
    with Database(keep=os.environ.get("KEEP", "") not in {"", "0"}) as database:
        database.call("benchmarks.practices.library", "measure_all")


def measure_all() -> None:
    """One size after the other in this process's database, each with the practices of the one before."""
    import django

    django.setup()
    sizes = sorted(int(size) for size in (os.environ.get("SIZES") or SIZES).split(","))
    growing: dict[int, Measured] = {}
    filled = 0
    with tempfile.TemporaryDirectory() as folder:
        for size in sizes:
            started = time.monotonic()
            indexes = fill(filled + 1, size)
            seconds, filled = time.monotonic() - started, size
            measured = measure(size, Path(folder))
            growing[size] = measured[GROWING]
            show(size, measured, indexes, seconds)
    show_growth(growing)


def measure(size: int, folder: Path) -> dict[str, Measured]:
    """Every kind of page, in every way."""
    from django.db import connection

    from benchmarks.by_hand.library import PlainSql
    from benchmarks.practices.beside_datasette import Datasette

    asked = questions(size)
    with connection.cursor() as cursor:
        portal, plain, other = Portal(), PlainSql(cursor), Datasette(cursor, folder)
        measured = {kind: Measured() for kind in asked}
        for kind, wanted in asked.items():
            into = measured[kind]
            plain.prepare(wanted)
            into.queries = max(portal.queries(question) for question in wanted[:3])
            into.same_rows = sum(portal.rows(question) == plain.rows(question) for question in wanted)
            into.times["page"] = timed(portal.page, wanted)
            into.times["counted"] = timed(portal.counted, wanted)
            into.times["sql"] = timed(plain.rows, wanted)
            into.times["naive"] = timed(plain.counts, wanted, seconds=BESIDE_SECONDS)
            if all(question.page == 1 for question in wanted):  # it has no pages by number
                into.times["other"] = timed(other.ask, wanted, seconds=BESIDE_SECONDS)
        other.close()
    return measured


def timed(ask: Callable[[Question], object], wanted: Iterable[Question], *, seconds: float = 300.0) -> list[float]:
    """Milliseconds of each; a way that takes too long is asked less often, but at least twice."""
    wanted = list(wanted)
    for question in {question.language: question for question in wanted}.values():
        ask(question)  # so that nobody pays for what is loaded once
    times: list[float] = []
    began = time.monotonic()
    for question in wanted:
        if len(times) > 1 and time.monotonic() - began > seconds:
            break
        started = time.perf_counter()
        ask(question)
        times.append(1000 * (time.perf_counter() - started))
    return times


class Portal:
    """The portal's own pages, asked for inside this process."""

    def __init__(self) -> None:
        from importlib import import_module

        from django.conf import settings
        from django.test import Client, RequestFactory

        import_module("nccsi.wsgi")  # as a web server loads it

        self._client = Client(headers={"host": settings.SITE_HOST, "cookie": session_cookie()})
        self._requests = RequestFactory()

    def page(self, question: Question) -> bytes:
        """The whole page, through middleware and templates."""
        answer = self._client.get(_library(question), question.pairs)
        if answer.status_code != 200:
            raise RuntimeError(f"{question} is answered with {answer.status_code}.")
        content: bytes = answer.content
        return content

    def counted(self, question: Question) -> Any:
        """What the page shows, found and counted, before it becomes HTML."""
        from django.contrib.auth.models import AnonymousUser
        from django.utils.translation import override

        from practices.library.presentation import open_library

        request = self._requests.get(_library(question), question.pairs)
        request.user = AnonymousUser()
        with override(question.language):
            return open_library(request)

    def rows(self, question: Question) -> list[int]:
        """The keys of the page's practices."""
        return [entry.practice_id for entry in self.counted(question).page.object_list]

    def queries(self, question: Question) -> int:
        """How many statements the page takes when nothing is remembered."""
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        from hub.content_memory import content_version

        content_version.forget()
        with CaptureQueriesContext(connection) as captured:
            self.page(question)
        return len(captured)


def _library(question: Question) -> str:
    from django.urls import reverse
    from django.utils.translation import override

    with override(question.language):
        return reverse("practices:library")


def show(size: int, measured: dict[str, Measured], indexes: list[Index], seconds: float) -> None:
    """The table of one size: median/95th percentile in milliseconds, then how they compare."""
    print(
        f"\nLibrary: {size:,} practices, made in {seconds:.0f} s; milliseconds, half of the pages / 95 of 100; "
        f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} in the last minute"
    )
    print(f"{'':<18}" + "".join(f"{name:>17}" for name in COLUMNS.values()) + f"{'queries':>9}{'same rows':>11}")
    for kind, each in measured.items():
        cells = "".join(f"{_pair(each, way):>17}" for way in COLUMNS)
        asked = len(each.times["page"])
        print(f"{kind:<18}{cells}{each.queries:>9}{f'{each.same_rows} of {asked}':>11}")
    names = f"{'page : SQL':>17}{'found+counted : SQL':>22}{'counts : page':>17}{'Datasette : page':>19}"
    print(f"{'of 95 in 100':<18}{names}")
    for kind, each in measured.items():
        print(
            f"{kind:<18}{_ratio(each, 'page', 'sql'):>17}{_ratio(each, 'counted', 'sql'):>22}"
            f"{_ratio(each, 'naive', 'page'):>17}{_ratio(each, 'other', 'page'):>19}"
        )
    built = (f"{index.name} {index.seconds:.1f} s, {index.size / 1e6:.1f} MB" for index in indexes)
    print(f"GIN indexes, built: {'; '.join(built)}")


def show_growth(growing: dict[int, Measured]) -> None:
    """How a typical page grows with the library."""
    smallest = min(growing)
    print(f"\nLibrary: a page by {GROWING} as the library grows")
    for size, each in growing.items():
        ratio = each.half("page") / growing[smallest].half("page")
        more = each.most("page") / growing[smallest].most("page")
        print(
            f"{size:>12,}: {each.half('page'):.1f} / {each.most('page'):.1f} ms, "
            f"{ratio:.2f} / {more:.2f} times that of {smallest:,}"
        )


def _pair(each: Measured, way: str) -> str:
    return f"{each.half(way):.1f} / {each.most(way):.1f}" if each.times.get(way) else "-"


def _ratio(each: Measured, one: str, other: str) -> str:
    ratio = each.most(one) / each.most(other)
    return "-" if math.isnan(ratio) else f"{ratio:.2f}"
