"""How much a fault test does, and what it measured."""

import os

SOAK = os.environ.get("SOAK", "") not in {"", "0", "false"}

lines: list[str] = []


def number(small: int, full: int) -> int:
    """The reduced number of the ordinary run, or the full one of `make soak`."""
    return full if SOAK else small


def tell(line: str) -> None:
    """A figure for the end of the run."""
    lines.append(line)
    print(line)
