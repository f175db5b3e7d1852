"""What the page of a draft shows: who is in it, what is covered, what still fails, and what the reader may do."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from consortia.consortium.acting import Actor, actors
from consortia.consortium.actions import ACTIONS
from consortia.consortium.models import Consortium, Member
from consortia.coverage.coverage import Coverage, Covered, asked_for
from consortia.declaration.deadline import closing
from consortia.declaration.readiness import listed, readiness
from consortia.documents import shown as documents
from consortia.notes import shown as notes
from consortia.outcomes import shown
from consortia.proposal import shown as proposal
from consortia.sharing.shown import sight
from consortia.sign_off.versions import Standing, standings
from consortia.to_do import shown as tasks
from hub.vocabularies.models import Term

# What is done by a button with a question before it.
ASKED = ("withdraw_invitation", "remove", "hand_over", "leave", "give_up")
# What is done to the consortium as a whole.
_OF_ALL = ("change_words", "invite", "give_up", "share", "declare", "withdraw_declaration")
# What is done for an organisation or about it, beside its name.
FOR_ONE = ("withdraw_invitation", "set_part", "confirm", "leave", "remove", "hand_over")


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
    ready = readiness(consortium, found, by=user)
    until = closing(consortium.call)
    counting = listed(found)
    tracks = Counter(track.pk for member in counting for track in member.tracks.all())
    sectors = Counter(member.organisation.sector_id for member in counting)
    return {
        "outcome": shown.outcome(consortium),
        "buttons": _buttons(consortium, acting),
        "rows": [(each, _about(consortium, acting, each)) for each in found],
        "coverage": Coverage(
            number=len(counting),
            leading=1,
            sectors=[Covered(each.code, str(each), sectors[each.pk]) for each in Term.objects.of("sector")],
            tracks=[Covered(each.code, str(each), tracks[each.pk]) for each in asked_for(consortium.call)],
        ),
        "checks": ready.checks,
        "declaring": {
            "last": consortium.declarations.select_related("receipt").first(),
            "closing": until,
            "readiness": ready,
            "buttons": [] if until.is_closed else _of(consortium, acting, "declare", "withdraw_declaration"),
        },
        "sharing": {
            "sight": sight(consortium),
            "is_declared": consortium.status == Consortium.Status.DECLARED,
            "buttons": _of(consortium, acting, "share"),
        },
        "proposal": proposal.state(consortium),
        "documents": documents.excerpt(consortium),
        "notes": notes.excerpt(consortium),
        "tasks": tasks.excerpt(consortium),
    }


def _buttons(consortium: Consortium, acting: list[Actor]) -> list[Button]:
    """What is done to the consortium as a whole."""
    return _of(consortium, acting, "change_words", "invite", "give_up")


def _of(consortium: Consortium, acting: list[Actor], *actions: str) -> list[Button]:
    lead = next((each.member for each in acting if each.member), None)
    return [
        Button(action, str(ACTIONS[action].button), _address(consortium, action, lead))
        for action in actions
        if lead and any(not each.refusal(action) for each in acting)
    ]


def _about(consortium: Consortium, acting: list[Actor], standing: Standing) -> list[Button]:
    """What the reader may do for an organisation, or about it."""
    member = standing.member
    own = [each for each in acting if each.member and each.member.pk == member.pk]
    found = []
    for action in FOR_ONE:
        line = ACTIONS[action]
        by = acting if line.about else own
        is_done = action == "confirm" and standing.is_signed
        if not is_done and any(not each.refusal(action, member) for each in by):
            found.append(Button(action, str(line.button), _address(consortium, action, member)))
    return found


def _address(consortium: Consortium, action: str, member: Member) -> str:
    if action in ASKED:
        return reverse("consortia:act", args=[consortium.uuid, action, member.pk])
    if action in _OF_ALL:
        return reverse(f"consortia:{action}", args=[consortium.uuid])
    return reverse(f"consortia:{'sign' if action == 'confirm' else action}", args=[consortium.uuid, member.pk])
