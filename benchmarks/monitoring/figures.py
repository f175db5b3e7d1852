"""All figures of a large portal: 100 000 practices with what became of them, 20 000 organisations, 5 000 at an event.

"Kept" is what runs every night: each figure and each of its parts, in one transaction; beside it the same values asked
for one by one, as code without the registry would. "Figures" are the twelve largest of the public page in one go,
"parts" the practices by each of their terms; "bare SQL" is written by hand (`benchmarks/by_hand/figures.py`), and
"same" says whether both counted the same. "Page" is a whole page as HTML, made anew for somebody with a session.
SIZE=10000 asks for fewer.
"""

import os
import resource
import time
from datetime import date
from typing import Any

from benchmarks.ground.database import Database
from benchmarks.ground.measured import Measured, measure

SIZE, ORGANISATIONS, INTERESTS = 100_000, 20_000, 2_000
TIMES, PAGES = 40, 20
ONE, SEVERAL = ("stage", "evidence"), ("country", "region", "theme", "target", "sector", "track")


def main() -> None:
    """Measure in a process and a database of their own."""
    with Database() as database:
        database.call("benchmarks.monitoring.figures", "measure_all")


def measure_all() -> None:
    """Fill this process's database and measure in it."""
    import django

    django.setup()
    from benchmarks.events.door import event

    size = int(os.environ.get("SIZE") or SIZE)
    started = time.monotonic()
    _fill(size)
    with event():
        print(
            f"\nFigures: {size:,} practices, {ORGANISATIONS:,} organisations, an event of 5 000, filled in "
            f"{time.monotonic() - started:.0f} s; {os.cpu_count()} cores, "
            f"load {os.getloadavg()[0]:.1f} in the last minute"
        )
        _keep()
        _show({"figures": _figures(), "parts of practices": _parts()}, _pages())


def _fill(size: int) -> None:
    from benchmarks.ground.filling import fill
    from benchmarks.partners import matching
    from benchmarks.practices import mainstreaming

    matching.fill(ORGANISATIONS, INTERESTS)
    fill(1, size)
    mainstreaming.fill(2, size)


def _keep() -> None:
    """One night: rows, seconds, memory; and the same asked for one by one."""
    from hub.measures import counting, registry
    from hub.measures.spans import Span
    from monitoring.snapshots import taking

    day = _today()
    before, started = _peak(), time.monotonic()
    rows = taking.take(day)
    kept = time.monotonic() - started
    grown, started = _peak() - before, time.monotonic()
    again = taking.take(day)
    twice, started = time.monotonic() - started, time.monotonic()
    asked = 0
    for each in registry.all_measures():
        counting.value(each, Span(day))
        asked += 1
        for breakdown in each.breakdowns:
            for key in counting.parts(each, Span(day), breakdown):
                counting.value(each, Span(day), breakdown.code, key)
                asked += 1
    naive = time.monotonic() - started
    print(f"{'':<28}{'rows':>8}{'seconds':>10}{'ratio':>8}{'MB more at most':>18}")
    print(f"{'kept':<28}{rows:>8}{kept:>10.1f}{1:>8}{grown:>18.0f}")
    print(f"{'kept already':<28}{again:>8}{twice:>10.2f}{twice / kept:>8.2f}")
    print(f"{'one by one':<28}{asked:>8}{naive:>10.1f}{naive / kept:>8.1f}")


def _figures() -> Measured:
    from benchmarks.by_hand import figures as by_hand
    from hub.measures import counting, registry
    from hub.measures.spans import Span
    from practices.mainstreaming.models import Status
    from practices.reuse.models.reuses import Reuse

    span = Span(_today())
    shown = [Reuse.State.WAITING.value, Reuse.State.ACCEPTED.value, Reuse.State.RETURNED.value]

    def plain() -> dict[str, tuple[int, ...]]:
        return by_hand.figures(span.until, span.end, shown=shown, in_force=Status.IN_FORCE.value)

    wanted = [each for each in registry.all_measures() if each.code in plain()]

    def ours() -> Any:
        return counting.values(wanted, span)

    found = ours().items()
    said = {code: (each.number,) if each.whole is None else (each.number, each.whole) for code, each in found}
    if different := {code for code, numbers in plain().items() if said[code] != tuple(numbers)}:
        print("Different:", {code: (said[code], plain()[code]) for code in different})
    return measure(ours, plain, not different, times=TIMES)


def _parts() -> Measured:
    from dataclasses import replace

    from benchmarks.by_hand import figures as by_hand
    from hub.measures import counting, registry
    from hub.measures.spans import Span

    span, practices = Span(_today()), registry.of("practices")
    if practices is None:
        raise SystemExit("Nobody counts practices.")
    asked = [each for each in practices.breakdowns if each.code in (*ONE, *SEVERAL)]
    measured = replace(practices, breakdowns=tuple(asked))

    def ours() -> Any:
        return counting.all_parts(measured, span)

    def plain() -> dict[str, dict[str, int]]:
        return by_hand.parts(span.end, ONE, SEVERAL)

    said = {code: {key: value.number for key, value in found.items() if key} for code, found in ours().items()}
    return measure(ours, plain, said == plain(), times=TIMES)


def _pages() -> dict[str, list[float]]:
    """Milliseconds of each page; the first time is not counted."""
    from benchmarks.practices.mainstreaming import pages

    asked = {"all figures": ("monitoring:figures", []), "practices": ("monitoring:figure", ["practices"])}
    asked["list of practices"] = ("monitoring:records", ["practices"])
    return {name: pages([route] * PAGES, [arguments] * PAGES) for name, (route, arguments) in asked.items()}


def _show(measured: dict[str, Measured], pages: dict[str, list[float]]) -> None:
    heads = "".join(f"{way:>18}" for way in ("whole", "database", "bare SQL"))
    print(f"{'ms, half / 95 of 100':<28}{heads}{'95th : SQL':>12}{'statements':>12}{'same':>6}")
    for name, each in measured.items():
        cells = "".join(
            f"{f'{each.half(way):.0f} / {each.most(way):.0f}':>18}" for way in ("whole", "database", "bare SQL")
        )
        ratio = each.most("database") / each.most("bare SQL")
        print(f"{name:<28}{cells}{ratio:>12.2f}{each.queries:>12}{'yes' if each.same_rows else 'NO':>6}")
    for name, times in pages.items():
        page = Measured(times={"page": times})
        row, cell = f"page: {name}", f"{page.half('page'):.0f} / {page.most('page'):.0f}"
        print(f"{row:<28}{cell:>18}")


def _today() -> date:
    from django.utils import timezone

    return timezone.localdate()


def _peak() -> float:
    """Megabytes that this process has held at most."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
