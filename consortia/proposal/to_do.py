"""Proposals that wait to be filled in and submitted, for the top of "my page"."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext

from accounts.profile.to_do import Task
from accounts.users.models import User
from consortia.asked_parts.models import AskedPart
from consortia.consortium.models import Consortium, ConsortiumQuerySet, Member
from consortia.proposal.shown import State, states
from partners.organisations.models import Membership


def to_propose(user: User, language: str) -> Iterator[Task]:
    """Parts that are missing in proposals of declared consortia; who leads and can submit is asked for that instead."""
    led = set(_of(user, is_lead=True).values_list("consortium", flat=True))
    waiting = list(_waiting(user))
    # What is due is found among all; as many queries for many as for one.
    found = states(waiting)
    for consortium in waiting:
        now = found[consortium.pk]
        if consortium.pk in led and now.can_submit:
            said = _to_submit(now)
        else:
            said = gettext("Fill in the proposal of “%(name)s”") if now.lacking and now.may_count else ""
        if said:
            url = reverse("consortia:proposal", args=[consortium.uuid])
            yield Task(said % {"name": consortium.name}, url, now.closing.due_at, about=str(consortium.call))


def _to_submit(now: State) -> str:
    """Not submitted yet, changed or declared since; "" where it is submitted as it stands."""
    if now.last is None:
        return gettext("Submit the proposal of “%(name)s”")
    if not now.is_changed:
        return ""
    if now.last.is_over:
        return gettext("The proposal of “%(name)s” does not count since you declared anew: submit it again")
    return gettext("The proposal of “%(name)s” changed since it was submitted: submit it again")


def _waiting(user: User) -> ConsortiumQuerySet:
    """Declared consortia of this person's organisations, in calls that go on and ask for something."""
    asking = AskedPart.objects.asked().order_by().values("call")
    declared = Consortium.objects.filter(status=Consortium.Status.DECLARED, call__in=asking, call__withdrawn_at=None)
    return declared.filter(pk__in=_of(user)).select_related("call")


def _of(user: User, **facts: bool) -> Any:
    own = Membership.objects.filter(user=user).values("organisation")
    joined = Member.objects.filter(organisation__in=own, status=Member.Status.JOINED, **facts)
    return joined.order_by().values("consortium")
