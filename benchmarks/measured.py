"""What a benchmark of several ways to the same rows measured."""

import statistics
from dataclasses import dataclass, field


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
