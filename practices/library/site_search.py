"""What the site's search finds in the library."""

from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet, Value
from django.urls import reverse

from hub.query_parsing.relevance import Sql, all_of, count
from hub.site_search.registry import Asked, Hit
from hub.site_search.rows import is_in_title, is_title, named, row
from practices.practice.models.practice import Practice
from practices.practice.presentation import IN_ROWS, Summary, summaries
from practices.practice.terms import Terms
from practices.search.lexicon import LEXICON
from practices.search.ranking import Ranking
from practices.search.searching import Search


class Library:
    """The practices of the library, found and ranked as the library itself does."""

    lexicon = LEXICON

    def found(self, asked: Asked) -> QuerySet[Any, Any]:
        """What the library finds; a title counts in whatever language it is."""
        looked_for = Search(asked.queries)
        titled = named(_called(is_title("plain_title", asked.title)), _called(_inside(asked.title)))
        ranking = Ranking(looked_for, asked.language)
        return row(
            looked_for.entries(),
            kind=Value("practice"),
            key="practice_id",
            named=count(titled, key="practice_id"),
            matched=ranking.matched,
            fitting=ranking.fitting,
            level=ranking.level,
            moment="published_at",
        )

    def hits(self, keys: Iterable[int], language: str) -> Mapping[int, Hit]:
        """Title, summary, what kind of practice it is and where."""
        found = Practice.objects.public().only(*IN_ROWS).in_bulk(list(keys))
        rows = summaries([*found.values()], Terms.load())
        return {key: _hit(shown, language) for key, shown in zip(found, rows, strict=True)}


def _called(titled: Sql) -> Sql:
    """Whether a practice has such a title, in whatever language."""
    titles = titled.text.format(plain_title="plain_title")
    return Sql(f"{{key}} IN (SELECT practice_id FROM practices_practicetext WHERE {titles})", titled.values)  # noqa: S608  # ours


def _inside(title: str) -> Sql:
    # The index of titles answers the first, which finds letters inside words as well.
    letters = Sql("{plain_title} LIKE '%%' || hub_plain(%s) || '%%'", (title,))
    return all_of([letters, is_in_title("plain_title", title)])


def _hit(shown: Summary, language: str) -> Hit:
    foreign = shown["language"] if shown["language"] != language else ""
    return Hit(
        title=shown["title"],
        url=shown["url"],
        text=shown["summary"],
        details=tuple(filter(None, (shown["kind"], shown["place_line"]))),
        title_language=foreign,
        text_language=foreign,
    )


def own_list(words: str) -> str:
    """The library with the same words."""
    return f"{reverse('practices:library')}?{urlencode({'q': words})}"
