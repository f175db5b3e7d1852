"""What the search over the whole site finds in the library."""

from urllib.parse import urlencode

from django.urls import reverse

from hub.search import full_text
from hub.search.site_search import Hit
from practices.filters import PracticeFilterSet
from practices.models.practice import Practice
from practices.reading import Summary, summaries
from practices.terms import Terms


def find_practices(words: str, language: str, limit: int) -> tuple[list[Hit], int]:
    """The best of them, and how many there are."""
    words = full_text.cut(words)
    if not words:
        return [], 0
    terms = Terms.load()
    asked = PracticeFilterSet({"q": words}, queryset=Practice.objects.public(), terms=terms)
    rows = summaries(list(asked.qs[:limit]), terms)
    return [_hit(row, language) for row in rows], asked.found().count()


def _hit(row: Summary, language: str) -> Hit:
    foreign = row["language"] if row["language"] != language else ""
    return Hit(row["title"], row["url"], row["summary"], row["kind"], title_language=foreign, text_language=foreign)


def more_url(words: str) -> str:
    """The library with the same words."""
    return f"{reverse('practices:library')}?{urlencode({'q': words})}"
