"""Facts of made-up practices: skewed as in a real library, where a few countries and themes have most of it."""

import random
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import accumulate

from benchmarks.ground.writing import FOLDER, LANGUAGES

NEWEST = datetime(2027, 6, 30, 12, tzinfo=UTC)

# What a practice on a topic is about and for whom, the likeliest first.
THEMES = {
    "housing": ["19", "14", "20", "12", "16", "3"],
    "work": ["4", "5", "1", "13", "6", "10", "8", "7", "9", "3"],
    "care": ["16", "18", "17", "10", "12", "20"],
    "learning": ["1", "11", "3", "2", "9", "16"],
    "newcomers": ["3", "1", "4", "20", "19", "2"],
    "poverty": ["14", "12", "20", "11", "15", "13"],
    "ageing": ["18", "15", "16", "20", "17"],
    "neighbourhood": ["20", "3", "8", "2", "9", "11", "19"],
}
_TARGETS = {
    "housing": ["homeless", "poverty", "young-people", "single-parents", "refugees", "mental-health"],
    "work": ["jobseekers", "young-people", "long-term-unemployed", "workers", "prisoners", "social-entrepreneurs"],
    "care": ["mental-health", "informal-carers", "disabilities", "older-people", "everyone"],
    "learning": ["children", "young-people", "single-parents", "poverty", "roma"],
    "newcomers": ["refugees", "migration-background", "roma", "jobseekers", "children"],
    "poverty": ["poverty", "single-parents", "older-people", "everyone", "long-term-unemployed"],
    "ageing": ["older-people", "informal-carers", "disabilities", "everyone"],
    "neighbourhood": ["everyone", "civil-servants", "migration-background", "social-entrepreneurs", "older-people"],
}
_REGIONS = ["BE10", "BE21", "BE23", "BE33", "BE32", "BE24", "BE25", "BE22", "BE35", "BE31", "BE34"]
_SECTORS = ["non-profit", "government", "citizens", "academia", "business"]
_TRACKS = ["impact-inclusion", "training", "government", "regional", "financing", "research-teaching"]
_SDGS = ["10", "3", "4", "1", "11", "8", "5", "16", "17", "2", "12", "13", "7", "9", "15", "6", "14"]
_ONE_OF = {
    "kind": (["good-practice", "method", "tool"], [62, 26, 12], 0.0),
    "stage": (["4", "5", "3", "6", "2", "1"], [34, 26, 20, 10, 7, 3], 0.05),
    "evidence": (["1", "2", "3", "4", "5"], [45, 33, 13, 6, 3], 0.3),
    "reach": (["municipality", "neighbourhood", "region", "country", "several-countries"], [35, 25, 20, 14, 6], 0.04),
    "cost": (
        ["unknown", "10k-50k", "50k-250k", "under-10k", "250k-1m", "over-1m"],
        [35, 25, 18, 14, 6, 2],
        0.1,
    ),
}
_PLACES = tomllib.loads((FOLDER / "places.toml").read_text(encoding="utf-8"))
TOWNS: dict[str, list[str]] = _PLACES["towns"]
COUNTRIES: list[str] = [*TOWNS, *_PLACES["elsewhere"]]


@dataclass(frozen=True)
class Facts:
    """What one practice is described with: codes per vocabulary and plain values."""

    topic: str
    one_of: Mapping[str, str]
    several_of: Mapping[str, list[str]]
    languages: list[str]
    since: int | None
    town: str
    published: datetime


def describe(topics: list[str], chance: random.Random) -> Facts:
    """The facts of one practice."""
    topic = topics[_rank(chance, len(topics), flat=3)]
    countries = _some(COUNTRIES, chance, [90, 7, 2, 1])
    in_belgium = "BE" in countries
    one_of = {
        name: chance.choices(codes, weights)[0]
        for name, (codes, weights, missing) in _ONE_OF.items()
        if chance.random() >= missing
    }
    return Facts(
        topic=topic,
        one_of=one_of,
        several_of={
            "theme": _some(THEMES[topic], chance, [45, 35, 20]),
            "target": _some(_TARGETS[topic], chance, [45, 35, 20]),
            "sector": _some(_SECTORS, chance, [15, 35, 30, 14, 6]),
            "scaling": _some(["out", "up", "deep"], chance, [55, 30, 15]) if chance.random() < 0.8 else [],
            "track": _some(_TRACKS, chance, [60, 40]) if chance.random() < 0.7 else [],
            "sdg": _some(_SDGS, chance, [40, 35, 25]) if chance.random() < 0.85 else [],
            "country": countries,
            "region": _some(_REGIONS, chance, [75, 15, 7, 3]) if in_belgium else [],
        },
        languages=_languages(countries[0], chance),
        since=2026 - int(chance.expovariate(0.14)) % 60 if chance.random() < 0.92 else None,
        town=chance.choice(TOWNS.get(countries[0]) or TOWNS["BE"]),
        published=NEWEST - timedelta(minutes=chance.randint(0, 6 * 365 * 24 * 60)),
    )


def _languages(country: str, chance: random.Random) -> list[str]:
    """The language of the place first; where it is none of the four, English."""
    first = {"BE": chance.choices(["nl", "fr", "de"], [60, 38, 2])[0], "NL": "nl", "FR": "fr", "LU": "fr"}
    first |= {"DE": "de", "AT": "de", "CH": "de", "LI": "de"}
    own = first.get(country, "en")
    others = [language for language in ("en", *LANGUAGES[:3]) if language != own]
    return [own, *others[: chance.choices([0, 1, 2, 3], [35, 35, 10, 20])[0]]]


def _some(codes: list[str], chance: random.Random, weights: list[int]) -> list[str]:
    """One, two, … different codes, as often as the weights say; those in front most often."""
    count = chance.choices(range(1, len(weights) + 1), weights)[0]
    found: dict[str, None] = {}
    while len(found) < min(count, len(codes)):
        found[codes[_rank(chance, len(codes))]] = None
    return list(found)


_CUMULATIVE: dict[tuple[int, int], list[float]] = {}


def _rank(chance: random.Random, size: int, *, flat: int = 1) -> int:
    """A place in a list, the front ones most often; a higher `flat` evens that out."""
    if (size, flat) not in _CUMULATIVE:
        _CUMULATIVE[size, flat] = list(accumulate(1 / (rank + flat) for rank in range(size)))
    return chance.choices(range(size), cum_weights=_CUMULATIVE[size, flat])[0]
