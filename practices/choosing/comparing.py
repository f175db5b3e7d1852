"""Practices side by side: what each has to say on the same points, and where they differ."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.text import Truncator
from django.utils.translation import get_language

from hub.pages.renaming import slugs_now
from practices.choosing.aspects import Aspect, Cell, aspects
from practices.context.situation import Situation
from practices.practice.models.practice import Practice
from practices.practice.pictures import Picture, pictures
from practices.practice.presentation import foreign_name, text_for

FEWEST, MOST = 2, 4
NOTHING_SAID = Situation()


@dataclass(frozen=True)
class Column:
    """One of the practices that are compared; `without` is the comparison that leaves it out."""

    slug: str
    title: str
    url: str
    language: str
    language_name: str
    without: str
    # What its drawing shows: the code of the first theme, and those of the sectors.
    theme: str
    sectors: list[str]
    picture: Picture | None

    @property
    def name(self) -> str:
        """The beginning of the title, where it stands beside each point: `Housing First: a home before all else`."""
        return Truncator(self.title.partition(": ")[0]).chars(40)


@dataclass(frozen=True)
class Row:
    """One point, with what each of the practices has to say on it."""

    label: str | Promise
    shape: str
    cells: list[tuple[Column, Cell]]
    differs: bool
    always: bool

    @property
    def stays(self) -> bool:
        """Whether it is shown among the differences, too."""
        return self.always and any(cell.known for _column, cell in self.cells)


@dataclass(frozen=True)
class Comparison:
    """Everything that the page shows."""

    columns: list[Column]
    rows: list[Row]
    only_differences: bool
    # Chosen beyond what fits side by side.
    left_out: list[Column] = field(default_factory=list)
    # How many of the address are not, or no longer, in the library.
    unknown: int = 0

    @property
    def shown(self) -> list[Row]:
        """The points that were asked for, each with its practices."""
        return [row for row in self.rows if not self.only_differences or row.differs or row.stays]

    @property
    def enough(self) -> bool:
        """Whether there is something to compare."""
        return len(self.columns) >= FEWEST

    @property
    def room(self) -> bool:
        """Whether one more fits."""
        return len(self.columns) < MOST

    @property
    def differing(self) -> int:
        """On how many points they differ."""
        return sum(row.differs for row in self.rows)

    @property
    def slugs(self) -> list[str]:
        """Those that are compared."""
        return [column.slug for column in self.columns]

    @property
    def fitted(self) -> bool:
        """Whether it tells how the practices fit the reader."""
        return any(row.shape == "fit" for row in self.rows)

    @property
    def here(self) -> str:
        """This very comparison."""
        return address(self.slugs, only_differences=self.only_differences)

    @property
    def everything_url(self) -> str:
        """This comparison with all its points."""
        return address(self.slugs)

    @property
    def differences_url(self) -> str:
        """This comparison with the points on which they differ."""
        return address(self.slugs, only_differences=True)


def address(slugs: Sequence[str], *, only_differences: bool = False) -> str:
    """Where these stand side by side."""
    pairs = [("practice", slug) for slug in slugs] + ([("differs", "1")] if only_differences else [])
    return reverse("practices:compare") + (f"?{urlencode(pairs)}" if pairs else "")


def compare(slugs: Sequence[str], *, only_differences: bool, situation: Situation = NOTHING_SAID) -> Comparison:
    """The first of these practices that there is room for, in the order in which they were chosen.

    How each fits the situation of the reader comes first, where one is told.
    """
    slugs = slugs_now(Practice.objects.public(), slugs)
    published = Practice.objects.public().with_facts().prefetch_related("judgements", "figures").filter(slug__in=slugs)
    by_slug = {practice.slug: practice for practice in published}
    found = [by_slug[slug] for slug in slugs if slug in by_slug]
    practices, beyond = found[:MOST], found[MOST:]
    chosen = [practice.slug for practice in practices]
    shown = pictures(practices, [text for practice in practices for text in practice.texts.all()])

    def column(practice: Practice) -> Column:
        others = [slug for slug in chosen if slug != practice.slug]
        without = address(others, only_differences=only_differences)
        return _column(practice, without=without, picture=shown.get(practice.pk))

    columns = [column(practice) for practice in practices]
    return Comparison(
        columns=columns,
        rows=[_row(aspect, columns, practices) for aspect in aspects(situation, practices)],
        only_differences=only_differences,
        left_out=[column(practice) for practice in beyond],
        unknown=len(slugs) - len(found),
    )


def _column(practice: Practice, *, without: str, picture: Picture | None) -> Column:
    text = text_for(practice.texts.all(), get_language() or "", practice.original_language)
    terms = sorted(practice.terms.all(), key=lambda term: (term.position, term.pk))
    return Column(
        slug=practice.slug,
        title=text.title if text else practice.slug,
        url=practice.get_absolute_url(),
        language=text.language if text and foreign_name(text) else "",
        language_name=foreign_name(text),
        without=without,
        theme=next((term.code for term in terms if term.vocabulary == "theme"), ""),
        sectors=[term.code for term in terms if term.vocabulary == "sector"],
        picture=picture,
    )


def _row(aspect: Aspect, columns: list[Column], practices: Sequence[Practice]) -> Row:
    cells = [aspect.reads(practice) for practice in practices]
    # What nobody noted of one of them is no difference: it may be the same.
    known = all(cell.known for cell in cells)
    differs = known and not aspect.always and len({cell.compared_by for cell in cells}) > 1
    return Row(aspect.label, aspect.shape, list(zip(columns, cells, strict=True)), differs, aspect.always)
