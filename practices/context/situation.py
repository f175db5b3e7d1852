"""What a reader says of where they work: codes of the vocabularies, and two numbers. All of it may be left open."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Self

from practices.practice.terms import Terms

# More than any budget or plan; what is larger is a slip of the keyboard.
MOST_EUROS = 1_000_000_000
MOST_MONTHS = 600


@dataclass(frozen=True)
class Situation:
    """Each part is empty where the reader says nothing of it; then nothing is judged by it."""

    country: str = ""
    region: str = ""
    # How large the place is that the reader has in mind.
    reach: str = ""
    targets: tuple[str, ...] = ()
    sectors: tuple[str, ...] = ()
    # Whole euros a year.
    budget: int | None = None
    months: int | None = None

    def __bool__(self) -> bool:
        return self != Situation()

    def as_json(self) -> dict[str, Any]:
        """What is said, as a session keeps it."""
        said = {name: value for name, value in vars(self).items() if value not in ("", (), None)}
        return {name: list(value) if isinstance(value, tuple) else value for name, value in said.items()}

    @classmethod
    def from_json(cls, said: Mapping[str, Any]) -> Self:
        """The same again."""
        values: dict[str, Any] = {name: tuple(v) if isinstance(v, list) else v for name, v in said.items()}
        return cls(**values)

    def known(self, terms: Terms) -> "Situation":
        """Without codes that the vocabularies no longer have."""

        def those_of(vocabulary: str) -> Callable[[str], bool]:
            return terms.of(vocabulary).__contains__

        return Situation(
            country=self.country if those_of("country")(self.country) else "",
            region=self.region if those_of("region")(self.region) else "",
            reach=self.reach if those_of("reach")(self.reach) else "",
            targets=tuple(filter(those_of("target"), self.targets)),
            sectors=tuple(filter(those_of("sector"), self.sectors)),
            budget=self.budget,
            months=self.months,
        )
