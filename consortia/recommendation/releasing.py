"""The recommendations of a call are released: for all consortia at one moment; then for those that declared since."""

from collections.abc import Sequence

from django.db import transaction
from django.db.models.functions import Now
from django.utils.translation import gettext
from wagtail.log_actions import log

from accounts.users.models import User
from calls.chain.models import Call
from calls.chain.standing import call_state
from consortia.conflicts.staff import refusal_to_decide
from consortia.consortium.actions import RefusedError
from consortia.consortium.models import Consortium, ConsortiumQuerySet
from consortia.declaration.deadline import closing
from consortia.outcomes.models import Outcome, Release
from consortia.recommendation import emails
from consortia.reviewers.access import reviewed
from hub.dates.words import moment

# What Wagtail's history of the call says; registered in `consortia.wagtail_hooks`.
RELEASE = "consortia.release_recommendations"


class UnsettledError(Exception):
    """Of these consortia nobody settled the outcome for what is declared; none is released. Empty: none is declared."""

    def __init__(self, consortia: Sequence[Consortium]) -> None:
        super().__init__()
        self.consortia = consortia


def untold(call: Call) -> ConsortiumQuerySet:
    """The declared consortia of a call whose partners were told nothing of the text that is declared."""
    told = Outcome.objects.released().of_what_stands().filter(consortium__call=call)
    return reviewed(call).exclude(pk__in=told.values("consortium"))


def unsettled(call: Call) -> list[Consortium]:
    """The declared consortia of a call without an outcome for the text that is declared."""
    settled = Outcome.objects.of_what_stands().filter(consortium__call=call)
    return list(reviewed(call).exclude(pk__in=settled.values("consortium")))


def refusal(call: Call, *, by: User) -> str:
    """Why this person releases nothing of the call now, in words: they act for somebody in it, or it is too early.

    What is declared after a release would not be judged like the rest.
    """
    if said := refusal_to_decide(by, call):
        return said
    fresh = Call.objects.prefetch_related("deadlines").get(pk=call.pk)
    if fresh.withdrawn_at:
        return gettext("The call is withdrawn, so nothing of it is released.")
    until = closing(fresh)
    if until.due_at and not until.is_past:
        said = gettext("Consortia can declare until %(due)s. Release the recommendations after that.")
        return said % {"due": moment(until.due_at)}
    if until.due_at is None and call_state(fresh, until.now).is_open:
        return gettext("The call is open, so consortia can declare. Release the recommendations once it is closed.")
    return ""


@transaction.atomic
def release(call: Call, *, by: User) -> bool:
    """The partners of each see its outcome from now on, and get it by mail; False when all of them were told before.

    What was declared with another text since an earlier release is told alone. Raises RefusedError and UnsettledError,
    and releases none then.
    """
    held = Call.objects.select_for_update(no_key=True).get(pk=call.pk)
    # Whoever settles, leaves or withdraws waits, or was waited for.
    consortia = list(reviewed(held).order_by("pk").select_for_update(no_key=True))
    waiting = list(untold(held))
    if not waiting and Release.objects.filter(call=held).exists():
        return False
    if said := refusal(held, by=by):
        raise RefusedError(said)
    missing = unsettled(held)
    if missing or not consortia:
        raise UnsettledError(missing)
    Release.objects.get_or_create(call=held, defaults={"by": by})
    settled = Outcome.objects.of_what_stands().filter(consortium__in=waiting).values_list("pk", flat=True)
    outcomes = Outcome.objects.filter(pk__in=list(settled)).select_related("consortium__call")
    outcomes.update(released_at=Now())
    number = emails.released(held, list(outcomes))
    log(held, RELEASE, user=by, data={"consortia": len(waiting), "mails": number})
    return True
