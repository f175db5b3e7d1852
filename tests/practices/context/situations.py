"""Readers' situations and practices, for the tests of what fits."""

from random import Random
from typing import Any

from django.test import Client

from practices.context.situation import Situation
from practices.practice.models.practice import Practice
from practices.practice.terms import Terms
from tests.factories.practices import PracticeFactory, PracticeUseFactory, term

LIBRARY = "/en/practices/"
FORM = f"{LIBRARY}my-situation/"
FORGET = f"{FORM}forget/"
BY_FIT = f"{LIBRARY}?sort=context"
# A town in Flanders, with little money and half a year.
TOWN = {
    "region": "BE21",
    "reach": "municipality",
    "target": ["young-people"],
    "sector": ["government", "non-profit"],
    "budget": "30 000",
    "months": "6",
}


def tell(client: Client, **said: Any) -> None:
    """Fill in the form and send it."""
    assert client.post(FORM, said).status_code == 302


def in_order(client: Client, address: str = BY_FIT) -> list[str]:
    """The practices as the library shows them."""
    return [row["slug"] for row in client.get(address).context["library"].rows]


def any_practice(chance: Random, *, number: int) -> Practice:
    """A practice of which more or less is known."""
    terms = Terms.load()
    made = PracticeFactory.create(
        slug=f"any-{number}",
        cost=chance.choice([None, *terms.of("cost")]),
        reach=chance.choice([None, *terms.of("reach")]),
        months=chance.choice([None, 0, 3, 6, 12]),
        target=_some(chance, ["everyone", "young-people", "refugees", "homeless"]),
        sector=_some(chance, [*terms.of("sector")]),
        country=_some(chance, ["BE", "FI", "NL"]),
        region=_some(chance, ["BE21", "BE10"]),
        texts={"en": {}},
    )
    for code in _some(chance, ["BE", "FI"]):
        PracticeUseFactory.create(practice=made, country=term("country", code))
    return made


def any_situation(chance: Random) -> Situation:
    """A reader who says more or less."""
    terms = Terms.load()
    region = chance.choice(["", "", "BE21", "BE33"])
    return Situation(
        country="BE" if region else chance.choice(["", "BE", "FI", "SE"]),
        region=region,
        reach=chance.choice(["", *terms.of("reach")]),
        targets=tuple(_some(chance, ["everyone", "young-people", "refugees", "workers"])),
        sectors=tuple(_some(chance, [*terms.of("sector")], most=4)),
        budget=chance.choice([None, 0, 9_999, 10_000, 30_000, 50_000, 1_000_000, 5_000_000]),
        months=chance.choice([None, 0, 3, 7, 24]),
    )


def _some(chance: Random, codes: list[str], *, most: int = 2) -> list[str]:
    return chance.sample(codes, chance.randint(0, min(most, len(codes))))
