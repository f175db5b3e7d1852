"""Organisations that resemble one, or that work on a subject, the closest first."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.conf import settings
from django.db.models import Case, F, IntegerField, OuterRef, Q, Subquery, Sum, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Lower
from django.utils.translation import get_language, gettext, ngettext

from hub.content_memory.content_version import remembered
from hub.vocabularies.models import Term
from partners.directory.cards import Card, card
from partners.matching import parts, words
from partners.matching.parts import Part, in_networks, works_in
from partners.organisations.models import Organisation, OrganisationQuerySet

THEME = Part("theme", 4, is_once=False)
TARGET = Part("target", 3, is_once=False)
TRACK = Part("track", 3, is_once=False)
REGION = Part("region", 2)
NETWORK = Part("network", 2)
COUNTRY = Part("country", 1)
OTHER_SECTOR = Part("other_sector", 1)
PARTS = (THEME, TARGET, TRACK, REGION, NETWORK, COUNTRY, OTHER_SECTOR)
# What two have to have in common for one to be like the other at all.
SUBJECTS = (THEME, TARGET, TRACK)


@dataclass(frozen=True)
class Likeness:
    """What others are compared with: an organisation, or a subject that has fewer facts."""

    subjects: Mapping[str, Sequence[Term]]
    regions: Sequence[Term] = ()
    networks: Sequence[str] = ()
    country: Term | None = None
    sector: Term | None = None
    # Of the organisation itself, which is never like itself.
    pk: int | None = None

    @property
    def term_ids(self) -> list[int]:
        """The keys of all its subjects."""
        return [term.pk for terms in self.subjects.values() for term in terms]


@dataclass(frozen=True)
class Match:
    """An organisation in a list with the reasons why it stands there."""

    card: Card
    reasons: list[str] = field(default_factory=list)


def of_organisation(organisation: Organisation) -> Likeness:
    """An organisation as others are compared with it; prefetch `with_facts`."""
    return Likeness(
        subjects=_subjects(organisation.terms.all()),
        regions=parts.regions_of(organisation),
        networks=parts.networks_of(organisation),
        country=organisation.country,
        sector=organisation.sector,
        pk=organisation.pk,
    )


def of_terms(terms: Iterable[Term]) -> Likeness:
    """A subject: themes, target groups and tracks, with the regions where it is known."""
    terms = list(terms)
    return Likeness(subjects=_subjects(terms), regions=[term for term in terms if term.vocabulary == "region"])


def _subjects(terms: Iterable[Term]) -> dict[str, list[Term]]:
    found: dict[str, list[Term]] = {part.name: [] for part in SUBJECTS}
    for term in terms:
        if term.vocabulary in found:
            found[term.vocabulary].append(term)
    return found


def alike(likeness: Likeness, *, most: int) -> list[Match]:
    """The closest ones, at most so many; remembered until something that visitors see has changed."""
    if not likeness.term_ids:
        return []
    facts = (tuple(likeness.term_ids), tuple(term.pk for term in likeness.regions), tuple(likeness.networks))
    key = ("alike", get_language(), most, likeness.pk, likeness.country, likeness.sector, facts)
    return remembered(key, lambda: _found(likeness, most))


def _found(likeness: Likeness, most: int) -> list[Match]:
    language = get_language() or settings.LANGUAGE_CODE
    # Keys first: many are put in order, of few the facts are read.
    keys = list(ranked(likeness).values_list("pk", flat=True)[:most])
    found = Organisation.objects.with_facts().in_bulk(keys)
    return [
        Match(card(found[key], language), words.reasons(in_common(likeness, found[key]), _says()))
        for key in keys
        if key in found
    ]


def ranked(likeness: Likeness) -> OrganisationQuerySet:
    """Listed organisations with a subject in common, each with `score`, the highest first; in one statement."""
    uses = Organisation.terms.through.objects.filter(term__in=likeness.term_ids)
    close = Organisation.objects.public().filter(pk__in=uses.values("organisation")).exclude(pk=likeness.pk)
    in_common = uses.filter(organisation=OuterRef("pk")).order_by().values("organisation")
    score: Combinable = Subquery(in_common.annotate(worth=Sum(_worth(likeness))).values("worth"))
    for part, condition in _once(likeness).items():
        score += Case(When(condition, then=Value(part.weight)), default=Value(0), output_field=IntegerField())
    return close.annotate(score=score).order_by(F("score").desc(), Lower("name"), "pk")


def _worth(likeness: Likeness) -> Case:
    """What one term in common adds."""
    of_kind = {part: [term.pk for term in likeness.subjects[part.name]] for part in SUBJECTS}
    cases = [When(term__in=keys, then=Value(part.weight)) for part, keys in of_kind.items() if keys]
    return Case(*cases, default=Value(0), output_field=IntegerField())


def _once(likeness: Likeness) -> dict[Part, Q]:
    """When the other parts count."""
    conditions = {}
    if likeness.regions:
        conditions[REGION] = works_in([term.pk for term in likeness.regions])
    if likeness.networks:
        conditions[NETWORK] = in_networks(likeness.networks)
    if likeness.country:
        conditions[COUNTRY] = Q(country=likeness.country)
    if likeness.sector:
        conditions[OTHER_SECTOR] = ~Q(sector=likeness.sector)
    return conditions


def in_common(likeness: Likeness, organisation: Organisation) -> dict[Part, list[str]]:
    """By part, what speaks for an organisation, as names; prefetch `with_facts`.

    What it adds up to (`parts.total`) is the `score` of the database.
    """
    found: dict[Part, list[str]] = defaultdict(list)
    theirs = {term.pk for term in organisation.terms.all()}
    for part in SUBJECTS:
        common = [term for term in likeness.subjects[part.name] if term.pk in theirs]
        found[part] = [words.in_running_text(term) for term in common] if part is TRACK else words.labels(common)
    regions = {term.pk for term in parts.regions_of(organisation)}
    found[REGION] = words.labels(term for term in likeness.regions if term.pk in regions)
    networks = set(parts.networks_of(organisation))
    found[NETWORK] = [name.upper() for name in likeness.networks if name in networks]
    if likeness.country == organisation.country:
        found[COUNTRY] = [str(organisation.country)]
    if likeness.sector and likeness.sector != organisation.sector:
        found[OTHER_SECTOR] = [words.in_running_text(organisation.sector)]
    return found


def _says() -> dict[Part, words.Say]:
    return {
        THEME: words.same_theme,
        TARGET: lambda names, n: (
            ngettext("same target group: %(names)s", "same target groups: %(names)s", n) % {"names": names}
        ),
        TRACK: lambda names, n: (
            ngettext("same action track: %(names)s", "same action tracks: %(names)s", n) % {"names": names}
        ),
        REGION: words.same_region,
        NETWORK: words.same_network,
        COUNTRY: words.same_country,
        OTHER_SECTOR: lambda names, _number: gettext("another sector: %(names)s") % {"names": names},
    }
