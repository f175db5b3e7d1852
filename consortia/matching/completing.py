"""The interests that complete one, in order, and why."""

from collections import defaultdict
from collections.abc import Collection, Iterable

from django.db.models import Case, Count, Exists, F, IntegerField, Model, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce, Lower
from django.utils.translation import gettext, pgettext

from consortia.interest.models import Contribution, Interest, InterestQuerySet
from consortia.introductions.models import Introduction
from consortia.matching.parts import (
    COUNTRY,
    NETWORK,
    NEW_SECTOR,
    NEW_TRACK,
    REGION,
    ROLE,
    SEEKS_SECTOR,
    SEEKS_TRACK,
    SOUGHT_SECTOR,
    SOUGHT_TRACK,
    THEME,
)
from consortia.matching.side import Side
from hub.vocabularies.models import Term
from partners.matching import words
from partners.matching.parts import Part, in_networks, works_in
from partners.organisations.models import Organisation

_ORGANISATION = "organisation__"


def candidates(mine: Side) -> InterestQuerySet:
    """Other organisations of the directory that show their interest in the call.

    Without those with whom an introduction was declined for this call, whichever of the two said no.
    """
    call, own = mine.interest.call_id, mine.organisation.pk
    shown = Interest.objects.shown().filter(call=call, organisation__isnull=False)
    declined = Introduction.objects.declined().filter(call=call)
    said_no = declined.filter(
        Q(from_organisation=own, to_organisation=OuterRef("organisation"))
        | Q(to_organisation=own, from_organisation=OuterRef("organisation"))
    )
    return shown.exclude(organisation=own).filter(~Exists(said_no))


def ranked(mine: Side) -> InterestQuerySet:
    """Those, each with `score`, the highest first; one statement of the database works it out for all."""
    name = Lower("organisation__name")
    return candidates(mine).annotate(score=_score(mine)).order_by(F("score").desc(), name, "pk")


def with_facts(interests: InterestQuerySet) -> InterestQuerySet:
    """With what a list shows of each and `side` reads, in a fixed number of queries."""
    organisation = ("organisation__sector", "organisation__country", "organisation__region", "organisation__logo")
    return interests.select_related("sector", "call", *organisation).prefetch_related(
        "contributions__track", "seeks", "organisation__texts", "organisation__terms"
    )


def _score(mine: Side) -> Combinable:
    sought, here = _keys(mine.sought_tracks), _keys(mine.tracks)
    contributions = Contribution.objects.filter(interest=OuterRef("pk"))
    seeks = Interest.seeks.through.objects.filter(interest=OuterRef("pk"))
    themes = Organisation.terms.through.objects.filter(organisation=OuterRef("organisation"))
    score: Combinable = _each(SOUGHT_TRACK, contributions.filter(track__in=sought), "interest")
    score += _each(NEW_TRACK, contributions.exclude(track__in=sought | here), "interest")
    score += _each(SEEKS_TRACK, seeks.filter(term__in=here), "interest")
    score += _each(THEME, themes.filter(term__in=_keys(mine.themes)), "organisation")
    for part, condition in _once(mine).items():
        score += Case(When(condition, then=Value(part.weight)), default=Value(0), output_field=IntegerField())
    return score


def _once(mine: Side) -> dict[Part, Q]:
    """When the parts that count once do."""
    sought = Q(sector__in=_keys(mine.sought_sectors))
    seeks = Interest.seeks.through.objects.filter(interest=OuterRef("pk"), term=mine.sector)
    conditions = {
        SOUGHT_SECTOR: sought,
        NEW_SECTOR: ~sought & ~Q(sector=mine.sector),
        SEEKS_SECTOR: Q(Exists(seeks)),
        ROLE: Q(role__in=mine.fitting_roles),
        COUNTRY: Q(organisation__country=mine.country),
    }
    if mine.regions:
        conditions[REGION] = works_in(_keys(mine.regions), _ORGANISATION)
    if mine.networks:
        conditions[NETWORK] = in_networks(mine.networks, _ORGANISATION)
    return conditions


