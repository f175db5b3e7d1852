"""What a benchmark of several ways to the same rows measured."""

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

WAYS = ("whole", "database", "bare SQL")
TIMES = 15  # unless a benchmark says otherwise


@dataclass
class Measured:
    """Milliseconds of one kind of page or list, by way of getting at it."""

    times: dict[str, list[float]] = field(default_factory=dict)
    queries: int = 0
    same_rows: int = 0

    def half(self, way: str) -> float:
        """The median."""
        return statistics.median(self.times[way]) if self.times.get(way) else float("nan")

    def most(self, way: str) -> float:
        """What 95 of 100 are faster than."""
        return statistics.quantiles(self.times[way], n=20)[18] if len(self.times.get(way, [])) > 1 else self.half(way)


def measure(ours: Callable[[], Any], by_hand: Callable[[], Any], same: bool, times: int = TIMES) -> Measured:
    """So many times each; the first time is not counted."""
    from django.db import connection

    measured = Measured(times={way: [] for way in WAYS}, same_rows=int(same))
    waited: list[float] = []

    def waiting(execute: Any, sql: Any, params: Any, many: Any, context: Any) -> Any:
        started = time.perf_counter()
        try:
            return execute(sql, params, many, context)
        finally:
            waited.append(1000 * (time.perf_counter() - started))

    ours()
    by_hand()
    for _time in range(times):
        waited.clear()
        with connection.execute_wrapper(waiting):
            measured.times["whole"].append(_milliseconds(ours))
        measured.times["database"].append(sum(waited))
        measured.queries = len(waited)
        measured.times["bare SQL"].append(_milliseconds(by_hand))
    return measured


def _milliseconds(ask: Callable[[], object]) -> float:
    started = time.perf_counter()
    ask()
    return 1000 * (time.perf_counter() - started)
