"""The records that notes cite: what each says now, read for many at once."""

from collections.abc import Iterable
from functools import cached_property
from hashlib import sha256
from typing import Any

from django.db.models import Prefetch
from django.utils.translation import override

from practices.practice.models.details import PracticeFigure
from practices.practice.models.practice import Practice
from practices.practice.models.texts import PracticeText
from practices.practice.presentation import text_for
from practices.practice.terms import Terms
from practices.reuse.models.reuses import Reuse

PRACTICE, FIGURE, REUSE = "practice", "figure", "reuse"
KINDS = (PRACTICE, FIGURE, REUSE)
# Which kind of record, and its key.
Name = tuple[str, int]
_PARTS = ("title", "summary", "what", "results", "needs", "steps")


class Records:
    """Those of the named records that visitors may read, in a fixed number of queries."""

    def __init__(self, names: Iterable[Name]) -> None:
        wanted: dict[str, set[int]] = {kind: set() for kind in KINDS}
        for kind, key in names:
            wanted[kind].add(key)
        texts = PracticeText.objects.defer("search_vector", "plain_title")
        figures = PracticeFigure.objects.filter(pk__in=wanted[FIGURE], practice__live=True).select_related("practice")
        reuses = Reuse.objects.public().filter(pk__in=wanted[REUSE]).with_facts().select_related("practice")
        of_others = Prefetch("practice__texts", texts)
        practices = Practice.objects.public().filter(pk__in=wanted[PRACTICE]).select_related("evidence")
        self._found: dict[Name, Any] = {
            **{(PRACTICE, each.pk): each for each in practices.prefetch_related(Prefetch("texts", texts))},
            **{(FIGURE, each.pk): each for each in figures.prefetch_related(of_others)},
            **{(REUSE, each.pk): each for each in reuses.prefetch_related(of_others)},
        }

    @cached_property
    def terms(self) -> Terms:
        """What their codes are called."""
        return Terms.load()

    def get(self, name: Name) -> Any:
        """The record; None where visitors may not read it (any more)."""
        return self._found.get(name)

    def says(self, name: Name, language: str) -> dict[str, Any] | None:
        """What it says now, for readers of this language; None where nobody may read it."""
        record = self.get(name)
        return _SAYS[name[0]](record, language) if record else None


def practice_of(record: Any) -> Practice:
    """The practice that a record is, or belongs to."""
    return record if isinstance(record, Practice) else record.practice


def _titled(practice: Practice, language: str) -> dict[str, Any]:
    text = text_for(practice.texts.all(), language, practice.original_language)
    return {"title": text.title if text else practice.slug, "language": text.language if text else ""}


def _as_of(practice: Practice) -> str:
    moment = practice.last_published_at or practice.first_published_at
    return moment.isoformat() if moment else ""


def _of_practice(practice: Practice, language: str) -> dict[str, Any]:
    text = text_for(practice.texts.all(), language, practice.original_language)
    words = "\0".join(getattr(text, part) for part in _PARTS) if text else ""
    return {
        **_titled(practice, language),
        "summary": text.summary if text else "",
        "evidence": practice.evidence.code if practice.evidence else "",
        "digest": sha256(words.encode()).hexdigest(),
        "as_of": _as_of(practice),
    }


def _of_figure(figure: PracticeFigure, language: str) -> dict[str, Any]:
    data = getattr(figure.label, "data", figure.label)
    label = data if isinstance(data, dict) else {"": str(data or "")}
    return {
        **_titled(figure.practice, language),
        "value": figure.value,
        # In all its languages: a page in another one reads the same figure.
        "label": {code: words for code, words in label.items() if words},
        "year": figure.year,
        "source": figure.source,
        "as_of": _as_of(figure.practice),
    }


def _of_reuse(reuse: Reuse, language: str) -> dict[str, Any]:
    version = reuse.shown
    assert version  # noqa: S101 - public ones have one
    with override(language):  # not that of whoever publishes
        where = reuse.where
    return {
        **_titled(reuse.practice, language),
        "name": reuse.name,
        "where": where,
        "outcome": version.outcome,
        "number": version.number,
        "as_of": version.at.isoformat(),
    }


_SAYS: dict[str, Any] = {PRACTICE: _of_practice, FIGURE: _of_figure, REUSE: _of_reuse}
