"""Practices side by side: what each has to say on the same points, and where they differ."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.text import Truncator
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from hub.languages.names import language_name
from hub.pages.renaming import slugs_now
from hub.vocabularies.models import Term
from partners.organisations.models import Organisation
from practices.assessment.models import Verdict
from practices.context.rules import Criterion
from practices.context.situation import Situation
from practices.context.words import HEADS, Fit, Told, fits_of
from practices.practice.models.practice import Practice
from practices.practice.pictures import Picture, pictures
from practices.practice.presentation import UNKNOWN, foreign_name, label, number, text_for
from practices.reuse_reports.presentation import outcomes_of

FEWEST, MOST = 2, 4
NOTHING_SAID = Situation()


@dataclass(frozen=True)
class Cell:
    """What one practice has to say on one point: words, and what is drawn beside them."""

    words: tuple[str, ...] = ()
    number: int | None = None
    sectors: tuple[str, ...] = ()
    day: date | None = None
    url: str = ""
    language: str = ""
    # How it fits the reader, in place of words.
    told: Told | None = None

    @property
    def known(self) -> bool:
        """Whether there is anything to show."""
        return bool(self.words or self.day or self.told)

    @property
    def compared_by(self) -> tuple[object, ...]:
        """Two practices for which this is equal do not differ here, whatever the order of the words."""
        return self.day, self.told and self.told.verdict, *sorted(self.words)


Reads = Callable[[Practice], Cell]


@dataclass(frozen=True)
class Aspect:
    """One point of the comparison. `shape` names how it is shown; that prose differs says nothing."""

    label: str | Promise
    reads: Reads
    shape: str = "words"
    is_prose: bool = False


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
    is_prose: bool


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
        return [row for row in self.rows if not self.only_differences or row.differs or row.is_prose]

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
    published = Practice.objects.public().with_facts().prefetch_related("judgements").filter(slug__in=slugs)
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
        rows=[_row(aspect, columns, practices) for aspect in _aspects(situation, practices)],
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
    differs = not aspect.is_prose and len({cell.compared_by for cell in cells}) > 1
    return Row(aspect.label, aspect.shape, list(zip(columns, cells, strict=True)), differs, aspect.is_prose)


def _aspects(situation: Situation, practices: Sequence[Practice]) -> Iterator[Aspect]:
    yield from _fitting(situation, practices)
    for aspect in ASPECTS:
        yield aspect
        if aspect is ASSESSMENT:
            yield _elsewhere(practices)


def _elsewhere(practices: Sequence[Practice]) -> Aspect:
    """Whether it worked for others too, and where it did not: the way to their reports."""
    told = outcomes_of(practices)

    def reads(practice: Practice) -> Cell:
        return Cell(tuple(told[practice.pk]), url=reverse("practices:reuses", args=[practice.slug]))

    return Aspect(_("Taken up elsewhere"), reads, "reuse")


def _fitting(situation: Situation, practices: Sequence[Practice]) -> list[Aspect]:
    """A point for each part of the situation that the reader told."""
    fits = fits_of(situation, [practice.pk for practice in practices])
    judged = {point.criterion for fit in fits.values() for point in fit.points}
    return [Aspect(HEADS[each], _fits(each, fits), "fit") for each in Criterion if each in judged]


def _fits(criterion: Criterion, fits: Mapping[int, Fit]) -> Reads:
    def reads(practice: Practice) -> Cell:
        return Cell(told=fits[practice.pk].about(criterion) if practice.pk in fits else None)

    return reads


def _one(name: str) -> Reads:
    """A vocabulary that allows one answer."""

    def reads(practice: Practice) -> Cell:
        term: Term | None = getattr(practice, name)
        if term is None or term.code == UNKNOWN:
            return Cell()
        return Cell((label(term),), number=number(term))

    return reads


def _several(vocabulary: str) -> Reads:
    """A vocabulary that allows several."""

    def reads(practice: Practice) -> Cell:
        terms = [term for term in practice.terms.all() if term.vocabulary == vocabulary]
        terms.sort(key=lambda term: (term.position, term.pk))
        codes = tuple(term.code for term in terms) if vocabulary == "sector" else ()
        return Cell(tuple(label(term) for term in terms), sectors=codes)

    return reads


def _summary(practice: Practice) -> Cell:
    text = text_for(practice.texts.all(), get_language() or "", practice.original_language)
    return Cell((text.summary,), language=text.language if foreign_name(text) else "") if text else Cell()


def _since(practice: Practice) -> Cell:
    return Cell((str(practice.since),) if practice.since else ())


def _languages(practice: Practice) -> Cell:
    return Cell(tuple(language_name(text.language) for text in sorted(practice.texts.all(), key=lambda t: t.language)))


def _owner(practice: Practice) -> Cell:
    owner = practice.owner
    if owner and owner.status == Organisation.Status.LISTED:
        return Cell((owner.name,), url=reverse("partners:organisation", args=[owner.slug]))
    return Cell((practice.owner_name,) if practice.owner_name else ())


def _assessment(practice: Practice) -> Cell:
    numbers = Counter(row.verdict for row in practice.judgements.all() if row.verdict != Verdict.NOT_JUDGED)
    told = _("%(judgement)s: %(number)d")
    return Cell(
        tuple(
            str(told) % {"judgement": Verdict(verdict).label, "number": numbers[verdict]}
            for verdict in Verdict.values
            if numbers[verdict]
        )
    )


def _checked(practice: Practice) -> Cell:
    return Cell(day=practice.checked_on)


ASSESSMENT = Aspect(_("Assessment"), _assessment, "assessment")
ASPECTS: tuple[Aspect, ...] = (
    Aspect(_("Kind"), _one("kind")),
    Aspect(_("What it is"), _summary, is_prose=True),
    Aspect(_("Stage"), _one("stage"), "stage"),
    Aspect(_("Evidence"), _one("evidence"), "evidence"),
    ASSESSMENT,
    Aspect(_("Cost per year"), _one("cost")),
    Aspect(_("Reach"), _one("reach")),
    Aspect(_("Theme"), _several("theme")),
    Aspect(_("Target group"), _several("target")),
    Aspect(_("Sectors that took part"), _several("sector"), "sectors"),
    Aspect(_("Country"), _several("country")),
    Aspect(_("Since"), _since),
    Aspect(_("Languages"), _languages),
    Aspect(_("Who answers for it"), _owner, "owner"),
    Aspect(_("Last checked on"), _checked, "day"),
)
