"""The text gets a new version when it changes in substance: what was signed before is void, and asked again."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from consortia.consortium.emails import people_of
from consortia.consortium.models import Consortium, Member
from consortia.sign_off import emails, text
from consortia.sign_off.models import SignOff, Version


@dataclass(frozen=True)
class Standing:
    """What an organisation's sign-off is worth now."""

    member: Member
    # The one that counts, or the last one, which does not.
    sign_off: SignOff | None
    is_signed: bool

    @property
    def is_void(self) -> bool:
        """Signed once, for a text that changed since."""
        return self.sign_off is not None and not self.is_signed


def latest(consortium: Consortium) -> Version:
    """What is signed now; every consortium has one from the moment it begins."""
    return consortium.versions.order_by("-number")[:1].get()


def latest_of(consortia: Collection[Consortium]) -> list[Version]:
    """The same of each of several, in one query."""
    found = Version.objects.filter(consortium__in=consortia).order_by("consortium_id", "-number")
    return list(found.distinct("consortium_id"))


def renew(consortium: Consortium) -> Version:
    """After a change, in the transaction that holds the consortium: a new version if the substance is another.

    Whoever had signed the last one is asked again; who has not answered yet is not written to once more.
    """
    now = text.canonical(consortium)
    last = consortium.versions.order_by("-number").first()
    if last and last.digest == text.digest(now):
        return last
    number = last.number + 1 if last else 1
    made = Version.objects.create(consortium=consortium, number=number, text=now, digest=text.digest(now))
    if last:
        signed = consortium.members.standing().filter(sign_offs__version=last, sign_offs__is_confirmed=True)
        for member, _people in people_of(signed.select_related("organisation", "consortium__call")):
            emails.take_back(member)
            emails.ask("sign_again", member)
    return made


def standings(consortium: Consortium) -> list[Standing]:
    """Of each organisation in it, the lead first; in four queries, however many there are."""
    return standings_of([consortium])[consortium.pk]


def standings_of(consortia: Collection[Consortium]) -> dict[int, list[Standing]]:
    """The same of several, by their keys; in as many queries."""
    versions = {each.consortium_id: each.pk for each in latest_of(consortia)}
    members = (
        Member.objects.standing()
        .filter(consortium__in=consortia)
        .select_related("organisation__sector", "organisation__country", "consortium")
    )
    found = list(members.prefetch_related("tracks"))
    confirmed = SignOff.objects.filter(member__in=found, is_confirmed=True).select_related("version", "by")
    last: dict[int, SignOff] = {}
    for each in confirmed.order_by("version__number"):
        last[each.member_id] = each
    standings: dict[int, list[Standing]] = {each.pk: [] for each in consortia}
    for member in found:
        own = last.get(member.pk)
        is_signed = own is not None and own.version_id == versions[member.consortium_id]
        standings[member.consortium_id].append(Standing(member, own, is_signed))
    return standings


def signed_before(member: Member, version: Version) -> dict[str, Any] | None:
    """The text that the organisation signed last, where it was another one."""
    before = SignOff.objects.filter(member=member, is_confirmed=True).exclude(version=version)
    last = before.select_related("version").order_by("-version__number").first()
    return last.version.text if last else None
