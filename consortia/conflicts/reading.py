"""How much of a consortium a reviewer sees: the names, or all of it."""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db import transaction

from consortia.conflicts.computing import Conflict, conflicts
from consortia.conflicts.models import Statement
from consortia.consortium.acting import hold
from consortia.consortium.models import Consortium
from consortia.reviewers.models import Reviewer
from consortia.sign_off import versions


@dataclass(frozen=True)
class Reading:
    """What stands between a reviewer and a consortium."""

    conflicts: list[Conflict]
    # Whether the reviewer confirmed for this version that there is no other conflict.
    has_stated: bool

    @property
    def is_blocked(self) -> bool:
        return any(each.blocks for each in self.conflicts)

    @property
    def may_read(self) -> bool:
        return self.has_stated and not self.is_blocked


def reading(reviewer: Reviewer, consortium: Consortium) -> Reading:
    """As it is now."""
    found = conflicts(consortium.call, [reviewer], [consortium]).get((reviewer.pk, consortium.pk), [])
    number = versions.latest(consortium).number
    said = Statement.objects.filter(reviewer=reviewer, consortium=consortium, version=number, has_conflict=False)
    return Reading(found, said.exists())


def demand(reviewer: Reviewer, consortium: Consortium) -> None:
    """Raises PermissionDenied for who may see no more than the names."""
    if not reading(reviewer, consortium).may_read:
        raise PermissionDenied


@transaction.atomic
def state(reviewer: Reviewer, consortium: Consortium, *, reason: str = "") -> bool:
    """Before reading: no other conflict than those that are known, or this one. False when that was said before."""
    held = hold(consortium)
    number = versions.latest(held).number
    said = {"reviewer": reviewer, "consortium": held, "has_conflict": bool(reason), "reason": reason}
    rows = Statement.objects.filter(**said)
    if (rows if reason else rows.filter(version=number)).exists():
        return False
    Statement.objects.create(**said, version=number)
    return True
