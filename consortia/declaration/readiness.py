"""What stands between a consortium and its declaration: the call's rules, missing signatures, other declarations."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext

from accounts.users.models import User
from consortia.consortium.models import Consortium, Member
from consortia.documents import letters
from consortia.rules.checklist import Check, checklist
from consortia.rules.models import CallRules
from consortia.sign_off.versions import Standing, latest_of
from partners.organisations.models import Organisation


@dataclass(frozen=True)
class Readiness:
    """The rules with what still fails, and in sentences whatever else is missing."""

    checks: list[Check]
    missing: list[str] = field(default_factory=list)

    @property
    def is_ready(self) -> bool:
        return not self.lacks

    @property
    def lacks(self) -> list[str]:
        """Each names the rule and what would satisfy it."""
        said = gettext("%(rule)s: %(has)d of at least %(needs)d. %(lack)s")
        failing = [check for check in self.checks if not check.is_met]
        rules = [
            said % {"rule": each.rule, "has": each.has, "needs": each.needs, "lack": each.lack} for each in failing
        ]
        return [*rules, *self.missing]


def listed(standings: Iterable[Standing]) -> list[Member]:
    """Only what is in the directory counts."""
    return [each.member for each in standings if each.member.organisation.status == Organisation.Status.LISTED]


def checks(consortium: Consortium, standings: Iterable[Standing]) -> list[Check]:
    """The call's rules for these; of `versions.standings`."""
    rules = CallRules.objects.filter(call=consortium.call_id).first()
    return _checks(rules, listed(standings), letters.endorsed([consortium]))


def _checks(rules: CallRules | None, members: list[Member], endorsed: set[int]) -> list[Check]:
    return checklist(
        rules,
        organisations=[member.pk for member in members],
        countries=[member.organisation.country_id for member in members],
        sectors=[member.organisation.sector_id for member in members],
        tracks=[track.pk for member in members for track in member.tracks.all()],
        endorsed=endorsed & {member.pk for member in members},
    )


def readiness(consortium: Consortium, standings: list[Standing], *, by: User) -> Readiness:
    """For this reader: another consortium is named only to who may know of it."""
    return of_each([consortium], {consortium.pk: standings}, by=by)[consortium.pk]


def of_each(
    consortia: Collection[Consortium], standings: Mapping[int, list[Standing]], *, by: User
) -> dict[int, Readiness]:
    """The same of several, by their keys; in a fixed number of queries. `standings` are `versions.standings_of`."""
    rules = CallRules.objects.in_bulk({each.call_id for each in consortia})
    numbers = {each.consortium_id: each.number for each in latest_of(consortia)}
    endorsed = letters.endorsed(consortia)
    alone = [each for each in consortia if each.call_id in rules and not rules[each.call_id].several]
    elsewhere = _elsewhere(alone, standings, by)
    found = {}
    for each in consortia:
        own = standings[each.pk]
        missing = [*_unsigned(numbers[each.pk], own), *_outside(own), *elsewhere.get(each.pk, [])]
        found[each.pk] = Readiness(_checks(rules.get(each.call_id), listed(own), endorsed), missing)
    return found


def _unsigned(number: int, standings: list[Standing]) -> list[str]:
    said = gettext("%(organisation)s has not signed version %(number)d. An owner of it does that, or you let it go.")
    lead = gettext("%(organisation)s, which leads, has not signed version %(number)d. One of its owners does that.")
    return [
        (lead if each.member.is_lead else said) % {"organisation": each.member.organisation.name, "number": number}
        for each in standings
        if not each.is_signed
    ]


def _outside(standings: list[Standing]) -> list[str]:
    said = gettext("%(organisation)s is not in the directory any more. Ask the centre, or let it go.")
    inside = {member.pk for member in listed(standings)}
    return [said % {"organisation": each.member} for each in standings if each.member.pk not in inside]


def _elsewhere(
    consortia: Collection[Consortium], standings: Mapping[int, list[Standing]], by: User
) -> dict[int, list[str]]:
    """Of those whose call lets an organisation be in one declaration only."""
    if not consortia:
        return {}
    inside = {each.pk: {one.member.organisation_id for one in standings[each.pk]} for each in consortia}
    others = Member.objects.filter(
        organisation__in={key for keys in inside.values() for key in keys},
        status=Member.Status.JOINED,
        consortium__call__in={each.call_id for each in consortia},
        consortium__status=Consortium.Status.DECLARED,
    ).select_related("organisation", "consortium")
    own = set(Consortium.objects.of_person(by).values_list("pk", flat=True))
    return {
        each.pk: [
            _taken(other, is_known=other.consortium_id in own)
            for other in others
            if other.consortium.call_id == each.call_id
            and other.consortium_id != each.pk
            and other.organisation_id in inside[each.pk]
        ]
        for each in consortia
    }


def _taken(other: Member, *, is_known: bool) -> str:
    # What stands on the page of an organisation in the directory, anybody may know.
    if is_known or other.organisation.status == Organisation.Status.LISTED:
        said = gettext(
            "%(organisation)s is in the declared consortium “%(name)s”, and in this call an organisation is in one "
            "declaration only. It leaves one of the two, or the other declaration is withdrawn first."
        )
        return said % {"organisation": other.organisation.name, "name": other.consortium.name}
    said = gettext(
        "%(organisation)s is in another declaration, and in this call an organisation is in one only. Ask its people."
    )
    return said % {"organisation": other.organisation.name}
