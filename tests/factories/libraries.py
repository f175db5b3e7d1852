"""Whole libraries at once: a few statements, however many practices."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from hub.vocabularies.models import Term
from practices.practice.models.practice import ONE_OF, Practice
from practices.practice.models.texts import PracticeText

FIRST_DAY = datetime(2026, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Made:
    """A practice as a test made it; `codes` by facet, as addresses name them, and a title per language."""

    slug: str
    codes: Mapping[str, frozenset[str]]
    titles: Mapping[str, str] = field(default_factory=lambda: {"en": "Shared living"})
    live: bool = True
    published: datetime | None = FIRST_DAY

    def __post_init__(self) -> None:
        if self.codes.get("language", self.titles.keys()) != self.titles.keys():
            raise ValueError("The languages of a practice are those of its titles.")


def days_later(days: int) -> datetime:
    """A day after the first."""
    return FIRST_DAY + timedelta(days=days)


def make_library(library: Iterable[Made]) -> None:
    """All of these; terms that were not loaded with the vocabularies are not known here."""
    library = list(library)
    terms = {(term.vocabulary, term.code): term for term in Term.objects.all()}
    practices = Practice.objects.bulk_create(_practice(made, terms) for made in library)
    Practice.terms.through.objects.bulk_create(
        Practice.terms.through(practice_id=practice.pk, term_id=terms[name, code].pk)
        for practice, made in zip(practices, library, strict=True)
        for name, codes in made.codes.items()
        if name not in {*ONE_OF, "language", "year", "uptake", "outcome", "policy"}
        for code in sorted(codes)
    )
    PracticeText.objects.bulk_create(
        PracticeText(practice_id=practice.pk, language=language, title=title, summary="A few people, a plain idea.")
        for practice, made in zip(practices, library, strict=True)
        for language, title in made.titles.items()
    )


def _practice(made: Made, terms: Mapping[tuple[str, str], Term]) -> Practice:
    (since,) = made.codes.get("year") or [None]
    one_of = {name: terms[name, code] for name in ONE_OF for code in made.codes.get(name, ())}
    return Practice(
        slug=made.slug,
        original_language=next(iter(made.titles)),
        live=made.live,
        since=int(since) if since else None,
        first_published_at=made.published,
        **one_of,
    )
