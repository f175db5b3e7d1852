"""Whether a practice fits a reader's situation, criterion by criterion.

A criterion is judged only when the reader says something of it. What the library does not know of a practice is unknown
and never a fit. Nothing is weighed or added up here: each verdict stands for itself, with its reason.
`practices.context.ordering` says the same to the database, and a test holds the two against each other.

- Target group: fits with one of the reader's groups, or when it is for everyone; else it is for others.
- Budget: fits when it reaches the top of the cost band, does not when it stays below the band. Within it nobody knows.
- Sectors: fits when all that took part are on board.
- Time: fits when it runs within the months that there are.
- Place: fits when it is used in the reader's region or country. That nobody has told of one there is no misfit.
- Reach: fits when it reaches as far as the reader's place is large; else it has been done in smaller ones only.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum, auto

from practices.context.facts import Elsewhere, Facts
from practices.context.situation import Situation


class Verdict(StrEnum):
    """How a practice stands to one part of a situation."""

    FITS = "fits"
    DOES_NOT = "does-not"
    UNKNOWN = "unknown"


class Criterion(StrEnum):
    """The parts of a situation, in the order in which they are told."""

    TARGET = auto()
    BUDGET = auto()
    SECTORS = auto()
    TIME = auto()
    PLACE = auto()
    REACH = auto()


class Why(StrEnum):
    """The reason of a verdict; `practices.context.words` has the sentence of each."""

    FOR_EVERYONE = auto()
    FOR_YOURS = auto()
    FOR_SOME_OF_YOURS = auto()
    FOR_OTHERS = auto()
    TARGET_UNKNOWN = auto()
    ENOUGH_MONEY = auto()
    TOO_EXPENSIVE = auto()
    PERHAPS_ENOUGH_MONEY = auto()
    COST_UNKNOWN = auto()
    ALL_ON_BOARD = auto()
    SECTORS_LACKING = auto()
    SECTORS_UNKNOWN = auto()
    SOON_ENOUGH = auto()
    TOO_SLOW = auto()
    TIME_UNKNOWN = auto()
    IN_YOUR_REGION = auto()
    IN_YOUR_COUNTRY = auto()
    TAKEN_UP_IN_YOUR_COUNTRY = auto()
    IN_OTHER_COUNTRIES = auto()
    PLACE_UNKNOWN = auto()
    REACHES_AS_FAR = auto()
    REACHES_LESS_FAR = auto()
    REACH_UNKNOWN = auto()


@dataclass(frozen=True)
class Finding:
    """One verdict with its reason; `named` and `others` are the codes that its sentence names."""

    verdict: Verdict
    why: Why
    named: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    # Where it went otherwise, or where it can be seen.
    see: Elsewhere | None = None


@dataclass(frozen=True)
class Judged:
    """A finding, and which part of the situation it is about."""

    criterion: Criterion
    finding: Finding

    @property
    def verdict(self) -> Verdict:
        """How the practice stands to it."""
        return self.finding.verdict


# The target group that takes in all others.
EVERYONE = "everyone"
# From how many euros a year on and up to how many. A band that staff add without a line here says nothing.
COSTS: Mapping[str, tuple[int, int | None]] = {
    "under-10k": (0, 10_000),
    "10k-50k": (10_000, 50_000),
    "50k-250k": (50_000, 250_000),
    "250k-1m": (250_000, 1_000_000),
    "over-1m": (1_000_000, None),
}
# From the smallest place to the largest.
REACHES = ("neighbourhood", "municipality", "region", "country", "several-countries")


def judge(situation: Situation, facts: Facts) -> list[Judged]:
    """What can be said of this practice for this reader, in the order of the criteria."""
    return [Judged(criterion, finding) for criterion, finding in _findings(situation, facts) if finding]


def _findings(situation: Situation, facts: Facts) -> Iterator[tuple[Criterion, Finding | None]]:
    for criterion, rule in RULES.items():
        yield criterion, rule(situation, facts)


def _target(situation: Situation, facts: Facts) -> Finding | None:
    if not situation.targets:
        return None
    if not facts.targets:
        return Finding(Verdict.UNKNOWN, Why.TARGET_UNKNOWN)
    if EVERYONE in facts.targets:
        return Finding(Verdict.FITS, Why.FOR_EVERYONE)
    yours = tuple(code for code in situation.targets if code in facts.targets)
    others = tuple(code for code in situation.targets if code not in facts.targets)
    if not yours:
        return Finding(Verdict.DOES_NOT, Why.FOR_OTHERS, facts.targets)
    return Finding(Verdict.FITS, Why.FOR_SOME_OF_YOURS if others else Why.FOR_YOURS, yours, others)


def _budget(situation: Situation, facts: Facts) -> Finding | None:
    if situation.budget is None:
        return None
    cheaper = _cheapest(facts, situation.budget)
    if facts.cost not in COSTS:
        return Finding(Verdict.UNKNOWN, Why.COST_UNKNOWN, see=cheaper)
    verdict = cost_verdict(situation.budget, facts.cost)
    if verdict is Verdict.FITS:
        return Finding(verdict, Why.ENOUGH_MONEY, (facts.cost,))
    why = Why.TOO_EXPENSIVE if verdict is Verdict.DOES_NOT else Why.PERHAPS_ENOUGH_MONEY
    return Finding(verdict, why, (facts.cost,), see=cheaper)


def cost_verdict(budget: int, band: str) -> Verdict:
    """Whether so many euros a year are enough for this band of cost."""
    lowest, highest = COSTS[band]
    if highest is not None and budget >= highest:
        return Verdict.FITS
    return Verdict.DOES_NOT if budget < lowest else Verdict.UNKNOWN


def _cheapest(facts: Facts, budget: int) -> Elsewhere | None:
    enough = [each for each in facts.elsewhere if each.cost is not None and each.cost <= budget]
    return min(enough, key=lambda each: each.cost or 0, default=None)


def _sectors(situation: Situation, facts: Facts) -> Finding | None:
    if not situation.sectors:
        return None
    if not facts.sectors:
        return Finding(Verdict.UNKNOWN, Why.SECTORS_UNKNOWN)
    lacking = tuple(code for code in facts.sectors if code not in situation.sectors)
    if lacking:
        return Finding(Verdict.DOES_NOT, Why.SECTORS_LACKING, lacking)
    return Finding(Verdict.FITS, Why.ALL_ON_BOARD, facts.sectors)


def _time(situation: Situation, facts: Facts) -> Finding | None:
    if situation.months is None:
        return None
    if facts.months is not None and facts.months <= situation.months:
        return Finding(Verdict.FITS, Why.SOON_ENOUGH)
    sooner = _soonest(facts, situation.months)
    if facts.months is None:
        return Finding(Verdict.UNKNOWN, Why.TIME_UNKNOWN, see=sooner)
    return Finding(Verdict.DOES_NOT, Why.TOO_SLOW, see=sooner)


def _soonest(facts: Facts, months: int) -> Elsewhere | None:
    enough = [each for each in facts.elsewhere if each.months is not None and each.months <= months]
    return min(enough, key=lambda each: each.months or 0, default=None)


def _place(situation: Situation, facts: Facts) -> Finding | None:
    if not (situation.country or situation.region):
        return None
    if situation.region and situation.region in facts.regions:
        return Finding(Verdict.FITS, Why.IN_YOUR_REGION, (situation.region,))
    if situation.country and situation.country in (*facts.countries, *facts.used_in):
        return Finding(Verdict.FITS, Why.IN_YOUR_COUNTRY, (situation.country,))
    near = [each for each in facts.elsewhere if situation.country and each.country == situation.country]
    if near:
        nearest = next((each for each in near if each.region and each.region == situation.region), near[0])
        return Finding(Verdict.FITS, Why.TAKEN_UP_IN_YOUR_COUNTRY, (situation.country,), see=nearest)
    taken_up = [each.country for each in facts.elsewhere if each.country]
    others = tuple(dict.fromkeys((*facts.countries, *facts.used_in, *taken_up)))
    return Finding(Verdict.UNKNOWN, Why.IN_OTHER_COUNTRIES if others else Why.PLACE_UNKNOWN, others)


def _reach(situation: Situation, facts: Facts) -> Finding | None:
    if situation.reach not in REACHES:
        return None
    if facts.reach not in REACHES:
        return Finding(Verdict.UNKNOWN, Why.REACH_UNKNOWN)
    if reaches(facts.reach, situation.reach):
        return Finding(Verdict.FITS, Why.REACHES_AS_FAR, (facts.reach,))
    return Finding(Verdict.DOES_NOT, Why.REACHES_LESS_FAR, (facts.reach,))


def reaches(reach: str, wanted: str) -> bool:
    """Whether what reaches so far reaches at least as far as is wanted."""
    return REACHES.index(reach) >= REACHES.index(wanted)


RULES: Mapping[Criterion, Callable[[Situation, Facts], Finding | None]] = {
    Criterion.TARGET: _target,
    Criterion.BUDGET: _budget,
    Criterion.SECTORS: _sectors,
    Criterion.TIME: _time,
    Criterion.PLACE: _place,
    Criterion.REACH: _reach,
}
