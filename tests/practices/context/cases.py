"""The table of what fits whom (`cases.toml`), read."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from practices.context.facts import Elsewhere, Facts
from practices.context.rules import Criterion, Verdict
from practices.context.situation import Situation

TABLE = Path(__file__).with_name("cases.toml")


@dataclass(frozen=True)
class Case:
    """A reader and a practice: the verdict on each point that is judged, and what is said of it in each language."""

    name: str
    situation: Situation
    facts: Facts
    verdicts: Mapping[Criterion, Verdict]
    words: Mapping[str, list[str]]


def read() -> list[Case]:
    """All cases, in the order of the table."""
    return [_case(**row) for row in tomllib.loads(TABLE.read_text(encoding="utf-8"))["case"]]


def _case(
    *, name: str, reader: dict[str, Any], practice: dict[str, Any], judged: dict[str, str], **words: list[str]
) -> Case:
    elsewhere = tuple(Elsewhere(**each) for each in practice.pop("elsewhere", ()))
    return Case(
        name=name,
        situation=Situation.from_json(reader),
        facts=Facts(**_as_tuples(practice), elsewhere=elsewhere),
        verdicts={Criterion(criterion): Verdict(verdict) for criterion, verdict in judged.items()},
        words=words,
    )


def _as_tuples(facts: dict[str, Any]) -> dict[str, Any]:
    return {name: tuple(value) if isinstance(value, list) else value for name, value in facts.items()}