def _each(part: Part, rows: "QuerySet[Model]", of: str) -> Combinable:
    """The weight of a part for each of the rows that an interest has."""
    counted = rows.order_by().values(of).annotate(number=Count("pk")).values("number")
    return Value(part.weight) * Coalesce(Subquery(counted), Value(0), output_field=IntegerField())


def _keys(terms: Iterable[Term]) -> set[int]:
    return {term.pk for term in terms}


def found(mine: Side, theirs: Side) -> dict[Part, list[str]]:
    """By part, what speaks for the other side, as names.

    What it adds up to (`partners.matching.parts.total`) is the `score` of the database.
    """
    told: dict[Part, list[str]] = defaultdict(list)
    told[SOUGHT_TRACK] = _running(_both(theirs.tracks, mine.sought_tracks))
    told[NEW_TRACK] = _running(_without(theirs.tracks, [*mine.sought_tracks, *mine.tracks]))
    told[SEEKS_TRACK] = _running(_both(theirs.sought_tracks, mine.tracks))
    told[SEEKS_SECTOR] = _running(_both(theirs.sought_sectors, [mine.sector]))
    sector = SOUGHT_SECTOR if theirs.sector in mine.sought_sectors else NEW_SECTOR
    if sector is SOUGHT_SECTOR or theirs.sector != mine.sector:
        told[sector] = _running([theirs.sector])
    if theirs.role in mine.fitting_roles:
        told[ROLE] = [_role_in_words(theirs.role)]
    told[THEME] = words.labels(_both(mine.themes, theirs.themes))
    told[REGION] = words.labels(_both(theirs.regions, mine.regions))
    told[NETWORK] = [name.upper() for name in mine.networks if name in theirs.networks]
    if mine.country == theirs.country:
        told[COUNTRY] = [str(theirs.country)]
    return told


def reasons(mine: Side, theirs: Side) -> list[str]:
    """The same as phrases in the reader's language, the heaviest first."""
    return words.reasons(found(mine, theirs), _says())


def _both(terms: Iterable[Term], others: Collection[Term]) -> list[Term]:
    return [term for term in terms if term in others]


def _without(terms: Iterable[Term], others: Collection[Term]) -> list[Term]:
    return [term for term in terms if term not in others]


def _running(terms: Iterable[Term]) -> list[str]:
    return [words.in_running_text(term) for term in terms]


def _role_in_words(role: str) -> str:
    return {
        Interest.Role.LEAD: pgettext("reason", "wants to lead"),
        Interest.Role.PARTNER: pgettext("reason", "wants to join as a partner"),
        Interest.Role.ASSOCIATE: pgettext("reason", "wants to join as an associate"),
        Interest.Role.EITHER: pgettext("reason", "can lead or join"),
    }[Interest.Role(role)]


def _says() -> dict[Part, words.Say]:
    return {
        SOUGHT_TRACK: lambda names, n: gettext("offers %(names)s, which you seek") % {"names": names},
        SOUGHT_SECTOR: lambda names, n: gettext("comes from a sector you look for: %(names)s") % {"names": names},
        SEEKS_TRACK: lambda names, n: gettext("seeks %(names)s, which you offer") % {"names": names},
        SEEKS_SECTOR: lambda names, n: gettext("looks for partners from your sector: %(names)s") % {"names": names},
        NEW_TRACK: lambda names, n: gettext("offers %(names)s, which you lack") % {"names": names},
        NEW_SECTOR: lambda names, n: gettext("comes from a sector you lack: %(names)s") % {"names": names},
        ROLE: lambda names, n: names,
        THEME: words.same_theme,
        REGION: words.same_region,
        NETWORK: words.same_network,
        COUNTRY: words.same_country,
    }
