"""Where readers keep practices, for the tests of the shortlist."""

from django.test import Client

from practices.practice.models.practice import Practice
from tests.factories.practices import PracticeFactory

LIBRARY = "/en/practices/"
LIST = f"{LIBRARY}shortlist/"
KEEP, REMOVE, CLEAR = f"{LIST}keep/", f"{LIST}remove/", f"{LIST}clear/"


def three_practices() -> list[Practice]:
    """One, two and three."""
    slugs = ("one", "two", "three")
    return [PracticeFactory.create(slug=slug, texts={"en": {"title": slug.title()}}) for slug in slugs]


def kept(client: Client) -> list[str]:
    """What stands on the list, from the top."""
    return [row["slug"] for row in client.get(LIST).context["rows"]]
