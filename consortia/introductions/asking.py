"""An organisation asks to be introduced to another one, and takes it back."""

from django.db import transaction
from django.db.models.functions import Now

from accounts.privacy import erasing
from accounts.users.models import User
from calls.chain.models import Call
from calls.chain.standing import call_state
from consortia.interest.models import Interest
from consortia.introductions import emails
from consortia.introductions.keeping_times import INTRODUCTIONS
from consortia.introductions.models import Introduction
from consortia.introductions.rules import interest_of
from partners.contact.receivers import members
from partners.organisations.locking import hold
from partners.organisations.models import Organisation


class NotPossibleError(Exception):
    """The call is over, one of the two takes no part in it any more, or nobody there could answer."""


class DeclinedError(Exception):
    """One of the two said no for this call."""


@transaction.atomic
def ask(call: Call, *, on_behalf_of: Organisation, to: Organisation, message: str, by: User) -> Introduction:
    """Tell all who act for the other organisation; where the two have asked already, it is that introduction.

    Raises DeclinedError and NotPossibleError.
    """
    # Two that ask each other at once come one after the other, always in the same order.
    for each in sorted((on_behalf_of, to), key=lambda organisation: organisation.pk):
        hold(each)
    if known := standing(call, on_behalf_of, to):
        if known.status == Introduction.Status.DECLINED:
            raise DeclinedError
        return known
    if not is_possible(call, on_behalf_of, to):
        raise NotPossibleError
    made = Introduction.objects.create(
        call=call, from_organisation=on_behalf_of, to_organisation=to, message=message, asked_by=by
    )
    emails.asked(made)
    return made


def standing(call: Call, one: Organisation, other: Organisation) -> Introduction | None:
    """The introduction of two organisations in a call that was not taken back."""
    return Introduction.objects.standing().between(one, other).filter(call=call).first()


def is_possible(call: Call, asking: Organisation, to: Organisation) -> bool:
    """Whether both take part in a call that is not over, the other one shows it, and somebody there can answer."""
    is_shown = Interest.objects.shown().filter(call=call, organisation=to).exists()
    takes_part = asking.pk != to.pk and asking.status != asking.Status.HIDDEN and interest_of(asking, call) is not None
    return is_shown and takes_part and takes_introductions(call) and bool(members(to))


def takes_introductions(call: Call) -> bool:
    """Whether the call goes on: later there is nothing to prepare together."""
    return call_state(call).code not in {"closed", "withdrawn"}


@transaction.atomic
def withdraw(introduction: Introduction) -> bool:
    """Take it back before anybody answered; False when that was too late. They may ask again."""
    waiting = Introduction.objects.waiting().filter(pk=introduction.pk)
    if not waiting.update(status=Introduction.Status.WITHDRAWN):
        return False
    emails.take_back(introduction)
    return True


def forget() -> int:
    """Delete those that were asked for long ago."""
    return erasing.delete(Introduction.objects.filter(asked_at__lt=Now() - INTRODUCTIONS.span))
