"""What readers ask a library of made-up practices: each question once, so that no answer can be remembered."""

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import product

from benchmarks.ground.describing import COUNTRIES, THEMES, TOWNS
from benchmarks.ground.writing import LANGUAGES, Writer

PER_KIND = 40
PAGE_SIZE = 20
DEEPEST = 200


@dataclass(frozen=True)
class Question:
    """One page of the library, in the reader's language."""

    language: str = "en"
    words: str = ""
    chosen: Mapping[str, str] = field(default_factory=dict)
    sort: str = ""
    page: int = 1

    @property
    def pairs(self) -> dict[str, str]:
        """As the address carries it."""
        pairs = {"q": self.words, **self.chosen, "sort": self.sort, "page": str(self.page) if self.page > 1 else ""}
        return {name: value for name, value in pairs.items() if value}


def questions(practices: int) -> dict[str, list[Question]]:
    """Each kind of page, asked for in many ways."""
    last = min(DEEPEST, practices // PAGE_SIZE)
    searches = list(_searches(random.Random(7)))
    filters = [{"theme": theme, "country": country} for theme, country in product(_themes(), COUNTRIES[:8])]
    random.Random(11).shuffle(filters)
    return {
        "landing page": [Question()] * PER_KIND,
        "search": [Question(language, words) for language, words, _topic in searches],
        "search, 3 filters": [
            Question(
                language,
                words,
                {
                    "theme": THEMES[topic][place % 2],
                    "country": COUNTRIES[place % 3],
                    "sector": ("non-profit", "government", "citizens")[place % 3],
                },
            )
            for place, (language, words, topic) in enumerate(searches)
        ],
        "theme and country": [Question(chosen=chosen) for chosen in filters[:PER_KIND]],
        "deep page": [Question(page=max(last - place % last, 1)) for place in range(PER_KIND)],
        "alphabetical": [Question(chosen=chosen, sort="title") for chosen in filters[PER_KIND : 2 * PER_KIND]],
    }


def _themes() -> list[str]:
    return sorted({themes[0] for themes in THEMES.values()} | {themes[1] for themes in THEMES.values()})


def _searches(chance: random.Random) -> Iterator[tuple[str, str, str]]:
    """Language, words and topic: common words and rarer ones, alone, in pairs, and with a place."""
    seen: set[str] = set()
    for number in range(10 * PER_KIND):
        language = LANGUAGES[number % len(LANGUAGES)]
        writer = _writer(language)
        topic = chance.choice(writer.topics)
        kind = ("activity", "people", "things", "helpers")[number // len(LANGUAGES) % 4]
        words = chance.choice(writer.words_of(topic, kind)[:24])
        if number % 3 == 0:
            words = words.split()[-1].split("'")[-1]
        elif number % 3 == 1:
            words = f"{words} {chance.choice(TOWNS[COUNTRIES[number % 5]])}"
        if words not in seen and "-" not in words:
            seen.add(words)
            yield language, words, topic
        if len(seen) == PER_KIND:
            return


_writers: dict[str, Writer] = {}


def _writer(language: str) -> Writer:
    if language not in _writers:
        _writers[language] = Writer(language, 0)
    return _writers[language]
