"""The library in the order of what fits a reader: `practices.context.rules`, said to the database.

`tests/practices/context/test_ordering.py` holds both against each other.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import TypeVar

from django.db.models import Case, Expression, F, IntegerField, Model, Q, QuerySet, Value, When

from practices.context import facts, rules
from practices.context.rules import Criterion, Verdict
from practices.context.situation import Situation
from practices.practice.database_functions import FirstOfPart, HasPart, OneOf, Overlaps, Part, Within
from practices.practice.facet_declarations import in_place
from practices.practice.terms import Terms

Found = TypeVar("Found", bound=Model)


class Judging:
    """When each criterion fits and when it does not; what is neither is unknown.

    `entry` leads from the rows to their entries of the library, which hold all terms of a practice: "" or "entry__".
    """

    def __init__(self, situation: Situation, terms: Terms, *, entry: str = "") -> None:
        self._situation = situation
        self._terms = terms
        self._entry = entry

    def fits(self, criterion: Criterion) -> Q | None:
        """Whether a practice fits; None where nothing is judged."""
        return _FITS[criterion](self)

    def does_not(self, criterion: Criterion) -> Q | None:
        """Whether it does not; None where nothing is judged, or nothing can be a misfit."""
        fits, rest = self.fits(criterion), self.rest(criterion)
        return rest & ~fits if fits is not None and rest is not None else None

    def rest(self, criterion: Criterion) -> Q | None:
        """Whether one that does not fit is a misfit, and not unknown: of those alone it need be asked."""
        judged = _REST.get(criterion)
        return judged(self) if judged else None

    def _has(self, vocabulary: str, codes: Iterable[str]) -> Q:
        """One of these, of several that it may have."""
        keys = self._terms.ids(vocabulary, codes)
        return Q(Overlaps(self._part(Part, vocabulary), keys)) if keys else _NEVER

    def _is(self, vocabulary: str, codes: Iterable[str]) -> Q:
        """One of these, where it has but one."""
        keys = self._terms.ids(vocabulary, codes)
        return Q(OneOf(self._part(FirstOfPart, vocabulary), keys)) if keys else _NEVER

    def _part(self, kind: type[Part], vocabulary: str) -> Part:
        return kind(F(f"{self._entry}keys"), F(f"{self._entry}starts"), number=_PARTS.index(vocabulary))

    def _target(self) -> Q | None:
        wanted = self._situation.targets
        return self._has("target", {*wanted, rules.EVERYONE}) if wanted else None

    def _some_target(self) -> Q | None:
        return Q(self._part(HasPart, "target")) if self._situation.targets else None

    def _enough_money(self) -> Q | None:
        return self._costs(Verdict.FITS)

    def _too_expensive(self) -> Q | None:
        return self._costs(Verdict.DOES_NOT)

    def _costs(self, verdict: Verdict) -> Q | None:
        budget = self._situation.budget
        if budget is None:
            return None
        return self._is("cost", [band for band in rules.COSTS if rules.cost_verdict(budget, band) is verdict])

    def _all_on_board(self) -> Q | None:
        some = self._some_sector()
        keys = self._terms.ids("sector", self._situation.sectors)
        return some & Q(Within(self._part(Part, "sector"), keys)) if some is not None else None

    def _some_sector(self) -> Q | None:
        return Q(self._part(HasPart, "sector")) if self._situation.sectors else None

    def _soon_enough(self) -> Q | None:
        months = self._situation.months
        return Q(**{f"{self._entry}months__lte": months}) if months is not None else None

    def _too_slow(self) -> Q | None:
        months = self._situation.months
        return Q(**{f"{self._entry}months__gt": months}) if months is not None else None

    def _used_there(self) -> Q | None:
        country, region = self._situation.country, self._situation.region
        if not (country or region):
            return None
        parts = {each for each in self._terms.of("region") if country in facts.countries_of([each], self._terms)}
        there = self._has("country", {country} - {""}) | self._has("region", {*parts, region} - {""})
        for keys in facts.taken_up_in(country) if country else ():
            there |= Q(**{f"{self._entry}practice_id__in": keys})
        return there

    def _reaches(self) -> Q | None:
        return self._of_reach(fits=True)

    def _reaches_less_far(self) -> Q | None:
        return self._of_reach(fits=False)

    def _of_reach(self, *, fits: bool) -> Q | None:
        wanted = self._situation.reach
        if wanted not in rules.REACHES:
            return None
        return self._is("reach", [each for each in rules.REACHES if rules.reaches(each, wanted) is fits])


_NEVER = Q(pk__in=[])
# The parts of an entry's keys, in the order in which they stand.
_PARTS = [facet.name for facet in in_place()]
_Rule = Callable[[Judging], Q | None]
_FITS: Mapping[Criterion, _Rule] = {
    Criterion.TARGET: Judging._target,
    Criterion.BUDGET: Judging._enough_money,
    Criterion.SECTORS: Judging._all_on_board,
    Criterion.TIME: Judging._soon_enough,
    Criterion.PLACE: Judging._used_there,
    Criterion.REACH: Judging._reaches,
}
_REST: Mapping[Criterion, _Rule] = {
    Criterion.TARGET: Judging._some_target,
    Criterion.BUDGET: Judging._too_expensive,
    Criterion.SECTORS: Judging._some_sector,
    Criterion.TIME: Judging._too_slow,
    Criterion.REACH: Judging._reaches_less_far,
}


# One point that fits weighs more than all that can be against it: so one number says "most fits, then fewest misfits".
_FOR, _AGAINST = 2 * len(Criterion), -1


def by_fit(found: QuerySet[Found], situation: Situation, terms: Terms, *, entry: str = "") -> QuerySet[Found]:
    """What fits in most points first, then what does not in fewest; among equals the order that `found` has."""
    judging = Judging(situation, terms, entry=entry)
    usual = found.query.order_by
    judged: QuerySet[Found] = found.annotate(fitting_points=_points(judging))  # type: ignore[assignment]  # the stubs name the annotated model anew
    return judged.order_by("-fitting_points", *usual)


def _points(judging: Judging) -> Expression:
    number: Expression = Value(0, output_field=IntegerField())
    for criterion in Criterion:
        # The second is asked of what did not fit.
        told = [(judging.fits(criterion), _FOR), (judging.rest(criterion), _AGAINST)]
        cases = [When(condition, then=points) for condition, points in told if condition is not None]
        if cases:
            number = number + Case(*cases, default=0, output_field=IntegerField())
    return number
