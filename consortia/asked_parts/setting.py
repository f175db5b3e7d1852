"""Staff say what a proposal has; two at once are told of each other, and nothing that was filled is taken away."""

from typing import Any

from django.db import transaction
from django.db.models import Max, RestrictedError
from django.db.models.functions import Now
from django.utils.translation import gettext
from wagtail.log_actions import log

from accounts.users.models import User
from calls.chain.models import Call
from consortia.asked_parts.models import AskedPart
from consortia.consortium.actions import RefusedError
from consortia.rules.as_read import ChangedError, as_read

# So many a call has at most, closed ones included.
MOST = 30
# What Wagtail's history of the call says; registered in `consortia.wagtail_hooks`.
SET_PARTS = "consortia.set_parts"
_SHOWN = ("title", "guidance", "kind", "is_required", "endings", "megabytes", "limit", "unit", "position")


def seen(part: AskedPart | None) -> dict[str, Any]:
    """What a form shows of it; to be compared when it comes back."""
    return as_read(part, *_SHOWN)


def is_filled(part: AskedPart) -> bool:
    """Whether anybody filled it, in any consortium."""
    return AskedPart.objects.filter(pk=part.pk, fillings__isnull=False).exists()


@transaction.atomic
def save(call: Call, key: int | None, facts: dict[str, Any], *, before: dict[str, Any], by: User) -> AskedPart:
    """A new one, last in the order, or the one with this key as it shall be.

    Raises ChangedError where it is not what was read, and RefusedError where a part that was filled would become
    another kind.
    """
    held = _hold(call)
    known = AskedPart.objects.select_for_update().filter(call=held, pk=key).first() if key else None
    if key and (known is None or seen(known) != before):
        raise ChangedError
    if known is None and AskedPart.objects.filter(call=held).count() >= MOST:
        raise RefusedError(gettext("A proposal has %(number)d parts at most.") % {"number": MOST})
    if known and known.kind != facts["kind"] and is_filled(known):
        said = gettext(
            "Somebody filled this part, so it stays what it is: a file or a text. Close it and make a new one."
        )
        raise RefusedError(said)
    last = AskedPart.objects.filter(call=held).aggregate(last=Max("position"))["last"] or 0
    part = known or AskedPart(call=held, position=last + 1)
    for name, value in facts.items():
        setattr(part, name, value)
    part.save()
    log(held, SET_PARTS, user=by, data={"part": str(part), "before": before, "now": seen(part)})
    return part


@transaction.atomic
def remove(call: Call, key: int, *, by: User) -> bool:
    """Take one away that nobody filled; False when it is gone. Raises RefusedError."""
    held = _hold(call)
    # Who is filling it at this moment is waited for.
    known = AskedPart.objects.select_for_update().filter(call=held, pk=key).first()
    if known is None:
        return False
    log(held, SET_PARTS, user=by, data={"removed": str(known), "before": seen(known)})
    try:
        with transaction.atomic():
            known.delete()
    except RestrictedError as error:
        said = gettext(
            "Somebody has filled in this part, so it cannot be removed. Close it instead: then nobody is asked for it."
        )
        raise RefusedError(said) from error
    return True


@transaction.atomic
def set_closed(call: Call, key: int, *, is_closed: bool, by: User) -> bool:
    """Proposals do not have it any more, or again; what was filled stays. False when it is so already."""
    held = _hold(call)
    known = AskedPart.objects.filter(call=held, pk=key).first()
    if known is None or (known.closed_at is not None) == is_closed:
        return False
    AskedPart.objects.filter(pk=known.pk).update(closed_at=Now() if is_closed else None)
    log(held, SET_PARTS, user=by, data={"closed" if is_closed else "opened": str(known)})
    return True


def _hold(call: Call) -> Call:
    return Call.objects.select_for_update(no_key=True).get(pk=call.pk)
