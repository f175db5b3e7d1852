"""What a reader is told of how a practice fits: a sentence with the reason for each point, and one line for all."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from practices.context import facts, rules
from practices.context.facts import Facts
from practices.context.remembering import open_situation
from practices.context.rules import Criterion, Judged, Verdict, Why
from practices.context.situation import Situation
from practices.practice.terms import Terms

VERDICTS: Mapping[Verdict, str | Promise] = {
    Verdict.FITS: _("Fits"),
    Verdict.DOES_NOT: _("Does not fit"),
    Verdict.UNKNOWN: _("Unknown"),
}
# What a point is called in a list of several.
POINTS: Mapping[Criterion, str | Promise] = {
    Criterion.TARGET: _("target group"),
    Criterion.BUDGET: _("budget"),
    Criterion.SECTORS: _("sectors"),
    Criterion.TIME: _("time"),
    Criterion.PLACE: _("country or region"),
    Criterion.REACH: _("reach"),
}
# The same as the head of a row or a line.
HEADS: Mapping[Criterion, str | Promise] = {
    Criterion.TARGET: _("Your target groups"),
    Criterion.BUDGET: _("Your budget"),
    Criterion.SECTORS: _("Your sectors on board"),
    Criterion.TIME: _("Your time"),
    Criterion.PLACE: _("Your country or region"),
    Criterion.REACH: _("The size of your place"),
}
# Why not, in a list of several.
AGAINST: Mapping[Criterion, str | Promise] = {
    Criterion.TARGET: _("is for other target groups"),
    Criterion.BUDGET: _("costs more than you have"),
    Criterion.SECTORS: _("sectors are lacking"),
    Criterion.TIME: _("takes longer than you have"),
    Criterion.PLACE: _("country or region"),
    Criterion.REACH: _("reaches less far"),
}
SENTENCES: Mapping[Why, str | Promise] = {
    Why.FOR_EVERYONE: _("It is for everyone."),
    Why.FOR_YOURS: _("It is for your target groups: %(named)s."),
    Why.FOR_SOME_OF_YOURS: _("Of your target groups it is for: %(named)s. Nothing is said of: %(others)s."),
    Why.FOR_OTHERS: _("It is for other target groups: %(named)s."),
    Why.TARGET_UNKNOWN: _("Nobody has noted for which target groups it is."),
    Why.ENOUGH_MONEY: _("Cost per year: %(named)s. Your budget of %(budget)s is enough."),
    Why.TOO_EXPENSIVE: _("Cost per year: %(named)s. Your budget of %(budget)s is not enough."),
    Why.PERHAPS_ENOUGH_MONEY: _(
        "Cost per year: %(named)s. Nobody has noted whether your budget of %(budget)s is enough."
    ),
    Why.COST_UNKNOWN: _("Nobody has noted what it costs."),
    Why.ALL_ON_BOARD: _("All sectors that took part are on board with you: %(named)s."),
    Why.SECTORS_LACKING: _("It was also done by sectors that are not on board with you: %(named)s."),
    Why.SECTORS_UNKNOWN: _("Nobody has noted which sectors took part."),
    Why.SOON_ENOUGH: _("Set-up time: %(needs)s. You have %(months)s."),
    Why.TOO_SLOW: _("Set-up time: %(needs)s. You have only %(months)s."),
    Why.TIME_UNKNOWN: _("Nobody has noted how long it takes to set up."),
    Why.IN_YOUR_REGION: _("It is used in your region: %(named)s."),
    Why.IN_YOUR_COUNTRY: _("It is used in your country: %(named)s."),
    Why.TAKEN_UP_IN_YOUR_COUNTRY: _("It was taken up in your country: %(where)s."),
    Why.IN_OTHER_COUNTRIES: _("It is used in: %(named)s. Nobody has told of your country."),
    Why.PLACE_UNKNOWN: _("Nobody has noted where it is used."),
    Why.REACHES_AS_FAR: _("It reaches far enough for your place: %(named)s."),
    Why.REACHES_LESS_FAR: _("It has only been done in smaller places than yours: %(named)s."),
    Why.REACH_UNKNOWN: _("Nobody has noted how far it reaches."),
}
_VOCABULARIES: Mapping[Criterion, tuple[str, ...]] = {
    Criterion.TARGET: ("target",),
    Criterion.BUDGET: ("cost",),
    Criterion.SECTORS: ("sector",),
    Criterion.PLACE: ("region", "country"),
    Criterion.REACH: ("reach",),
}


@dataclass(frozen=True)
class Told:
    """One point as a page shows it; `see` leads to the place that took the practice up of which `elsewhere` tells."""

    criterion: Criterion
    verdict: Verdict
    label: str | Promise
    head: str | Promise
    sentence: str
    elsewhere: str = ""
    see: str = ""


@dataclass(frozen=True)
class Group:
    """All points of one verdict, for the line of a row."""

    verdict: Verdict
    label: str | Promise
    words: str


@dataclass(frozen=True)
class Fit:
    """How a practice fits the reader."""

    points: list[Told]

    @property
    def groups(self) -> list[Group]:
        """What fits, what does not, what is unknown: each in a few words."""
        told = [(verdict, [each.criterion for each in self.points if each.verdict is verdict]) for verdict in Verdict]
        return [Group(verdict, VERDICTS[verdict], _named(verdict, points)) for verdict, points in told if points]

    def about(self, criterion: Criterion) -> Told | None:
        """What is said of one point."""
        return next((each for each in self.points if each.criterion is criterion), None)


def _named(verdict: Verdict, points: Iterable[Criterion]) -> str:
    names = AGAINST if verdict is Verdict.DOES_NOT else POINTS
    return ", ".join(str(names[criterion]) for criterion in points)


def fits(request: HttpRequest, practices: Sequence[int]) -> dict[int, Fit]:
    """How the practices with these keys fit who asks; nothing for who said nothing of a situation."""
    return fits_of(open_situation(request), practices)


def fits_of(situation: Situation, practices: Sequence[int]) -> dict[int, Fit]:
    """The same for a situation that is known already, in a fixed number of queries."""
    if not (situation and practices):
        return {}
    terms = Terms.load()
    return {key: tell(situation, known, terms) for key, known in facts.read(practices, terms).items()}


def tell(situation: Situation, known: Facts, terms: Terms) -> Fit:
    """The verdicts on one practice, in words."""
    return Fit([_told(judged, situation, known, terms) for judged in rules.judge(situation, known)])


def _told(judged: Judged, situation: Situation, known: Facts, terms: Terms) -> Told:
    criterion, finding = judged.criterion, judged.finding
    values = {
        "named": labels(_VOCABULARIES.get(criterion, ()), finding.named, terms),
        "others": labels(_VOCABULARIES.get(criterion, ()), finding.others, terms),
        "budget": money(situation.budget or 0),
        "months": months(situation.months or 0),
        "needs": months(known.months or 0),
        "where": finding.see.where if finding.see else "",
    }
    return Told(
        criterion,
        finding.verdict,
        VERDICTS[finding.verdict],
        HEADS[criterion],
        str(SENTENCES[finding.why]) % values,
        elsewhere=_elsewhere(judged),
        see=finding.see.url if finding.see else "",
    )


def _elsewhere(judged: Judged) -> str:
    see = judged.finding.see
    if see and judged.criterion is Criterion.BUDGET:
        return gettext("In %(where)s it ran on %(cost)s a year.") % {"where": see.where, "cost": money(see.cost or 0)}
    if see and judged.criterion is Criterion.TIME:
        needed = {"where": see.where, "months": months(see.months or 0)}
        return gettext("In %(where)s it ran after %(months)s.") % needed
    return ""


def labels(vocabularies: Iterable[str], codes: Iterable[str], terms: Terms) -> str:
    """The terms with these codes as readers call them, in one line."""
    known = {code: term for vocabulary in reversed([*vocabularies]) for code, term in terms.of(vocabulary).items()}
    return ", ".join(str(known[code].label) for code in codes if code in known)


def money(euros: int) -> str:
    """`€30,000`."""
    return gettext("€%(amount)s") % {"amount": number_format(euros, force_grouping=True)}


def months(number: int) -> str:
    """`6 months`."""
    return ngettext("%(number)s month", "%(number)s months", number) % {"number": number}


def in_words(situation: Situation) -> str:
    """What the reader said, in one line: `Antwerp, Belgium · Young people · €30,000 a year · 6 months`."""
    terms = Terms.load()
    parts = [
        labels(("region",), [situation.region], terms),
        labels(("country",), [situation.country], terms),
        labels(("reach",), [situation.reach], terms),
        labels(("target",), situation.targets, terms),
        labels(("sector",), situation.sectors, terms),
        gettext("%(amount)s a year") % {"amount": money(situation.budget)} if situation.budget is not None else "",
        months(situation.months) if situation.months is not None else "",
    ]
    return " · ".join(part for part in parts if part)
