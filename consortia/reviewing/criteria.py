"""Staff say by what the consortia of a call are judged, until the first judgement is there."""

from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext
from wagtail.log_actions import log

from accounts.users.models import User
from calls.chain.models import Call
from consortia.consortium.actions import RefusedError
from consortia.reviewing.models import Criterion, Judgement
from consortia.rules.as_read import ChangedError, as_read

# So many a call has at most.
MOST = 15
# What Wagtail's history of the call says; registered in `consortia.wagtail_hooks`.
SET_CRITERIA = "consortia.set_criteria"


def are_frozen(call: Call) -> bool:
    """Whether somebody has begun to judge, drafts included."""
    return Judgement.objects.filter(consortium__call=call).exists()


def seen(criterion: Criterion | None) -> dict[str, Any]:
    """What a form shows of it; to be compared when it comes back."""
    return as_read(criterion, "title", "guidance", "scale", "position")


@transaction.atomic
def save(call: Call, key: int | None, facts: dict[str, Any], *, before: dict[str, Any], by: User) -> Criterion:
    """A new one, last in the order, or another text of the one with this key.

    Raises RefusedError once anybody judges, and ChangedError where it is not what was read.
    """
    held = _hold(call)
    known = Criterion.objects.filter(call=held, pk=key).first() if key else None
    if key and (known is None or seen(known) != before):
        raise ChangedError
    if known is None and Criterion.objects.filter(call=held).count() >= MOST:
        raise RefusedError(gettext("A call has %(number)d criteria at most.") % {"number": MOST})
    last = Criterion.objects.filter(call=held).aggregate(last=Max("position"))["last"] or 0
    criterion = known or Criterion(call=held, position=last + 1)
    for name, value in facts.items():
        setattr(criterion, name, value)
    criterion.save()
    log(held, SET_CRITERIA, user=by, data={"criterion": str(criterion)})
    return criterion


@transaction.atomic
def remove(call: Call, key: int, *, by: User) -> bool:
    """Take one away; False when it is gone. Raises RefusedError once anybody judges."""
    held = _hold(call)
    known = Criterion.objects.filter(call=held, pk=key).first()
    if known is None:
        return False
    log(held, SET_CRITERIA, user=by, data={"removed": str(known)})
    known.delete()
    return True


def _hold(call: Call) -> Call:
    held = Call.objects.select_for_update(no_key=True).get(pk=call.pk)
    if are_frozen(held):
        raise RefusedError(gettext("Somebody has begun to judge by these criteria: they stay as they are."))
    return held
