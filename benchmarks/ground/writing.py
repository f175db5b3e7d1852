"""Words of made-up practices: sentences from lists of real words, the common ones often and the rare ones seldom.

A practice has a topic, and most of its sentences come from that topic's words, so that a search and a theme narrow
each other as they do in a real library. Names of projects, towns and people are the long tail of every index.
"""

import random
import re
import tomllib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path

FOLDER = Path(__file__).parent / "words"
LANGUAGES = ("nl", "fr", "de", "en")
# Sentences made beforehand of each pattern for each topic; a text picks from them.
_POOL = 150
_LONG = {"what": (5, 9), "results": (5, 8), "needs": (5, 9), "steps": (5, 7)}
_SHORT = {"what": (2, 4)}
_STRANGE = 0.15
_TOWN = "@"
_LONGEST = {"title": 160, "summary": 280}
_CONSONANTS = ("b", "d", "f", "g", "h", "k", "l", "m", "n", "p", "r", "s", "t", "v", "w", "z", "st", "kr", "bl", "pr")
_ENDINGS = ("n", "r", "lo", "na", "s", "x", "m", "ta", "nova", "lab", "huis", "plus", "berg", "dal", "werk")
_FIRST_NAMES = ("Anna", "Bram", "Chloé", "David", "Elif", "Fatima", "Hugo", "Inès", "Karim", "Lotte", "Nora", "Tomáš")
_VOWELS = "aâàeéèêiîoôuhyAÂÀEÉÈÊIÎOÔUHY"


class Zipf:
    """Picks from a list: what stands in front often, the end of the list seldom, as Zipf and Mandelbrot found."""

    def __init__(self, entries: Sequence[str]) -> None:
        self.entries = list(entries)
        self._weights = list(accumulate(1 / (rank + 1.7) for rank in range(1, len(self.entries) + 1)))

    def pick(self, chance: random.Random) -> str:
        """One of them."""
        return chance.choices(self.entries, cum_weights=self._weights)[0]

    def two(self, chance: random.Random) -> tuple[str, str]:
        """Two that differ."""
        first = self.pick(chance)
        second = self.pick(chance)
        while second == first:
            second = chance.choice(self.entries)
        return first, second


@dataclass(frozen=True)
class Text:
    """The words of one practice in one language, a field for each column."""

    title: str
    summary: str
    what: str
    results: str = ""
    needs: str = ""
    steps: str = ""


class Writer:
    """Writes in one language; the same for the same seed."""

    def __init__(self, language: str, seed: int) -> None:
        told = tomllib.loads((FOLDER / f"{language}.toml").read_text(encoding="utf-8"))
        self.language = language
        self.topics = list(told["topics"])
        self._patterns = {name: lines.strip().splitlines() for name, lines in told["patterns"].items()}
        common = {name: Zipf(_listed(entries)) for name, entries in told["common"].items()}
        self._words = {
            topic: common | {name: Zipf(_joined(common.get(name), entries)) for name, entries in own.items()}
            for topic, own in told["topics"].items()
        }
        chance = random.Random(f"{seed} {language}")
        self._pools = {
            topic: {section: self._pool(section, topic, chance) for section in _LONG} for topic in self.topics
        }

    def words_of(self, topic: str, kind: str) -> list[str]:
        """The topic's words of one kind, the commonest first; what a reader would search for."""
        return self._words[topic][kind].entries

    def write(self, topic: str, name: str, person: str, town: str, *, long: bool, chance: random.Random) -> Text:
        """A whole text, or one that only tells what it is."""
        facts = {"name": name, "person": person}
        parts = {}
        for section, (least, most) in (_LONG if long else _SHORT).items():
            lines = self._lines(section, topic, chance.randint(least, most), chance)
            if section == "what" and long:
                lines.insert(1, self._sentence("own", topic, chance, **facts))
            parts[section] = _numbered(lines) if section == "steps" else " ".join(lines)
        return Text(
            title=self._short("title", topic, town, chance, **facts),
            summary=self._summary(topic, town, chance, **facts),
            **{section: words.replace(_TOWN, town) for section, words in parts.items()},
        )

    def _summary(self, topic: str, town: str, chance: random.Random, **facts: str) -> str:
        first = self._short("summary", topic, town, chance, **facts)
        both = f"{first} {self._lines('what', topic, 1, chance)[0].replace(_TOWN, town)}"
        return both if len(both) <= _LONGEST["summary"] else first

    def _pool(self, section: str, topic: str, chance: random.Random) -> list[list[str]]:
        patterns = self._patterns[section]
        return [[self._filled(pattern, topic, chance) for _each in range(_POOL)] for pattern in patterns]

    def _lines(self, section: str, topic: str, count: int, chance: random.Random) -> list[str]:
        """So many sentences, no pattern twice before each was there; steps keep their order."""
        pool = self._pools[chance.choice(self.topics) if chance.random() < _STRANGE else topic][section]
        order = list(range(len(pool)))
        if section != "steps":
            chance.shuffle(order)
        return [chance.choice(pool[number]) for number in (order * 2)[:count]]

    def _short(self, section: str, topic: str, town: str, chance: random.Random, **facts: str) -> str:
        while True:
            words = self._sentence(section, topic, chance, **facts).replace(_TOWN, town)
            if len(words) <= _LONGEST[section]:
                return words

    def _sentence(self, section: str, topic: str, chance: random.Random, **facts: str) -> str:
        return self._filled(chance.choice(self._patterns[section]), topic, chance, **facts)

    def _filled(self, pattern: str, topic: str, chance: random.Random, **facts: str) -> str:
        words = self._words[topic]
        filled: dict[str, Callable[[], object]] = {
            "town": lambda: _TOWN,
            "year": lambda: chance.randint(1990, 2026),
            "number": lambda: chance.choice((12, 20, 35, 40, 60, 80, 120, 150, 240, 400)),
        }
        twice = {name: words[name].two(chance) for name in ("activity", "result", "need")}

        def fill(match: re.Match[str]) -> str:
            slot = match[1]
            if slot in facts:
                return facts[slot]
            if slot in filled:
                return str(filled[slot]())
            single = slot.removesuffix("2")
            return twice[single][slot != single] if single in twice else words[slot].pick(chance)

        line = re.sub(r"\{(\w+)\}", fill, pattern)
        if self.language == "fr":
            line = re.sub(rf"\b([dD])e (?=[{_VOWELS}])", r"\1'", line)
        return re.sub(r"(?:^|(?<=\. ))\w", lambda first: first[0].upper(), line)


def project_name(chance: random.Random) -> str:
    """A name that few other projects have."""
    parts = [chance.choice(_CONSONANTS) + chance.choice("aeiou") for _syllable in range(chance.randint(2, 3))]
    return "".join([*parts, chance.choice(_ENDINGS)]).capitalize()


def person_name(chance: random.Random) -> str:
    """Somebody who does not exist."""
    return f"{chance.choice(_FIRST_NAMES)} {project_name(chance)}"


def _listed(entries: str) -> list[str]:
    return [" ".join(entry.split()) for entry in entries.split(",") if entry.strip()]


def _joined(common: Zipf | None, entries: str) -> list[str]:
    """The topic's own words before those that every topic has."""
    return _listed(entries) + (common.entries if common else [])


def _numbered(lines: Sequence[str]) -> str:
    return "\n".join(f"{number}. {line}" for number, line in enumerate(lines, start=1))
