"""What a receipt attests of a proposal, and how pages tell it."""

from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.utils.translation import get_language, gettext

from accounts.users.models import User
from consortia.asked_parts.models import AskedPart
from consortia.consortium.models import Consortium
from consortia.filling.contents import Slot, Version
from consortia.filling.deadline import closing
from consortia.filling.models import TextVersion
from consortia.proposal.models import Proposal
from consortia.receipts.models import Receipt
from consortia.receipts.telling import Told
from hub.languages.reading_order import languages_for


def attested(consortium: Consortium, slots: list[Slot], *, number: int) -> dict[str, Any]:
    """Each part with its version and hash; plain JSON, no name of a person, and no words of a text.

    `number`: how often it was submitted, this time included.
    """
    call = consortium.call
    declared = consortium.declarations.select_related("receipt").filter(ended_at=None).first()
    members = consortium.members.standing().select_related("organisation__country")
    return {
        "call": {"key": call.pk, "reference": call.reference, "title": _by_language(call.title)},
        "consortium": {
            "declaration": declared.receipt.number if declared else "",
            "key": str(consortium.uuid),
            "name": consortium.name,
        },
        "organisations": [
            {"name": each.organisation.name, "country": each.organisation.country.code, "lead": each.is_lead}
            for each in members
        ],
        "parts": [_part(slot.part, slot.version) for slot in slots if slot.is_filled and slot.version],
        "submission": number,
    }


def _part(part: AskedPart, version: Version) -> dict[str, Any]:
    """The hash is of the file's bytes, or of the text in UTF-8."""
    said = {
        "key": part.pk,
        "kind": str(part.kind),
        "sha256": version.sha256,
        "title": _by_language(part.title),
        "version": version.number,
    }
    if isinstance(version, TextVersion):
        return said | {"characters": len(version.text)}
    return said | {"name": version.name, "size": version.size}


def title_of(said: dict[str, str]) -> str:
    """The reader's language first."""
    order = languages_for(get_language() or settings.LANGUAGE_CODE)
    return next((said[code] for code in order if said.get(code)), "")


def part_lines(said: dict[str, Any]) -> list[tuple[str, str]]:
    """Each part with version and hash, for the receipt that partners read."""
    told = gettext("version %(version)d, SHA-256 %(sha256)s")
    named = gettext("%(name)s, version %(version)d, SHA-256 %(sha256)s")
    return [(title_of(each["title"]), (named if "name" in each else told) % each) for each in said["parts"]]


def tell(said: dict[str, Any], receipt: Receipt | None) -> Told:
    """In the reader's language; whoever has the number learns how many parts there are and no more of them."""
    names = [
        gettext("%(name)s (leads)") % {"name": each["name"]} if each["lead"] else each["name"]
        for each in said["organisations"]
    ]
    lines = [
        (gettext("Consortium"), said["consortium"]["name"]),
        (gettext("Call"), title_of(said["call"]["title"])),
        (gettext("Organisations"), "; ".join(names)),
        (gettext("Parts"), str(len(said["parts"]))),
        (gettext("Submission number"), str(said["submission"])),
    ]
    found = Proposal.objects.select_related("consortium").filter(receipt=receipt).first() if receipt else None
    return Told(gettext("Submission of a proposal"), lines, *_standing(found))


def withhold(said: dict[str, Any], receipt: Receipt, reader: User | AnonymousUser) -> Told | None:
    """Before the deadline: to nobody but its own people and the centre whose it is, and whether it still counts."""
    found = Proposal.objects.select_related("consortium__call").filter(receipt=receipt).first()
    if found is None or closing(found.consortium.call).is_told or _may_know(reader, found):
        return None
    standing = gettext(
        "Which consortium submitted it, and whether it still counts, is told here once the deadline for proposals is "
        "over. Until then only that consortium and the centre know."
    )
    lines = [(gettext("Call"), title_of(said["call"]["title"]))]
    return Told(gettext("Submission of a proposal"), lines, stands=False, standing=standing, is_withheld=True)


def _may_know(reader: User | AnonymousUser, proposal: Proposal) -> bool:
    """The people of its organisations, and staff wherever they may know the consortium's name."""
    if not isinstance(reader, User):
        return False
    own = Consortium.objects.filter(pk=proposal.consortium_id)
    if own.of_person(reader).exists():
        return True
    is_staff = any(reader.has_perm(f"consortia.{action}_interest") for action in ("view", "change"))
    return is_staff and own.named_to_centre().exists()


def _standing(proposal: Proposal | None) -> tuple[bool, str, str]:
    if proposal is None:
        return False, gettext("Whether it still counts is not known here any more."), ""
    counts = Proposal.objects.counting().select_related("receipt").filter(consortium=proposal.consortium_id).first()
    if counts == proposal:
        return True, gettext("This proposal counts: it is the last one that was submitted."), ""
    if counts:
        return False, gettext("It was submitted again later, and that one counts."), counts.receipt.number
    if proposal.consortium.status != Consortium.Status.DECLARED:
        return False, gettext("It does not count: the partnership is not declared any more."), ""
    said = gettext("It does not count: the partnership was declared anew, and nothing was submitted since.")
    return False, said, ""


def _by_language(words: Any) -> dict[str, str]:
    return {code: words.localize(code) for code, _name in settings.LANGUAGES}
