"""What staff arranged for the closed call: rules, parts of a proposal, criteria, and a date that they moved."""

from typing import Any

from i18nfield.strings import LazyI18nString

from calls.chain.changes import DeadlineChange
from calls.chain.models import Call, Deadline
from consortia.asked_parts.models import AskedPart
from consortia.reviewing.models import Criterion
from consortia.rules.models import CallRules
from nccsi.demo.reading import moments, words

# As the real call asked: an applicant with at least two co-applicants, from at least three member states.
RULES = {"organisations": 3, "countries": 3}


def load(call: Call, told: dict[str, Any], *, told_of_move: int) -> tuple[dict[str, AskedPart], dict[str, Criterion]]:
    """Parts and criteria by the keys of the file; `told_of_move`: how many heard that the date moved."""
    CallRules.objects.get_or_create(call=call, defaults=RULES)
    _move(call, told["moved"], told_of_move)
    parts = {
        each["key"]: AskedPart(
            call=call,
            position=position,
            kind=AskedPart.Kind.TEXT,
            limit=each["limit"],
            unit=each.get("unit", AskedPart.Unit.CHARACTERS),
            **_words(each),
        )
        for position, each in enumerate(told["part"], start=1)
    }
    criteria = {
        each["key"]: Criterion(call=call, position=position, scale=each["scale"], **_words(each))
        for position, each in enumerate(told["criterion"], start=1)
    }
    AskedPart.objects.bulk_create(parts.values())
    Criterion.objects.bulk_create(criteria.values())
    return parts, criteria


def _words(told: dict[str, Any]) -> dict[str, LazyI18nString]:
    return {name: LazyI18nString(words.spoken(told[name])) for name in ("title", "guidance")}


def _move(call: Call, told: dict[str, Any], number: int) -> None:
    """The moment of proposals came later than it was said first; what stands is the later one."""
    deadline = call.deadlines.get(governs=Deadline.Governs.PROPOSAL)
    if deadline.version > 1:
        return
    DeadlineChange.objects.create(
        deadline=deadline,
        call=call,
        version=2,
        old_due_at=moments.told(told["was"]),
        new_due_at=deadline.due_at,
        reason=LazyI18nString(words.spoken(told["reason"])),
        moved_at=moments.told(told["at"]),
        told=number,
    )
    Deadline.objects.filter(pk=deadline.pk).update(version=2)
