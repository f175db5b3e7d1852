"""The recommendations of a call are released: for all consortia at one moment, once."""

from collections.abc import Sequence

from django.db import transaction
from wagtail.log_actions import log

from accounts.users.models import User
from calls.chain.models import Call
from consortia.consortium.models import Consortium
from consortia.outcomes.models import Outcome, Release
from consortia.recommendation import emails
from consortia.reviewers.access import reviewed

# What Wagtail's history of the call says; registered in `consortia.wagtail_hooks`.
RELEASE = "consortia.release_recommendations"


class UnsettledError(Exception):
    """Of these consortia nobody settled the outcome for what is declared; none is released. Empty: none is declared."""

    def __init__(self, consortia: Sequence[Consortium]) -> None:
        super().__init__()
        self.consortia = consortia


def unsettled(call: Call) -> list[Consortium]:
    """The declared consortia of a call without an outcome for the text that is declared."""
    settled = Outcome.objects.of_what_stands().filter(consortium__call=call)
    return list(reviewed(call).exclude(pk__in=settled.values("consortium")))


@transaction.atomic
def release(call: Call, *, by: User) -> bool:
    """The partners of each see its outcome from now on, and get it by mail; False when that was done before.

    Raises UnsettledError, and releases none then.
    """
    held = Call.objects.select_for_update(no_key=True).get(pk=call.pk)
    if Release.objects.filter(call=held).exists():
        return False
    # Whoever settles, leaves or withdraws waits, or was waited for.
    consortia = list(reviewed(held).order_by("pk").select_for_update(no_key=True))
    missing = unsettled(held)
    if missing or not consortia:
        raise UnsettledError(missing)
    Release.objects.create(call=held, by=by)
    outcomes = Outcome.objects.filter(consortium__in=consortia).select_related("consortium__call")
    number = emails.released(held, list(outcomes))
    log(held, RELEASE, user=by, data={"consortia": len(consortia), "mails": number})
    return True
