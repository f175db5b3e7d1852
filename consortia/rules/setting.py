"""Staff say what a call asks of a consortium; two at once are told of each other."""

from django.db import transaction
from wagtail.log_actions import log

from accounts.users.models import User
from calls.chain.models import Call
from consortia.rules.as_read import ChangedError
from consortia.rules.models import CallRules

NAMES = (
    *("organisations", "countries", "sectors", "tracks", "letters"),
    *("letter_of_each", "several", "recommended_only"),
)
# What Wagtail's history of the call says; registered in `consortia.wagtail_hooks`.
SET_RULES = "consortia.set_rules"


def numbers(call: Call) -> dict[str, int]:
    """The rules as they stand; what is asked or not is 1 or 0."""
    rules = CallRules.objects.filter(call=call).first() or CallRules(call=call)
    return {name: int(getattr(rules, name)) for name in NAMES}


@transaction.atomic
def set_rules(call: Call, now: dict[str, int], *, seen: dict[str, int], by: User) -> bool:
    """Put these numbers in place of those that were `seen`; False when they stand already. Raises ChangedError."""
    Call.objects.select_for_update(no_key=True).get(pk=call.pk)
    before = numbers(call)
    if before == now:
        return False
    if before != seen:
        raise ChangedError
    CallRules.objects.update_or_create(call=call, defaults=now)
    log(call, SET_RULES, user=by, data={"before": before, "now": now})
    return True
