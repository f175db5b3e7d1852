"""What the search over the whole site finds in the library."""

from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext

from hub.search import full_text
from hub.search.site_search import Found, Hit
from practices.filters import PracticeFilterSet
from practices.models.practice import Practice
from practices.reading import Summary, summaries
from practices.terms import Terms
from practices.wording import Words


def find_practices(words: str, language: str, limit: int) -> Found:
    """The best of them, how many there are, and what was searched instead of a word that no practice has."""
    words = full_text.cut(words)
    if not words:
        return Found([], 0)
    terms = Terms.load()
    asked = PracticeFilterSet({"q": words}, queryset=Practice.objects.public(), terms=terms)
    rows = summaries(list(asked.qs[:limit]), terms)
    return Found([_hit(row, language) for row in rows], asked.found().count(), _note(words, asked.search.words))


def _note(typed: str, words: Words) -> str:
    if words.corrected:
        both = {"words": typed, "corrected": words.corrected}
        return gettext("No practice has “%(words)s”. These are the results for “%(corrected)s”.") % both
    return gettext("No practice has all of these words. These have several of them.") if words.some else ""


def _hit(row: Summary, language: str) -> Hit:
    foreign = row["language"] if row["language"] != language else ""
    return Hit(row["title"], row["url"], row["summary"], row["kind"], title_language=foreign, text_language=foreign)


def more_url(words: str) -> str:
    """The library with the same words."""
    return f"{reverse('practices:library')}?{urlencode({'q': words})}"
