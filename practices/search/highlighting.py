"""Shows in a row of results where the words of a search stand: in its title, its summary, or deeper in the text."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.contrib.postgres.search import SearchHeadline
from django.db.models import Case, QuerySet, TextField, Value, When
from django.db.models.functions import Concat
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from hub.query_parsing.words import Words
from hub.search import full_text
from practices.practice.models.texts import PracticeText
from practices.practice.presentation import Summary
from practices.search.searching import any_of

# Characters that no text holds: what stands between them is marked after everything else was escaped.
_START, _STOP = "\ue000", "\ue001"
_WHOLE = {"highlight_all": True}
_PIECE = {"max_fragments": 1, "max_words": 28, "min_words": 12}


def marked(rows: Sequence[Summary], words: Words) -> list[Summary]:
    """The rows with the words of the search marked; one query for all of them."""
    if not words or not rows:
        return list(rows)
    found = {text.pk: text for text in _with_headlines(rows, words)}
    return [_with_marks(row, found[row["text"]]) if row["text"] in found else row for row in rows]


def _with_headlines(rows: Sequence[Summary], words: Words) -> QuerySet[Any]:
    body = Concat("what", Value(" "), "results", Value(" "), "needs", Value(" "), "steps", output_field=TextField())
    languages = sorted({row["language"] for row in rows})
    # The long texts are read only where the summary has nothing to mark.
    in_summary = When(marked_summary__contains=_START, then=Value(""))
    return (
        PracticeText.objects.filter(pk__in=[row["text"] for row in rows if row["text"]])
        .only("pk")
        .annotate(
            marked_title=_headline("title", words, languages, _WHOLE),
            marked_summary=_headline("summary", words, languages, _WHOLE),
        )
        .annotate(piece=Case(in_summary, default=_headline(body, words, languages, _PIECE), output_field=TextField()))
    )


def _headline(expression: Any, words: Words, languages: Iterable[str], options: dict[str, Any]) -> Case:
    """Each text is marked in the configuration of its own language."""
    return Case(
        *[
            When(
                language=code,
                then=SearchHeadline(
                    expression,
                    any_of(words, code),
                    config=full_text.configuration(code),
                    start_sel=_START,
                    stop_sel=_STOP,
                    **options,
                ),
            )
            for code in languages
        ],
        output_field=TextField(),
    )


def _with_marks(row: Summary, text: Any) -> Summary:
    marks = Summary(**row)
    marks["marked_title"], marks["marked_summary"] = _html(text.marked_title), _html(text.marked_summary)
    if _START in text.piece:
        marks["fragment"] = _html(text.piece)
    return marks


def _html(text: str) -> SafeString:
    return mark_safe(escape(text).replace(_START, "<mark>").replace(_STOP, "</mark>"))  # noqa: S308  # escaped
