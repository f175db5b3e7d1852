"""The points on which practices are compared, and what a practice has to say on each."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from hub.languages.names import language_name
from hub.vocabularies.models import Term
from partners.organisations.models import Organisation
from practices.assessment.models import Verdict
from practices.context.rules import Criterion
from practices.context.situation import Situation
from practices.context.words import HEADS, Fit, Told, fits_of
from practices.practice import amounts
from practices.practice.mailbox import centre_mailbox, own_mailbox
from practices.practice.models.practice import Practice
from practices.practice.presentation import UNKNOWN, foreign_name, label, number, said, text_for
from practices.reuse_reports.presentation import outcomes_of


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
    """One point of the comparison.

    `shape` names how it is shown. What is shown `always` (prose, a way on) says nothing by being different.
    """

    label: str | Promise
    reads: Reads
    shape: str = "words"
    always: bool = False


def aspects(situation: Situation, practices: Sequence[Practice]) -> Iterator[Aspect]:
    """Every point on which these are compared: how they fit the reader first, where to ask last."""
    yield from _fitting(situation, practices)
    for aspect in ASPECTS:
        yield aspect
        if aspect is ASSESSMENT:
            yield _elsewhere(practices)
    yield _asking()


def _elsewhere(practices: Sequence[Practice]) -> Aspect:
    """Whether it worked for others too, and where it did not: the way to their reports."""
    told = outcomes_of(practices)

    def reads(practice: Practice) -> Cell:
        return Cell(tuple(told[practice.pk]), url=reverse("practices:reuses", args=[practice.slug]))

    return Aspect(_("Taken up elsewhere"), reads, "reuse")


def _asking() -> Aspect:
    """The way to whoever answers questions; the centre's mailbox is looked up once for all of them."""
    centre = bool(centre_mailbox())

    def reads(practice: Practice) -> Cell:
        if not (centre or own_mailbox(practice)):
            return Cell()
        return Cell((gettext("Ask a question"),), url=reverse("practices:ask", args=[practice.slug]))

    return Aspect(_("Who to ask"), reads, "ask", always=True)


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


def _amount(read: Callable[[Practice], str]) -> Reads:
    """A number in words, where it is known."""

    def reads(practice: Practice) -> Cell:
        words = read(practice)
        return Cell((words,) if words else ())

    return reads


def _figures(practice: Practice) -> Cell:
    """Its results in figures, each with what it counts and of which year."""
    told = [
        (amounts.written(row.value), said(row.label, practice.original_language), row) for row in practice.figures.all()
    ]
    return Cell(tuple(f"{value} {label}" + (f" ({row.year})" if row.year else "") for value, label, row in told))


def _checked(practice: Practice) -> Cell:
    return Cell(day=practice.checked_on)


ASSESSMENT = Aspect(_("Assessment"), _assessment, "assessment")
ASPECTS: tuple[Aspect, ...] = (
    Aspect(_("Kind"), _one("kind")),
    Aspect(_("What it is"), _summary, always=True),
    Aspect(_("Stage"), _one("stage"), "stage"),
    Aspect(_("Evidence"), _one("evidence"), "evidence"),
    ASSESSMENT,
    Aspect(_("Results in figures"), _figures, always=True),
    Aspect(_("Cost per year"), _one("cost")),
    Aspect(_("Staff (full-time equivalents)"), _amount(amounts.staff)),
    Aspect(_("Set-up time"), _amount(amounts.months)),
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
