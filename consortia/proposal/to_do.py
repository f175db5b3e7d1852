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


def to_submit(user: User, language: str) -> Iterator[Task]:
    """Of the declared consortia that this person's organisations lead: not submitted yet, changed or declared since."""
    for consortium, now in _states(_waiting(user).filter(pk__in=_of(user, is_lead=True))):
        if not now.can_submit or (now.last and not now.is_changed):
            continue
        said = gettext("Submit the proposal of “%(name)s”")
        if now.last and now.last.is_over:
            said = gettext("The proposal of “%(name)s” does not count since you declared anew: submit it again")
        elif now.last:
            said = gettext("The proposal of “%(name)s” changed since it was submitted: submit it again")
        yield _task(said, consortium, now)


def to_fill(user: User, language: str) -> Iterator[Task]:
    """Of the declared consortia that others lead: those of whose proposals parts are missing."""
    for consortium, now in _states(_waiting(user).exclude(pk__in=_of(user, is_lead=True))):
        if not now.closing.is_closed and now.lacking:
            yield _task(gettext("Fill in the proposal of “%(name)s”"), consortium, now)


def _waiting(user: User) -> ConsortiumQuerySet:
    """Declared consortia of this person's organisations, in calls that go on and ask for something."""
    asking = AskedPart.objects.asked().order_by().values("call")
    declared = Consortium.objects.filter(status=Consortium.Status.DECLARED, call__in=asking, call__withdrawn_at=None)
    return declared.filter(pk__in=_of(user)).select_related("call")


def _states(consortia: ConsortiumQuerySet) -> list[tuple[Consortium, State]]:
    """What is due is found among all; as many queries for many as for one."""
    waiting = list(consortia)
    found = states(waiting)
    return [(each, found[each.pk]) for each in waiting]


def _of(user: User, **facts: bool) -> Any:
    own = Membership.objects.filter(user=user).values("organisation")
    joined = Member.objects.filter(organisation__in=own, status=Member.Status.JOINED, **facts)
    return joined.order_by().values("consortium")


def _task(said: str, consortium: Consortium, now: State) -> Task:
    url = reverse("consortia:proposal", args=[consortium.uuid])
    return Task(said % {"name": consortium.name}, url, now.closing.due_at, about=str(consortium.call))
