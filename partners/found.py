"""What the site's search finds among organisations."""

from urllib.parse import urlencode

from django.urls import reverse

from hub.search.site_search import Hit
from partners.cards import card
from partners.models import Organisation


def find_organisations(words: str, language: str, limit: int) -> tuple[list[Hit], int]:
    """The best fits and how many there are."""
    fitting = Organisation.objects.public().matching(words, language)
    cards = [card(organisation, language) for organisation in fitting.with_facts()[:limit]]
    # A name is in no language; only the words about it are.
    hits = [
        Hit(each.name, each.url, each.summary, f"{each.sector}, {each.country}", text_language=each.language)
        for each in cards
    ]
    return hits, fitting.count()


def more_organisations(words: str) -> str:
    """The directory with the same words."""
    return f"{reverse('partners:directory')}?{urlencode({'q': words})}"
