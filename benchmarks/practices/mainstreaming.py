"""100 000 practices, three reports of reuse and four moves each, with what is asked about them and for whom they fit.

The tracker, what the page of a practice tells of it, the pages of themes (`benchmarks/practices/themes.py`), and
the library in the order of what fits a reader and narrowed by what became of practices
(`benchmarks/practices/fitting.py`). "Page" is the whole page as HTML, made anew; "facts" what it shows of these,
"database" what of that is spent waiting for statements, "bare SQL" statements written by hand that find the same
rows (`benchmarks/by_hand/mainstreaming.py` and its like). "Same" says whether both found the same. A round with a
tenth comes first and shows whether the number of statements stays. SIZES=10000 asks for fewer.
"""

import os
import time
from datetime import timedelta
from typing import Any

from benchmarks.ground.database import Database
from benchmarks.ground.filling import fill as fill_library
from benchmarks.ground.filling import gin_indexes_left_out
from benchmarks.ground.measured import Measured, measure

SIZES = "10000,100000"
REUSES, MOVES, HOOKS = 3, 4, 20  # a policy hook for each twenty practices
ORGANISATIONS, ASKED, TIMES = 300, 40, 40
WAYS = ("page", "whole", "database", "bare SQL")
NAMES = {"whole": "facts"}


def main() -> None:
    """Measure in a process and a database of their own."""
    with Database() as database:
        database.call("benchmarks.practices.mainstreaming", "measure_all")


def measure_all() -> None:
    """One size after the other in this process's database, each with the practices of the one before."""
    import django

    django.setup()
    filled = 0
    for size in sorted(int(size) for size in (os.environ.get("SIZES") or SIZES).split(",")):
        started = time.monotonic()
        fill_library(filled + 1, size)
        fill(filled + 1, size)
        filled = size
        show(size, time.monotonic() - started, measured(size))


def measured(size: int) -> dict[str, Measured]:
    """Each kind of page, by all ways."""
    from benchmarks.practices import fitting, themes

    found = {"tracker": tracker(), "practice": practice(size), "theme": themes.measured(TIMES)}
    about = themes.asked()
    routes, codes = [f"learning:{term.vocabulary}" for term in about], [[term.code] for term in about]
    found["theme"].times["page"] = pages(routes, codes)
    return found | {"by fit": fitting.by_fit(TIMES), "outcomes": fitting.outcomes(TIMES)}


def fill(first: int, last: int) -> None:
    """What became of the practices with these numbers, the same each time, by way of all triggers."""
    from django.db import connection

    from benchmarks.by_hand import mainstreaming as by_hand
    from benchmarks.practices import themes
    from hub.content_memory import content_version
    from hub.vocabularies.models import Term
    from partners.organisations.models import Organisation

    if first == 1:
        country, sector = Term.objects.of("country")[0], Term.objects.of("sector")[0]
        Organisation.objects.bulk_create(
            Organisation(
                slug=f"made-up-{number}", name=f"Made up {number}", status="listed", country=country, sector=sector
            )
            for number in range(ORGANISATIONS)
        )
    numbers = {"first": first, "last": last, "reuses": REUSES, "moves": MOVES, "hooks": HOOKS}
    with connection.cursor() as cursor, gin_indexes_left_out(cursor):
        for statement in by_hand.FILLING:
            cursor.execute(statement, numbers)
    themes.fill(first, last)
    content_version.forget()


