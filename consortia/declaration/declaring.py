"""A consortium declares its partnership, once, before the deadline; and withdraws it until then.

What counts is the arrival of the complete request by the database's clock: it is asked first, before anything is waited
for, so neither the clock of a web machine nor a lock that somebody else holds makes anybody late.
"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext

from accounts.users.models import User
from consortia.consortium.acting import Actor, actor, hold, note
from consortia.consortium.actions import ACTIONS, RefusedError
from consortia.consortium.models import Consortium
from consortia.declaration import emails
from consortia.declaration.attested import attested
from consortia.declaration.deadline import closing
from consortia.declaration.models import Declaration
from consortia.declaration.readiness import readiness
from consortia.receipts import clock
from consortia.receipts.issuing import issue
from consortia.receipts.models import Receipt
from consortia.sign_off import versions
from partners.organisations.models import Organisation


@transaction.atomic
def declare(consortium: Consortium, *, by: User, seen: str | None = None) -> Receipt:
    """Its receipt; sent again, the same one. Raises RefusedError, which names each rule that fails.

    `seen` is the number of the last receipt that the page showed, or "": where another one was made since, that is the
    answer, whatever became of it.
    """
    arrived = clock.now()
    held = _hold_all(consortium)
    acting = actor(held, by, "declare", now=arrived)
    last = held.declarations.select_related("receipt").first()
    if last and _may(acting, "declare"):
        is_sent_again = seen is not None and last.receipt.number != seen
        if last.ended_at is None or is_sent_again:
            return last.receipt
    _refuse_late(acting, "declare", arrived)
    acting.demand("declare")
    standings = versions.standings(held)
    ready = readiness(held, standings, by=by)
    if not ready.is_ready:
        raise RefusedError(" ".join(ready.lacks))
    receipt = issue(Receipt.Kind.DECLARATION, attests=attested(held, versions.latest(held), standings), at=arrived)
    Declaration.objects.create(consortium=held, receipt=receipt, declared_at=arrived)
    Consortium.objects.filter(pk=held.pk).update(status=Consortium.Status.DECLARED)
    note(acting, "declare", note=receipt.number)
    emails.declared(held, receipt)
    return receipt


@transaction.atomic
def withdraw(consortium: Consortium, *, by: User, seen: str | None = None) -> bool:
    """It is a draft again; False when that was done before. Raises RefusedError.

    `seen` is the number of the receipt that the page showed: another one that was made since is not withdrawn.
    """
    arrived = clock.now()
    held = hold(consortium)
    acting = actor(held, by, "withdraw_declaration", now=arrived)
    last = held.declarations.select_related("receipt").first()
    if last and _may(acting, "withdraw_declaration"):
        is_another = seen is not None and last.receipt.number != seen
        if last.why == Declaration.Why.WITHDRAWN or is_another:
            return False
    acting.demand("withdraw_declaration")
    _refuse_late(acting, "withdraw_declaration", arrived)
    if last is None or last.ended_at is not None:
        raise RefusedError(gettext("There is no declaration to withdraw."))
    Declaration.objects.filter(pk=last.pk).update(ended_at=arrived, why=Declaration.Why.WITHDRAWN)
    Consortium.objects.filter(pk=held.pk).update(status=Consortium.Status.DRAFT)
    note(acting, "withdraw_declaration", note=last.receipt.number)
    emails.withdrawn(held, last.receipt)
    return True


def _hold_all(consortium: Consortium) -> Consortium:
    """Its organisations, in the order in which everybody takes them, then itself.

    Two declarations with the same organisation come one after the other.
    """
    members = consortium.members.standing().order_by("organisation")
    keys = list(members.values_list("organisation", flat=True))
    rows = Organisation.objects.select_for_update(no_key=True).filter(pk__in=keys).order_by("pk")
    list(rows.values_list("pk", flat=True))
    held = hold(consortium)
    if set(members.values_list("organisation", flat=True)) - set(keys):
        said = gettext(
            "Somebody changed who is in it at this moment. Nothing was declared: look again, and send it again."
        )
        raise RefusedError(said)
    return held


def _may(acting: Actor, action: str) -> bool:
    return acting.role in ACTIONS[action].roles


def _refuse_late(acting: Actor, action: str, arrived: datetime) -> None:
    is_asked = acting.consortium.status in {Consortium.Status.DRAFT, Consortium.Status.DECLARED}
    if is_asked and _may(acting, action) and (said := closing(acting.consortium.call, arrived).refusal):
        raise RefusedError(said)
