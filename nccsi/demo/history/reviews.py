"""How the consortia of the closed call were reviewed: who judged, where a conflict kept somebody away, what came."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from accounts.users.models import User
from calls.chain.models import Call
from consortia.conflicts.models import Kind, Lifting, Statement
from consortia.outcomes.models import Outcome, Release
from consortia.reviewers.models import Reviewer
from consortia.reviewing.models import Criterion, Judgement, Mark
from nccsi.demo.history.replay import Replay
from nccsi.demo.logins import CHAIR, EDITOR, OTHER_REVIEWER, REVIEWER
from nccsi.demo.reading import moments

_ROLES = {
    CHAIR: Reviewer.Role.CHAIR,
    REVIEWER: Reviewer.Role.REVIEWER,
    OTHER_REVIEWER: Reviewer.Role.REVIEWER,
}
# Before a chair settles, it is said that nothing stands in the way, and the judgements are read.
_READING = timedelta(minutes=20)


def load(
    call: Call,
    told: dict[str, Any],
    made: Mapping[str, Replay],
    criteria: Mapping[str, Criterion],
    people: Mapping[str, User],
) -> None:
    """From the day on which the three were asked to the release."""
    reviewers = _appoint(call, told, people)
    _state(told, made, reviewers)
    _lift(told["lifted"], made, reviewers)
    _judge(told["judged"], made, reviewers, criteria)
    _settle(call, told, made, people)


def _appoint(call: Call, told: dict[str, Any], people: Mapping[str, User]) -> dict[str, Reviewer]:
    at = moments.told(told["appointed"])
    found = {
        email: Reviewer(call=call, user=people[email], role=role, added_by=people[EDITOR], added_at=at)
        for email, role in _ROLES.items()
    }
    Reviewer.objects.bulk_create(found.values())
    return found


def _state(told: dict[str, Any], made: Mapping[str, Replay], reviewers: Mapping[str, Reviewer]) -> None:
    """That there is no other conflict: each who judges, and the chair who settles."""
    said = [(each["by"], each["consortium"], moments.told(each["stated"])) for each in told["judged"]]
    said += [(CHAIR, each["consortium"], moments.told(each["at"]) - _READING) for each in told["settled"]]
    Statement.objects.bulk_create(
        Statement(
            reviewer=reviewers[email],
            consortium=made[key].made,
            has_conflict=False,
            version=made[key].number,
            at=at,
        )
        for email, key, at in said
    )


def _lift(told: dict[str, Any], made: Mapping[str, Replay], reviewers: Mapping[str, Reviewer]) -> None:
    organisation = made[told["consortium"]].members[told["organisation"]].organisation
    Lifting.objects.create(
        reviewer=reviewers[told["of"]],
        consortium=made[told["consortium"]].made,
        kind=Kind.DOMAIN,
        organisation=organisation,
        organisation_name=organisation.name,
        reason=told["reason"],
        by=reviewers[CHAIR].user,
        at=moments.told(told["at"]),
    )


def _judge(
    told: list[dict[str, Any]],
    made: Mapping[str, Replay],
    reviewers: Mapping[str, Reviewer],
    criteria: Mapping[str, Criterion],
) -> None:
    judgements = []
    for each in told:
        about, at = made[each["consortium"]], moments.told(each["handed_in"])
        judgement = Judgement(reviewer=reviewers[each["by"]], consortium=about.made, version=about.number, revision=1)
        judgement.changed_at = judgement.handed_in_at = at
        judgements.append(judgement)
    Judgement.objects.bulk_create(judgements)
    Mark.objects.bulk_create(
        Mark(judgement=judgement, criterion=criteria[key], value=value, reason=reason)
        for judgement, each in zip(judgements, told, strict=True)
        for key, (value, reason) in each["marks"].items()
    )


def _settle(call: Call, told: dict[str, Any], made: Mapping[str, Replay], people: Mapping[str, User]) -> None:
    """Settled one after the other, and told to all at one moment."""
    at = moments.told(told["released"])
    Outcome.objects.bulk_create(
        Outcome(
            consortium=made[each["consortium"]].made,
            version=made[each["consortium"]].number,
            verdict=each["verdict"],
            reasons=each["reasons"],
            conditions=each.get("conditions", ""),
            settled_by=people[CHAIR],
            settled_at=moments.told(each["at"]),
            released_at=at,
        )
        for each in told["settled"]
    )
    Release.objects.create(call=call, by=people[EDITOR], at=at)
