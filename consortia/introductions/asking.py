"""An organisation asks to be introduced to another one, and takes it back."""

from datetime import timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.db.models.functions import Now

from accounts.privacy import erasing
from accounts.privacy.keeping import Moment
from accounts.users.models import User
from calls.chain.models import Call
from calls.chain.standing import call_state
from consortia.interest.models import Interest
from consortia.introductions import emails
from consortia.introductions.keeping_times import INTRODUCTIONS
from consortia.introductions.models import Introduction
from consortia.introductions.rules import act_for_both, interest_of
from partners.contact.receivers import members
from partners.organisations.locking import hold
from partners.organisations.models import Organisation

DAY = timedelta(days=1)
# So many different organisations one person may ask within a day, whatever the call.
MOST_A_DAY = 10


class NotPossibleError(Exception):
    """The call is over, one of the two takes no part in it, nobody there could answer, or `by` acts for both."""


class DeclinedError(Exception):
    """One of the two said no for this call."""


class TooSoonError(Exception):
    """It was asked within the last day and taken back: they heard of it already."""


class TooManyError(Exception):
    """This person asked so many within a day that it has to wait."""


@transaction.atomic
def ask(call: Call, *, on_behalf_of: Organisation, to: Organisation, message: str, by: User) -> Introduction:
    """Tell all who act for the other organisation; where the two have asked already, it is that introduction.

    Raises DeclinedError, NotPossibleError, TooSoonError and TooManyError.
    """
    # Two that ask each other at once come one after the other, always in the same order.
    for each in sorted((on_behalf_of, to), key=lambda organisation: organisation.pk):
        hold(each)
    if known := standing(call, on_behalf_of, to):
        if known.status == Introduction.Status.DECLINED:
            raise DeclinedError
        return known
    if act_for_both(by, on_behalf_of, to) or not is_possible(call, on_behalf_of, to):
        raise NotPossibleError
    recent = Introduction.objects.filter(asked_at__gt=Now() - DAY)
    if recent.filter(call=call, from_organisation=on_behalf_of, to_organisation=to).exists():
        raise TooSoonError
    of_person = recent.filter(asked_by=by).exclude(to_organisation=to).order_by()
    if of_person.values("to_organisation").distinct().count() >= MOST_A_DAY:
        raise TooManyError
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
    takes_part = asking.pk != to.pk and interest_of(asking, call) is not None
    return is_shown and takes_part and takes_introductions(call) and bool(members(to))


def takes_introductions(call: Call) -> bool:
    """Whether the call goes on: later there is nothing to prepare together."""
    return call_state(call).code not in {"closed", "withdrawn"}


@transaction.atomic
def withdraw(introduction: Introduction) -> bool:
    """Take it back before anybody answered; False when that was too late. They may ask again a day later."""
    waiting = Introduction.objects.waiting().filter(pk=introduction.pk)
    if not waiting.update(status=Introduction.Status.WITHDRAWN):
        return False
    emails.take_back(introduction)
    return True


def due(at: Moment) -> QuerySet[Introduction]:
    """Those that were asked for long before that moment."""
    return Introduction.objects.filter(asked_at__lt=at - INTRODUCTIONS.span)


def forget() -> int:
    """Delete those that were asked for long ago."""
    return erasing.delete(due(Now()))
