"""The consortia of the closed call: everything that their organisations did, in the order in which they did it."""

from collections.abc import Mapping
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from calls.chain.models import Call
from consortia.asked_parts.models import AskedPart
from consortia.consortium.models import Consortium, Entry, Member
from hub.vocabularies.models import Vocabulary
from nccsi.demo.history.replay import Replay, Rows
from nccsi.demo.reading import moments
from nccsi.demo.reading.terms import Terms
from partners.organisations.models import Membership, Organisation


def load(call: Call, told: list[dict[str, Any]], terms: Terms, parts: Mapping[str, AskedPart]) -> dict[str, Replay]:
    """Those of the file, by its keys, as they are after all steps.

    What nobody changes for two years is erased, so the last thing that happens to each happens now: who leads lets the
    centre see all of it.
    """
    slugs = {slug for each in told for slug in each["members"]}
    organisations = Organisation.objects.select_related("country").in_bulk(slugs, field_name="slug")
    owners = Membership.objects.filter(organisation__slug__in=slugs, role=Membership.Role.OWNER).select_related("user")
    acting = {each.organisation_id: each.user for each in owners.order_by("-pk")}
    rows = Rows()
    made = {}
    for each, consortium in zip(told, _consortia(call, told), strict=True):
        members = _members(consortium, each, organisations, terms)
        made[each["key"]] = Replay(consortium, each, members, acting, parts, rows)
    steps = [(moments.told(step["at"]), replay, step) for replay in made.values() for step in replay.told["steps"]]
    for at, replay, step in sorted(steps, key=lambda found: found[0]):
        replay.take(step, at)
    rows.save()
    _open(list(made.values()))
    return made


def _consortia(call: Call, told: list[dict[str, Any]]) -> list[Consortium]:
    return Consortium.objects.bulk_create(
        Consortium(
            uuid=uuid5(NAMESPACE_URL, f"demo:history:{call.pk}:{each['key']}"),
            call=call,
            name=each["name"],
            summary=each["summary"],
        )
        for each in told
    )


def _members(
    consortium: Consortium, told: dict[str, Any], organisations: Mapping[str, Organisation], terms: Terms
) -> dict[str, Member]:
    """All who were ever asked, by the slugs of their organisations, the lead first; asked until they answer."""
    made = {
        slug: Member(
            consortium=consortium,
            organisation=organisations[slug],
            is_lead=position == 0,
            status=Member.Status.INVITED if position else Member.Status.JOINED,
            role=part.get("role", Member.Role.PARTNER),
        )
        for position, (slug, part) in enumerate(told["members"].items())
    }
    Member.objects.bulk_create(made.values())
    tracks = Member.tracks.through
    tracks.objects.bulk_create(
        tracks(member=made[slug], term=term)
        for slug, part in told["members"].items()
        for term in terms.several(Vocabulary.TRACK, part["tracks"])
    )
    return made


def _open(made: list[Replay]) -> None:
    """The last step, of today."""
    for each in made:
        each.made.shown_to_centre = Consortium.Shown.ALL
    Consortium.objects.bulk_update([each.made for each in made], ["status", "shown_to_centre"])
    Member.objects.bulk_update([member for each in made for member in each.members.values()], ["status"])
    Entry.objects.bulk_create(
        Entry(
            consortium=each.made,
            action="share",
            organisation_name=each.lead.organisation.name,
            by=each.acting.get(each.lead.organisation_id),
        )
        for each in made
    )
