"""Figures, documents, places of use and partners of a practice, as its page shows them."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import get_language

from calls.documents.models import file_size, file_type, open_documents
from hub.charts.courses import Counted, Course, courses
from hub.languages.names import language_name
from hub.templatetags.pentagon import SECTORS
from hub.vocabularies.models import Term
from partners.organisations.models import Organisation
from practices.practice.amounts import NUMBER, written
from practices.practice.models.details import PracticeDocument, PracticeFigure, PracticeUse
from practices.practice.presentation import Said, label, said
from practices.practice.terms import Terms

_NEGATIVE = re.compile(r"[-−–]\s*\d")


@dataclass(frozen=True)
class Figure:
    """One result in figures, written for this reader."""

    value: str
    label: Said
    year: int | None
    source: str
    # As the editor typed it.
    raw: str


@dataclass(frozen=True)
class Document:
    """A file that every visitor may have."""

    title: str
    url: str
    type: str
    size: int | None
    language_code: str

    @property
    def language(self) -> str:
        """Its language where that is not the reader's."""
        return "" if self.language_code == get_language() else self.language_code

    @property
    def language_name(self) -> str:
        return language_name(self.language_code)


@dataclass(frozen=True)
class Use:
    """A place where it is used."""

    organisation: str
    name: str
    where: str
    since: int | None
    website: str


@dataclass(frozen=True)
class Partner:
    """One corner of the pentagon, whether it took part, and who that was as far as the portal knows."""

    code: str
    label: str
    took_part: bool
    names: list[str]


@dataclass(frozen=True)
class Results:
    """Results in figures: those of which several years are known are drawn, the others stand for themselves."""

    courses: list[Course[Figure]]
    others: list[Figure]


def results(shown: Sequence[Figure]) -> Results:
    """Told apart by what they say and in which unit, as the reader sees it."""
    drawn = courses(_counted(figure) for figure in shown)
    within = [each.row for course in drawn for each in course.figures]
    return Results(drawn, [figure for figure in shown if figure not in within])


def _counted(figure: Figure) -> Counted[Figure]:
    """Two numbers, as in "7 of 10", are no amount, and what is below zero has no bar."""
    numbers = NUMBER.findall(figure.raw)
    what = (str(figure.label).casefold(), NUMBER.sub("", figure.raw).strip())
    is_amount = len(numbers) == 1 and not _NEGATIVE.search(figure.raw)
    amount = Decimal(numbers[0]) if is_amount else None
    return Counted(figure, what, figure.year, amount, figure.value)


def figures(rows: Iterable[PracticeFigure], original: str) -> list[Figure]:
    """In the editor's order."""
    return [Figure(written(row.value), said(row.label, original), row.year, row.source, row.value) for row in rows]


def documents(rows: Sequence[PracticeDocument]) -> list[Document]:
    """Those whose files are open to everyone."""
    files = open_documents(row.document_id for row in rows) if rows else {}
    return [
        Document(
            title=row.title,
            url=files[row.document_id].url,
            type=file_type(files[row.document_id]),
            size=file_size(files[row.document_id]),
            language_code=row.language,
        )
        for row in rows
        if row.document_id in files
    ]


def uses(rows: Iterable[PracticeUse], terms: Terms) -> list[Use]:
    """Where else it is used; what is not named by an organisation is named by its place."""
    return [_use(row, label(terms.get(row.country_id))) for row in rows]


def _use(row: PracticeUse, country: str) -> Use:
    known = [part for part in (row.organisation, row.place, country) if part]
    name, where = (known[0], ", ".join(known[1:])) if known else ("", "")
    return Use(organisation=row.organisation, name=name, where=where, since=row.since, website=row.website)


def partners(sectors: Sequence[Term], owner: Organisation | None) -> list[Partner]:
    """All five sectors, so that it shows which were missing."""
    chosen = {term.code: label(term) for term in sectors}
    own = {term.code: owner.name for term in sectors if owner and owner.sector_id == term.pk}
    return [
        Partner(code, chosen.get(code) or str(name), code in chosen, [own[code]] if code in own else [])
        for code, name in SECTORS.items()
    ]
