"""Round numbers for an axis."""

from decimal import Decimal


def top(highest: Decimal) -> Decimal:
    """The round number (1, 2, 4, 5 or 10 times a power of ten) that an axis ends at, for a figure above zero."""
    power = Decimal(10) ** (highest.adjusted())
    return next(step * power for step in (1, 2, 4, 5, 10) if step * power >= highest)


def ends(figures: list[Decimal]) -> tuple[Decimal, Decimal]:
    """Where an axis starts and ends that shows all of these; zero is on it, so that nothing looks more than it is."""
    highest, lowest = max([*figures, Decimal(0)]), min([*figures, Decimal(0)])
    upper = top(highest) if highest > 0 else Decimal(0)
    lower = -top(-lowest) if lowest < 0 else Decimal(0)
    return lower, upper if upper > lower else Decimal(1)
