"""What the page of a draft shows: who is in it, what is covered, what still fails, and what the reader may do."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from consortia.consortium.acting import Actor, actors
from consortia.consortium.actions import ACTIONS
from consortia.consortium.models import Consortium, Member
from consortia.coverage.coverage import Coverage, Covered, asked_for
from consortia.outcomes import shown
from consortia.rules.checklist import checklist
from consortia.sign_off.versions import Standing, standings
from hub.vocabularies.models import Term
from partners.organisations.models import Organisation

# What is done by a button with a question before it.
ASKED = ("withdraw_invitation", "remove", "hand_over", "leave", "give_up")


@dataclass(frozen=True)
class Button:
    """A line of the table that this reader may use now."""

    action: str
    label: str
    url: str


def facts(consortium: Consortium, user: Any) -> dict[str, Any]:
    """In a fixed number of queries, however many organisations are in it."""
    acting = actors(consortium, user)
    found = standings(consortium)
    listed = [each.member for each in found if each.member.organisation.status == Organisation.Status.LISTED]
    tracks = Counter(track.pk for member in listed for track in member.tracks.all())
    sectors = Counter(member.organisation.sector_id for member in listed)
    return {
        "outcome": shown.outcome(consortium),
        "buttons": _buttons(consortium, acting),
        "rows": [(each, _about(consortium, acting, each)) for each in found],
        "coverage": Coverage(
            number=len(listed),
            leading=1,
            sectors=[Covered(each.code, str(each), sectors[each.pk]) for each in Term.objects.of("sector")],
            tracks=[Covered(each.code, str(each), tracks[each.pk]) for each in asked_for(consortium.call)],
        ),
        "checks": checklist(
            consortium.call,
            organisations=[member.pk for member in listed],
            countries=[member.organisation.country_id for member in listed],
            sectors=list(sectors),
            tracks=list(tracks),
        ),
    }


def _buttons(consortium: Consortium, acting: list[Actor]) -> list[Button]:
    """What is done to the consortium as a whole."""
    addresses = {name: reverse(f"consortia:{name}", args=[consortium.uuid]) for name in ("change_words", "invite")}
    lead = next((each.member for each in acting if each.member), None)
    if lead:
        addresses["give_up"] = reverse("consortia:act", args=[consortium.uuid, "give_up", lead.pk])
    return [
        Button(action, str(ACTIONS[action].button), url)
        for action, url in addresses.items()
        if any(not each.refusal(action) for each in acting)
    ]


def _about(consortium: Consortium, acting: list[Actor], standing: Standing) -> list[Button]:
    """What the reader may do for an organisation, or about it."""
    member = standing.member
    own = [each for each in acting if each.member and each.member.pk == member.pk]
    found = []
    for action, line in ACTIONS.items():
        if action in {"change_words", "invite", "give_up", "decline"}:
            continue
        by = acting if line.about else own
        is_done = action == "confirm" and standing.is_signed
        if not is_done and any(not each.refusal(action, member) for each in by):
            found.append(Button(action, str(line.button), _address(consortium, action, member)))
    return found


def _address(consortium: Consortium, action: str, member: Member) -> str:
    if action in ASKED:
        return reverse("consortia:act", args=[consortium.uuid, action, member.pk])
    return reverse(f"consortia:{'sign' if action == 'confirm' else action}", args=[consortium.uuid, member.pk])