def tracker() -> Measured:
    """Its figures, what moved lately and what is stuck."""
    from django.utils import timezone

    from benchmarks.by_hand import mainstreaming as by_hand
    from practices.tracker import figures, presentation, selection
    from practices.tracker.selection import Asked

    until = timezone.localdate()
    since = until - timedelta(days=365)

    def ours() -> Any:
        moved = selection.moves(since, until)
        stuck = selection.practices(Asked(since=since, until=until, stuck=True))
        return (
            figures.by_stage(""),
            figures.flows(since, until),
            figures.by_status(),
            moved.count(),
            presentation.steps(selection.with_origin(moved)[:5]),
            stuck.count(),
            presentation.standing(presentation.in_rows(stuck.order_by("stage_since", "pk"))[:5]),
        )

    def told(found: Any) -> Any:
        picture, flows, policy, moved, moves, stuck, longest = found
        return {
            "by stage": [row.figures[0].number for row in picture.rows],
            "flows": [[figure.number for figure in row.figures[:-1]] for row in flows.rows],
            "policy": [[figure.number for figure in row.figures[:-1]] for row in policy.rows],
            "moved": (moved, [step.move.key for step in moves]),
            "stuck": (stuck, [each.practice["slug"] for each in longest]),
        }

    same = told(ours()) == by_hand.tracker(since, until)
    measured = measure(ours, lambda: by_hand.tracker(since, until), same, times=TIMES)
    measured.times["page"] = pages(["practices:tracker"] * 10, [[]] * 10)
    return measured


def practice(size: int) -> Measured:
    """What the pages of some practices tell of reuse, stages and policy."""
    from itertools import cycle

    from benchmarks.by_hand import mainstreaming as by_hand
    from practices.mainstreaming.presentation import mainstreaming
    from practices.practice.models.practice import Practice
    from practices.reuse_reports.presentation import taken_up

    keys = [1 + number * (size // ASKED) for number in range(ASKED)]
    asked = Practice.objects.in_bulk(keys)
    mine, theirs = cycle(keys), cycle(keys)

    def ours(key: int) -> Any:
        found = taken_up(asked[key])
        # What the page reads of it.
        tiles = [found.listing.facet(name) for name in ("country", "region")] if found.listing else []
        return found, tiles, mainstreaming(asked[key])

    def told(key: int) -> Any:
        found, _tiles, history = ours(key)
        return (
            [card.url.rstrip("/").rpartition("/")[2] for card in reversed(found.line)],
            [move.key for move in history.moves],
            {hook.key for hook in history.hooks},
        )

    same = all(told(key) == by_hand.told(key) for key in keys)
    measured = measure(lambda: ours(next(mine)), lambda: by_hand.practice(next(theirs)), same, times=TIMES)
    slugs = [[asked[key].slug] for key in keys]
    measured.times["page"] = pages(["practices:practice"] * ASKED, slugs)
    return measured


def pages(routes: list[str], arguments: list[list[str]]) -> list[float]:
    """Milliseconds of each page, as somebody with a session gets it; the first one is not counted."""
    from importlib import import_module

    from django.conf import settings
    from django.test import Client
    from django.urls import reverse
    from django.utils.translation import override

    from benchmarks.pages import session_cookie

    import_module("nccsi.wsgi")  # as a web server loads it
    client = Client(headers={"host": settings.SITE_HOST, "cookie": session_cookie()})
    with override("en"):
        addresses = [reverse(route, args=given) for route, given in zip(routes, arguments, strict=True)]
    times = []
    for address in [addresses[0], *addresses]:
        started = time.perf_counter()
        if client.get(address).status_code != 200:
            raise SystemExit(f"{address} is no page.")
        times.append(1000 * (time.perf_counter() - started))
    return times[1:]


def show(size: int, seconds: float, measured: dict[str, Measured]) -> None:
    """Median and 95th percentile in milliseconds, then the ratio of the 95th percentiles."""
    print(
        f"\nMainstreaming: {size:,} practices, {REUSES * size:,} reports of reuse, {MOVES * size:,} moves, filled in "
        f"{seconds:.0f} s; milliseconds, half / 95 of 100; {os.cpu_count()} cores, "
        f"load {os.getloadavg()[0]:.1f} in the last minute"
    )
    heads = "".join(f"{NAMES.get(way, way):>18}" for way in WAYS)
    print(f"{'':<12}{heads}{'database : SQL':>16}{'statements':>12}{'same':>6}")
    for name, each in measured.items():
        cells = "".join(f"{f'{each.half(way):.1f} / {each.most(way):.1f}':>18}" for way in WAYS)
        ratio = each.most("database") / each.most("bare SQL")
        print(f"{name:<12}{cells}{ratio:>16.2f}{each.queries:>12}{'yes' if each.same_rows else 'NO':>6}")
