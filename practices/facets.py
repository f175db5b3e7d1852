"""What the library can be narrowed by: for each facet its name in addresses, its condition and how it is counted."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.conf.locale import LANG_INFO
from django.db.models import CharField, Count, F, Q, QuerySet, Value
from django.db.models.functions import Cast
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from hub.templatetags.portal import language_name
from practices.models import ONE_OF, SEVERAL_OF, YEARS, Practice, PracticeText
from practices.querysets import PracticeQuerySet
from practices.terms import Terms, plain_words

Counts = dict[str, dict[str, int]]

# Long lists without an order of their own: what there is most of comes first. Ladders and goals keep theirs.
_BY_COUNT = {"theme", "target", "country"}


@dataclass(frozen=True)
class Facet:
    """One facet; codes are what addresses carry, and an unknown one is left out without a word."""

    name: str
    label: str | Promise

    def known(self, codes: Iterable[str], terms: Terms) -> list[str]:
        """Those codes that exist, each once."""
        raise NotImplementedError

    def condition(self, codes: list[str], terms: Terms) -> Q:
        """Practices with any of these codes."""
        raise NotImplementedError

    def options(self, counted: Mapping[str, int], terms: Terms) -> list[tuple[str, str]]:
        """Code and label of what can be chosen, in the order in which it is shown."""
        raise NotImplementedError

    def counting(self, practices: PracticeQuerySet) -> QuerySet[Any]:
        """Rows of facet, option and count."""
        raise NotImplementedError


class TermFacet(Facet):
    """A facet whose options are the terms of the vocabulary of the same name."""

    def known(self, codes: Iterable[str], terms: Terms) -> list[str]:
        exists = terms.of(self.name)
        return [code for code in dict.fromkeys(codes) if code in exists]

    def options(self, counted: Mapping[str, int], terms: Terms) -> list[tuple[str, str]]:
        options = [(code, str(term.label)) for code, term in terms.of(self.name).items()]
        if self.name not in _BY_COUNT:
            return options
        return sorted(options, key=lambda option: (-counted.get(option[0], 0), plain_words(option[1])))

    def condition(self, codes: list[str], terms: Terms) -> Q:
        ids = terms.ids(self.name, codes)
        if self.name in ONE_OF:
            return Q(**{f"{self.name}_id__in": ids})
        return Q(pk__in=Practice.terms.through.objects.filter(term_id__in=ids).values("practice_id"))

    def counting(self, practices: PracticeQuerySet) -> QuerySet[Any]:
        if self.name in ONE_OF:
            return _counted(practices.filter(**{f"{self.name}__isnull": False}), self.name, F(f"{self.name}__code"))
        return count_terms(practices, [self.name])


class LanguageFacet(Facet):
    """In which languages a practice can be read."""

    def known(self, codes: Iterable[str], terms: Terms) -> list[str]:
        return [code for code in dict.fromkeys(codes) if code in LANG_INFO]

    def condition(self, codes: list[str], terms: Terms) -> Q:
        return Q(pk__in=PracticeText.objects.filter(language__in=codes).values("practice_id"))

    def options(self, counted: Mapping[str, int], terms: Terms) -> list[tuple[str, str]]:
        own = [code for code, _name in settings.LANGUAGES]
        return [(code, language_name(code)) for code in dict.fromkeys([*own, *sorted(counted)])]

    def counting(self, practices: PracticeQuerySet) -> QuerySet[Any]:
        texts = PracticeText.objects.filter(practice_id__in=practices.values("pk"))
        return _counted(texts, self.name, F("language"))


class YearFacet(Facet):
    """Since when a practice has been in use, latest first."""

    def known(self, codes: Iterable[str], terms: Terms) -> list[str]:
        return [code for code in dict.fromkeys(codes) if _is_year(code)]

    def condition(self, codes: list[str], terms: Terms) -> Q:
        return Q(since__in=[int(code) for code in codes])

    def options(self, counted: Mapping[str, int], terms: Terms) -> list[tuple[str, str]]:
        return [(code, code) for code in sorted(counted, key=int, reverse=True)]

    def counting(self, practices: PracticeQuerySet) -> QuerySet[Any]:
        return _counted(practices.filter(since__isnull=False), self.name, Cast("since", CharField()))


FACETS: tuple[Facet, ...] = (
    TermFacet("kind", _("Kind")),
    TermFacet("theme", _("Theme")),
    TermFacet("target", _("Target group")),
    TermFacet("stage", _("Stage")),
    TermFacet("evidence", _("Evidence")),
    TermFacet("cost", _("Cost per year")),
    TermFacet("country", _("Country")),
    TermFacet("region", _("Region")),
    TermFacet("sector", _("Sector")),
    TermFacet("scaling", _("Scaling route")),
    TermFacet("track", _("Action track")),
    TermFacet("reach", _("Reach")),
    TermFacet("sdg", _("Sustainable Development Goal")),
    LanguageFacet("language", _("Language")),
    YearFacet("year", _("In use since")),
)


def chosen_conditions(chosen: Mapping[str, list[str]], terms: Terms) -> dict[str, Q]:
    """The condition of each facet in which something was chosen."""
    return {facet.name: facet.condition(chosen[facet.name], terms) for facet in FACETS if chosen.get(facet.name)}


def count_options(found: PracticeQuerySet, chosen: Mapping[str, list[str]], terms: Terms) -> Counts:
    """How many practices each option would show beside what is chosen in the other facets.

    A facet's own choice does not narrow its own counts, so that a second choice within it can be judged.
    It is one statement: facets without a choice share the whole selection, and those with several terms per
    practice share one branch.
    """
    conditions = chosen_conditions(chosen, terms)
    selected = found.filter(*conditions.values()).order_by()
    branches = []
    shared = []
    for facet in FACETS:
        if facet.name in conditions:
            others = [condition for name, condition in conditions.items() if name != facet.name]
            branches.append(facet.counting(found.filter(*others).order_by()))
        elif facet.name in SEVERAL_OF:
            shared.append(facet.name)
        else:
            branches.append(facet.counting(selected))
    if shared:
        branches.append(count_terms(selected, shared))
    counts: Counts = {facet.name: {} for facet in FACETS}
    for name, option, count in branches[0].union(*branches[1:], all=True).values_list("facet", "option", "count"):
        counts[name][option] = count
    return counts


def count_terms(practices: PracticeQuerySet, vocabularies: list[str]) -> QuerySet[Any]:
    """Rows of facet, option and count for vocabularies that allow several terms per practice."""
    uses = Practice.terms.through.objects.filter(
        practice_id__in=practices.values("pk"), term__vocabulary__in=vocabularies
    )
    return _counted(uses, F("term__vocabulary"), F("term__code"))


def _counted(rows: QuerySet[Any], facet: Any, option: Any) -> QuerySet[Any]:
    name = Value(facet) if isinstance(facet, str) else facet
    # One type for every branch of the union: PostgreSQL would not join a slug with a literal of unknown type.
    grouped = rows.order_by().values(facet=Cast(name, CharField()), option=Cast(option, CharField()))
    return grouped.annotate(count=Count("*"))


def _is_year(code: str) -> bool:
    return len(code) == 4 and code.isascii() and code.isdigit() and int(code) in YEARS
